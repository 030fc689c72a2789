import Crypto
import Exchange
import Foundation
import Pseudonym

/// Writes the file of a member's move: enciphered for the key that the directory lists for the member
/// at its new node, signed by the old one (protocol/leaving.md, "The file").
struct MoveFileWriter {
    private var file: SealedFileWriter
    private var hash = SHA256()
    private let key: Curve25519.Signing.PrivateKey

    /// Begins a new file of mode 0600.
    ///
    /// - Parameters:
    ///   - recipient: the public half of the member's key of requests at its new node.
    ///   - key: the old node's, of answers.
    init(
        _ file: URL, header: MoveHeader, recipient: [UInt8], key: Curve25519.Signing.PrivateKey
    ) throws(NodeError) {
        let sealer: StreamSealer
        do throws(SealingError) {
            sealer = try StreamSealer(mark: MoveHeader.mark, toSigningKey: recipient)
        } catch {
            throw .directory("lists a key of '\(header.member)' to which nothing can be sealed")
        }
        self.file = try SealedFileWriter(file, sealer: sealer)
        self.key = key
        try put(header.json.encoded)
    }

    /// Adds a row.
    mutating func write(_ row: MovedRow) throws(NodeError) {
        try put(MoveFrame.encode(row))
    }

    /// Signs what was written; when this returns, it has reached the disk.
    mutating func finish() throws(NodeError) {
        guard let signature = try? key.signature(for: Self.signed(hash)) else {
            throw .failed("the file of a move cannot be signed")
        }
        try put([MoveFrame.end] + Array(signature))
        try file.finish()
    }

    /// What is signed: the mark, and the digest of all frames before the end with their lengths.
    static func signed(_ hash: SHA256) -> [UInt8] {
        MoveHeader.mark + Array(hash.finalize())
    }

    private mutating func put(_ frame: [UInt8]) throws(NodeError) {
        let bytes = MoveFrame.bytes(of: UInt32(frame.count)) + frame
        hash.update(data: bytes)
        try file.write(bytes)
    }
}
