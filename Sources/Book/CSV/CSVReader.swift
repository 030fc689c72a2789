/// Reads CSV (RFC 4180) record by record in constant memory: one buffer of at most
/// ``BookLimits/recordBytesMax``.
///
/// Lines end in LF or CRLF, the last one may lack it, blank lines are passed over, a byte order
/// mark in front is dropped. Line numbers are those of the file, so that a record after one with
/// line breaks inside quotes is still found in an editor.
struct CSVReader {
    private static let chunkBytes = 256 << 10
    /// A source may need room for a whole character.
    private static let roomBytes = 4 << 10

    private let source: ByteSource
    private var scanner: CSVScanner
    private var buffer: [UInt8]
    /// The unread part of the buffer.
    private var start = 0
    private var end = 0
    private var line: Int
    private var isAtEnd = false

    /// Begins to read text in UTF-8. `delimiter` is any ASCII byte but a quote, CR, LF; `line` the
    /// number of the first line.
    init(source: ByteSource, delimiter: UInt8, line: Int = 1) throws(BookError) {
        self.source = source
        self.line = line
        scanner = CSVScanner(delimiter: delimiter)
        buffer = [UInt8](repeating: 0, count: Self.chunkBytes)
        while end < 3, !isAtEnd { try refill() }
        if buffer[0..<end].starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    }

    /// The next record, nil at the end of the file.
    mutating func next() throws(BookError) -> CSVRecord? {
        while try scanRecord() {
            let begins = line
            let next = scanner.recordEnd
            line += scanner.lineBreaks
            defer { start = next }
            if scanner.isBlankLine { continue }
            return record(at: begins, bytesCount: next - start)
        }
        return nil
    }

    /// The bytes of the next record with its line end, and the line on which it begins; nil at the
    /// end of the file.
    mutating func nextUnread() throws(BookError) -> (line: Int, bytes: ArraySlice<UInt8>)? {
        guard try scanRecord() else { return nil }
        defer {
            line += scanner.lineBreaks
            start = scanner.recordEnd
        }
        return (line, buffer[start..<scanner.recordEnd])
    }

    /// Whether the unread text begins so, in quotes or not.
    mutating func begins(with text: String) throws(BookError) -> Bool {
        while end - start < text.utf8.count + 1, !isAtEnd { try refill() }
        let unread = buffer[start..<end]
        return unread.starts(with: text.utf8)
            || (unread.first == 0x22 && unread.dropFirst().starts(with: text.utf8))
    }

    /// Passes over lines, whatever stands in them.
    mutating func skip(lines count: Int) throws(BookError) {
        for _ in 0..<count {
            while true {
                if let feed = buffer[start..<end].firstIndex(of: 0x0A) {
                    start = feed + 1
                    line += 1
                    break
                }
                if isAtEnd {
                    start = end
                    return
                }
                guard end - start <= BookLimits.recordBytesMax else {
                    throw .recordTooLong(line: line)
                }
                try refill()
            }
        }
    }

    /// Lets the scanner find the end of the record at `start`; false when nothing is left.
    private mutating func scanRecord() throws(BookError) -> Bool {
        while true {
            if start == end, isAtEnd { return false }
            let outcome = scanner.scan(buffer, from: start, to: end, isAtEnd: isAtEnd)
            let length = (outcome == .complete ? scanner.recordEnd : end) - start
            if length > BookLimits.recordBytesMax {
                throw outcome == .insideQuotes
                    ? .unclosedQuote(line: line) : .recordTooLong(line: line)
            }
            switch outcome {
            case .complete: return true
            case .insideQuotes where isAtEnd: throw .unclosedQuote(line: line)
            case .incomplete, .insideQuotes: try refill()
            }
        }
    }

    /// Reads more behind what is unread, moving it to the front and growing the buffer as needed.
    private mutating func refill() throws(BookError) {
        if start > 0 {
            buffer.removeFirst(start)
            buffer.append(contentsOf: repeatElement(0, count: start))
            (start, end) = (0, end - start)
        }
        if buffer.count - end < Self.roomBytes {
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let used = end
        let source = source
        let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(BookError) in
            try source.read(
                UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[used...])))
        }
        end += count
        isAtEnd = count == 0
    }

    private mutating func record(at line: Int, bytesCount: Int) -> CSVRecord {
        if scanner.fault == nil, scanner.hasHighBytes,
            String(validating: buffer[start..<start + bytesCount], as: UTF8.self) == nil
        {
            scanner.fault = .encoding
        }
        let range = start..<start + bytesCount
        var whole: ArraySlice<UInt8>?
        if scanner.fault == nil, scanner.hasDoubledQuotes {
            whole = Array(buffer[range])[...]
            scanner.removeDoubledQuotes(in: &buffer)
        }
        return CSVRecord(
            line: line, fieldCount: scanner.fieldCount, fault: scanner.fault, bytes: buffer,
            fields: scanner.fields, whole: whole ?? buffer[range])
    }
}
