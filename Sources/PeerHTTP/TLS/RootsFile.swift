import NIOSSL
import Synchronization

/// A file of root certificates that may be exchanged while it is in use. One that cannot be read
/// changes nothing: what was read last stays.
final class RootsFile: Sendable {
    private let path: String
    private let last: Mutex<[NIOSSLCertificate]>

    /// Reads the file, PEM.
    init(path: String) throws(TLSMaterialError) {
        self.path = path
        last = Mutex(try TLSMaterial.roots(at: path))
    }

    /// What it holds now.
    var current: [NIOSSLCertificate] {
        let read = try? TLSMaterial.roots(at: path)
        return last.withLock { last in
            if let read { last = read }
            return last
        }
    }
}
