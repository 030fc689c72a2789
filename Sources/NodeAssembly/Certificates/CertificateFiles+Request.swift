import Crypto
import Foundation
import Membership

extension CertificateFiles {
    /// A request for the next certificate, with the key that waits for it. The key is made once: a lost
    /// answer is asked for again with it, and what comes is installed beside it.
    ///
    /// - Parameter hosts: of the endpoint that the directory lists.
    /// - Throws: `NodeError`.
    public func request(hosts: [EndpointHost]) throws(NodeError) -> CertificateRequest {
        let key = try nextKey()
        do {
            return try CertificateRequest.make(for: identity, hosts: hosts, key: key)
        } catch {
            throw .failed("a request for a certificate cannot be made: \(error)")
        }
    }

    private func nextKey() throws(NodeError) -> P256.Signing.PrivateKey {
        let file = home.nextCertificateKey
        if FileManager.default.fileExists(atPath: file.path) {
            let bytes = try PrivateFile.read(file, bytesMax: Self.keyBytesMax)
            if let key = try? P256.Signing.PrivateKey(
                pemRepresentation: String(decoding: bytes, as: UTF8.self))
            {
                return key
            }
        }
        let key = P256.Signing.PrivateKey()
        try NodeHome.createFolder(file.deletingLastPathComponent())
        try PrivateFile.write(Array((key.pemRepresentation + "\n").utf8), to: file)
        return key
    }

    /// Most bytes of the file of such a key.
    private static let keyBytesMax = 4 * 1024
}
