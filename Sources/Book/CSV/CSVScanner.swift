/// Finds the fields of one record in a buffer. Holds its arrays from record to record, so that
/// scanning allocates nothing.
struct CSVScanner {
    /// How far a scan came.
    enum Outcome {
        /// The record ends in the buffer.
        case complete
        /// The buffer ends first.
        case incomplete
        /// The buffer ends first, inside quotes.
        case insideQuotes
    }

    private enum ByteClass: UInt8 {
        case plain, delimiter, lineFeed, carriageReturn, quote, nul, high
    }

    /// The fields of a complete record, without their outer quotes.
    private(set) var fields: [Range<Int>] = []
    /// The fields counted, those not kept in `fields` too.
    private(set) var fieldCount = 0
    /// Where the next record begins.
    private(set) var recordEnd = 0
    /// Line feeds of the record, those inside quotes too.
    private(set) var lineBreaks = 0
    /// Whether a byte outside ASCII was seen.
    private(set) var hasHighBytes = false
    /// The first fault.
    var fault: CSVRecord.Fault?
    /// Whether the record is a line without a byte.
    private(set) var isBlankLine = false

    /// Indices of fields that hold doubled quotes.
    private var escapedFields: [Int] = []
    private let classes: [UInt8]

    init(delimiter: UInt8) {
        var classes = [UInt8](repeating: ByteClass.plain.rawValue, count: 256)
        for byte in 0x80...0xFF { classes[byte] = ByteClass.high.rawValue }
        classes[0] = ByteClass.nul.rawValue
        classes[0x0A] = ByteClass.lineFeed.rawValue
        classes[0x0D] = ByteClass.carriageReturn.rawValue
        classes[0x22] = ByteClass.quote.rawValue
        classes[Int(delimiter)] = ByteClass.delimiter.rawValue
        self.classes = classes
        fields.reserveCapacity(BookLimits.columnsMax)
    }

    /// Scans the record that begins at `start`. With `isAtEnd` the end of the buffer ends it too.
    mutating func scan(_ buffer: [UInt8], from start: Int, to end: Int, isAtEnd: Bool) -> Outcome {
        reset()
        let classes = classes
        return buffer.withUnsafeBufferPointer { bytes in
            classes.withUnsafeBufferPointer { classes in
                scan(
                    Input(bytes: bytes, classes: classes, end: end, isAtEnd: isAtEnd), from: start)
            }
        }
    }

    /// Whether ``removeDoubledQuotes(in:)`` would change anything.
    var hasDoubledQuotes: Bool { !escapedFields.isEmpty }

    /// Turns each doubled quote of the record's fields into one, in place (RFC 4180 §2.7).
    mutating func removeDoubledQuotes(in buffer: inout [UInt8]) {
        for index in escapedFields {
            let field = fields[index]
            var write = field.lowerBound
            var read = field.lowerBound
            while read < field.upperBound {
                buffer[write] = buffer[read]
                read += buffer[read] == 0x22 ? 2 : 1
                write += 1
            }
            fields[index] = field.lowerBound..<write
        }
    }
}

// MARK: - Scanning

extension CSVScanner {
    private struct Input {
        let bytes: UnsafeBufferPointer<UInt8>
        let classes: UnsafeBufferPointer<UInt8>
        let end: Int
        let isAtEnd: Bool

        @inline(__always)
        func byteClass(at index: Int) -> UInt8 { classes[Int(bytes[index])] }
    }

    /// What ended a field.
    private enum Stop {
        case delimiter(at: Int)
        case lineEnd(next: Int, lineFeeds: Int)
        case incomplete
        case insideQuotes
    }

    private mutating func reset() {
        fields.removeAll(keepingCapacity: true)
        escapedFields.removeAll(keepingCapacity: true)
        fieldCount = 0
        lineBreaks = 0
        hasHighBytes = false
        fault = nil
        isBlankLine = false
    }

    private mutating func scan(_ input: Input, from start: Int) -> Outcome {
        var position = start
        while true {
            let isQuoted = position < input.end && input.bytes[position] == 0x22
            let stop =
                isQuoted
                ? quotedField(input, from: position + 1)
                : plainField(input, from: position, fieldStart: position)
            switch stop {
            case .delimiter(let index): position = index + 1
            case .lineEnd(let next, let lineFeeds):
                lineBreaks += lineFeeds
                recordEnd = next
                isBlankLine = fieldCount == 1 && !isQuoted && fields[0].isEmpty
                return .complete
            case .incomplete: return .incomplete
            case .insideQuotes: return .insideQuotes
            }
        }
    }

    /// Scans from `position` to the end of an unquoted field that began at `fieldStart`.
    private mutating func plainField(
        _ input: Input, from position: Int, fieldStart: Int
    ) -> Stop {
        var index = position
        while index < input.end {
            switch input.byteClass(at: index) {
            case ByteClass.plain.rawValue: break
            case ByteClass.delimiter.rawValue:
                addField(fieldStart..<index)
                return .delimiter(at: index)
            case ByteClass.lineFeed.rawValue:
                addField(fieldStart..<index)
                return .lineEnd(next: index + 1, lineFeeds: 1)
            case ByteClass.carriageReturn.rawValue:
                if let stop = carriageReturn(input, at: index, field: fieldStart..<index) {
                    return stop
                }
            case ByteClass.quote.rawValue: note(.quote)
            case ByteClass.nul.rawValue: note(.nulByte)
            default: hasHighBytes = true
            }
            index += 1
        }
        guard input.isAtEnd else { return .incomplete }
        addField(fieldStart..<input.end)
        return .lineEnd(next: input.end, lineFeeds: 0)
    }

    /// A CR ends the record together with LF, or at the very end; else it is a fault.
    private mutating func carriageReturn(
        _ input: Input, at index: Int, field: Range<Int>
    ) -> Stop? {
        let next = index + 1
        if next == input.end {
            guard input.isAtEnd else { return .incomplete }
            addField(field)
            return .lineEnd(next: next, lineFeeds: 0)
        }
        guard input.bytes[next] == 0x0A else {
            note(.carriageReturn)
            return nil
        }
        addField(field)
        return .lineEnd(next: next + 1, lineFeeds: 1)
    }

    /// Scans a field whose opening quote stands before `start`.
    private mutating func quotedField(_ input: Input, from start: Int) -> Stop {
        var index = start
        var isEscaped = false
        while index < input.end {
            switch input.byteClass(at: index) {
            case ByteClass.quote.rawValue:
                guard index + 1 < input.end else {
                    return input.isAtEnd
                        ? closeQuotes(input, field: start..<index, isEscaped: isEscaped)
                        : .incomplete
                }
                if input.bytes[index + 1] != 0x22 {
                    return closeQuotes(input, field: start..<index, isEscaped: isEscaped)
                }
                isEscaped = true
                index += 1
            case ByteClass.lineFeed.rawValue: lineBreaks += 1
            case ByteClass.nul.rawValue: note(.nulByte)
            case ByteClass.high.rawValue: hasHighBytes = true
            default: break
            }
            index += 1
        }
        return .insideQuotes
    }

    /// After the closing quote only a delimiter or the line's end may follow (RFC 4180 §2.5).
    private mutating func closeQuotes(_ input: Input, field: Range<Int>, isEscaped: Bool) -> Stop {
        let after = field.upperBound + 1
        let ordinal = fieldCount
        let kept = fields.count
        let stop = plainField(input, from: after, fieldStart: after)
        guard fieldCount > ordinal, kept < fields.count else { return stop }
        if !fields[kept].isEmpty { note(.quote) }
        fields[kept] = field
        if field.count > BookLimits.fieldBytesMax { note(.fieldTooLong(column: ordinal)) }
        if isEscaped { escapedFields.append(kept) }
        return stop
    }

    private mutating func addField(_ field: Range<Int>) {
        if field.count > BookLimits.fieldBytesMax { note(.fieldTooLong(column: fieldCount)) }
        fieldCount += 1
        if fields.count < BookLimits.columnsMax { fields.append(field) }
    }

    private mutating func note(_ fault: CSVRecord.Fault) {
        if self.fault == nil { self.fault = fault }
    }
}
