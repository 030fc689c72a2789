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

    init(
        line: Int, fieldCount: Int, fault: Fault?, bytes: [UInt8], fields: [Range<Int>]
    ) {
        self.line = line
        self.fieldCount = fieldCount
        self.fault = fault
        self.bytes = bytes
        self.fields = fields
    }

    /// The text of a field. Requires `column` below the number of fields and of
    /// ``BookLimits/columnsMax``.
    subscript(column: Int) -> ArraySlice<UInt8> {
        bytes[fields[column]]
    }
}
