import Crypto
import Foundation

/// A signing key of a home: its name, its public half and its file.
struct HeldKey {
    let name: String
    let publicKey: [UInt8]
    let file: URL

    init(_ held: (file: URL, key: Curve25519.Signing.PrivateKey)) {
        name = held.file.deletingPathExtension().lastPathComponent
        publicKey = Array(held.key.publicKey.rawRepresentation)
        file = held.file
    }
}

/// The names of keys that are to leave the directory, a file with one a line. It tells an old key from a
/// coming one, which is not listed either.
struct LeavingKeys {
    /// Most bytes of the file.
    static let bytesMax = 64 * 1024

    let file: URL

    func names() throws(NodeError) -> Set<String> {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        let bytes = try PrivateFile.read(file, bytesMax: Self.bytesMax)
        return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    func add(_ more: [String]) throws(NodeError) {
        let names = try names().union(more).sorted()
        try PrivateFile.write(Array(names.joined(separator: "\n").utf8), to: file)
    }

    func clear() throws(NodeError) {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        try PrivateFile.destroy(file)
    }
}
