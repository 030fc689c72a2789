import Book
import Crypto

/// Makes the digests by which rows are known without being read.
struct LineMarker: Sendable {
    /// The version of how rows are read, classified and kept. A row that a later program would read
    /// otherwise must not be known by the line that an earlier one kept: whoever changes what becomes
    /// of a row counts this up, and the next import reads every row once.
    static let readingVersion = 1

    /// Fed with everything but the cells.
    private let authenticator: HMAC<SHA256>

    init(_ authenticator: HMAC<SHA256>) {
        self.authenticator = authenticator
    }

    /// The digest of a row; nil where it has to be read. `cells` is a buffer to be used again.
    func digest(of row: UnreadRow, cells: inout [UInt8]) -> LineDigest? {
        cells.removeAll(keepingCapacity: true)
        guard row.addCells(to: &cells) else { return nil }
        var authenticator = authenticator
        authenticator.update(data: cells)
        return LineDigest(authenticator.finalize())
    }
}

extension RowPreparation {
    /// Makes digests of the lines of a file; `meaning` is what its mapping and header give its cells.
    func lineMarker(meaning: [UInt8]) -> LineMarker {
        let context =
            "\(LineMarker.readingVersion)\n\(standard.id)\n\(schemePatterns)\n"
        return references.lineMarker(
            member: header.member, meaning: Array(context.utf8) + meaning)
    }
}
