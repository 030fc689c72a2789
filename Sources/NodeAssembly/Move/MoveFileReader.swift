import Crypto
import Exchange
import Foundation
import Pseudonym

/// Reads the file of a member's move, some rows at a time. What it says counts once its end was read.
struct MoveFileReader {
    /// Rows that are in memory at one time.
    static let batchRowsMax = 1024
    /// Bytes of rows that are in memory at one time, but for the last of them.
    static let batchBytesMax = 4 * 1024 * 1024

    /// Whose it is.
    let header: MoveHeader

    private var file: SealedFileReader
    private let broken: NodeError
    private var hash = SHA256()
    private var key: Curve25519.Signing.PublicKey?
    private var isAtEnd = false

    /// Opens a file with the private halves of the member's keys of requests, 32 bytes each.
    ///
    /// - Throws: `NodeError.move`.
    init(_ file: URL, keys seeds: [[UInt8]]) throws(NodeError) {
        let broken = NodeError.move(
            .file,
            "\(file.path) is no file of a move, was changed or cut off, or is for keys that are not "
                + "in this home")
        self.broken = broken
        self.file = try SealedFileReader(
            file, headBytes: MoveHeader.mark.count + StreamOpener.signingKeyHeadBytes,
            broken: broken
        ) { head throws(NodeError) in
            guard head.starts(with: MoveHeader.mark) else { throw broken }
            do throws(SealingError) {
                return try StreamOpener(
                    head: Array(head.dropFirst(MoveHeader.mark.count)), signingKeys: seeds)
            } catch {
                throw broken
            }
        }
        let frame = try Self.frame(&self.file, &hash, broken)
        guard let header = MoveHeader(frame) else { throw broken }
        self.header = header
    }

    /// Says by whose key it has to be signed.
    mutating func expect(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// The next rows; nil at the end, when everything was there and is signed.
    mutating func next() throws(NodeError) -> [MovedRow]? {
        guard !isAtEnd else { return nil }
        var rows: [MovedRow] = []
        var bytes = 0
        while rows.count < Self.batchRowsMax, bytes < Self.batchBytesMax {
            let before = hash
            let frame = try Self.frame(&file, &hash, broken)
            if frame.first == MoveFrame.end {
                try finish(frame, before)
                return rows
            }
            guard let row = MoveFrame.decode(frame, form: header.form) else { throw broken }
            rows.append(row)
            bytes += frame.count
        }
        return rows
    }

    private mutating func finish(_ frame: [UInt8], _ hash: SHA256) throws(NodeError) {
        guard
            key?.isValidSignature(frame.dropFirst(), for: MoveFileWriter.signed(hash)) == true
        else { throw broken }
        try file.finish()
        isAtEnd = true
    }

    private static func frame(
        _ file: inout SealedFileReader, _ hash: inout SHA256, _ broken: NodeError
    ) throws(NodeError) -> [UInt8] {
        let length = try file.read(exactly: MoveFrame.lengthBytes)
        var rest = length[...]
        guard let count = MoveFrame.number(UInt32.self, &rest),
            (1...MoveFrame.bytesMax).contains(Int(count))
        else { throw broken }
        let frame = try file.read(exactly: Int(count))
        hash.update(data: length)
        hash.update(data: frame)
        return frame
    }
}
