/// One record of a CSV file: slices of the reader's buffer, without quotes.
struct CSVRecord {
    /// What is wrong with a record whose end is nevertheless known.
    enum Fault: Equatable {
        case quote, carriageReturn, nulByte, encoding
        case fieldTooLong(column: Int)
    }

    /// The line on which the record begins, counted from 1.
    let line: Int
    /// How many fields the record has, those beyond ``BookLimits/columnsMax`` counted too.
    let fieldCount: Int
    /// The first fault found; the fields are then of no use.
    let fault: Fault?

    private let bytes: [UInt8]
    private let fields: [Range<Int>]
    /// The record with its quotes; it may lie in `bytes`.
    private let whole: ArraySlice<UInt8>

    init(
        line: Int, fieldCount: Int, fault: Fault?, bytes: [UInt8], fields: [Range<Int>],
        whole: ArraySlice<UInt8>
    ) {
        self.line = line
        self.fieldCount = fieldCount
        self.fault = fault
        self.bytes = bytes
        self.fields = fields
        self.whole = whole
    }

    /// The record as the file has it, in UTF-8, without its line end and without its first
    /// `skipped` fields; empty beyond ``BookLimits/originalBytesMax``. Bytes that are not UTF-8
    /// become U+FFFD.
    func original(skippingFields skipped: Int = 0) -> [UInt8] {
        var original = whole
        if original.last == 0x0A { original.removeLast() }
        if original.last == 0x0D { original.removeLast() }
        if skipped > 0, fault == nil, fields.count > skipped, let first = fields.first {
            let quote = original.first == 0x22 ? 1 : 0
            let begin = original.startIndex + fields[skipped].lowerBound - first.lowerBound + quote
            // A field's own quote stands in front of it.
            original = original[(original[begin - 1] == 0x22 ? begin - 1 : begin)...]
        }
        guard original.count <= BookLimits.originalBytesMax else { return [] }
        guard fault == .encoding else { return Array(original) }
        return Array(String(decoding: original, as: UTF8.self).utf8)
    }

    /// The text of a field. Requires `column` below the number of fields and of
    /// ``BookLimits/columnsMax``.
    subscript(column: Int) -> ArraySlice<UInt8> {
        bytes[fields[column]]
    }
}
