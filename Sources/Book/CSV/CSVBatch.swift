/// Whole records of a file, read and not yet looked at.
struct CSVBatch: Sendable {
    /// The line on which the first record begins, counted from 1.
    let line: Int
    let bytes: [UInt8]
}

extension CSVReader {
    /// The next records, at least so many bytes of them but for the last, and not more than so many
    /// records; nil at the file's end. Each batch can be read by a ``CSVReader`` of its own.
    mutating func nextBatch(
        bytesMin: Int, recordsMax: Int = .max
    ) throws(BookError) -> CSVBatch? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bytesMin + bytesMin / 4)
        var first: Int?
        var count = 0
        while bytes.count < bytesMin, count < recordsMax, let (line, record) = try nextUnread() {
            if first == nil { first = line }
            count += 1
            bytes.append(contentsOf: record)
        }
        return first.map { CSVBatch(line: $0, bytes: bytes) }
    }
}
