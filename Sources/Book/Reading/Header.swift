/// The first record of a file: which column is called what.
struct Header {
    /// How many columns each record must have.
    let columnCount: Int
    /// The header as the file has it, without the columns of a reject file.
    let original: [UInt8]
    /// Columns in front that tell why the rows were rejected once; 0 for any other file.
    let rejectColumnCount: Int
    private let names: [[UInt8]]
    private var indices: [String: Int] = [:]
    private var duplicates: Set<String> = []

    /// Reads the header from the front of the file, below `skipLines` lines. A reject file has its
    /// header in front, whatever stood above that of the file whose rows it holds.
    init(from reader: inout CSVReader, skipLines: Int = 0) throws(BookError) {
        if skipLines > 0, try !reader.begins(with: RejectFile.columns[0]) {
            try reader.skip(lines: skipLines)
        }
        guard let record = try reader.next() else { throw .empty }
        try self.init(record)
    }

    /// The header that a record is.
    init(_ record: CSVRecord) throws(BookError) {
        switch record.fault {
        case .nulByte, .encoding: throw .notText
        case .quote where record.fieldCount == 1:
            let other = [",", ";", "|", "\t"].first {
                record.original().firstRange(of: Array($0.utf8)) != nil
            }
            throw other.map { .otherDelimiter($0 == "\t" ? "tab" : $0) } ?? .malformedHeader
        case .quote, .carriageReturn, .fieldTooLong: throw .malformedHeader
        case nil: break
        }
        guard record.fieldCount <= BookLimits.columnsMax else {
            throw .tooManyColumns(found: record.fieldCount)
        }
        columnCount = record.fieldCount
        names = (0..<record.fieldCount).map { Array(record[$0].trimmed) }
        let isRejectFile = names.starts(with: RejectFile.columns.map { Array($0.utf8) })
        rejectColumnCount = isRejectFile ? RejectFile.columns.count : 0
        original = record.original(skippingFields: rejectColumnCount)
        for (index, name) in names.enumerated() where !name.isEmpty {
            let text = name[...].text
            if indices.updateValue(index, forKey: text) != nil { duplicates.insert(text) }
        }
    }

    /// The names of the columns, in their order.
    var columnNames: [String] { names.map { $0[...].text } }

    /// A record as the file had it before it was rejected.
    func original(of record: CSVRecord) -> [UInt8] {
        record.original(skippingFields: rejectColumnCount)
    }

    /// The column of that name, nil when there is none.
    func optionalIndex(of name: String) throws(BookError) -> Int? {
        guard !duplicates.contains(name) else { throw .duplicateColumn(name) }
        return indices[name]
    }

    /// The column of that name.
    func index(of name: String) throws(BookError) -> Int {
        guard let index = try optionalIndex(of: name) else { throw .missingColumn(name) }
        return index
    }

    /// Checks what makes a record readable at all: its form, its number of columns, and that it
    /// is not the header once more.
    func check(_ record: CSVRecord) throws(RowFault) {
        if let fault = record.fault { throw RowFault(fault, names: names) }
        guard record.fieldCount == columnCount else {
            throw RowFault(
                code: .columnCount,
                reason: "has \(record.fieldCount) columns, the header has \(columnCount)")
        }
        if names.indices.dropFirst(rejectColumnCount).allSatisfy({
            record[$0].trimmed.elementsEqual(names[$0])
        }) {
            throw RowFault(code: .repeatedHeader, reason: "the header stands here again")
        }
    }
}

extension RowFault {
    fileprivate init(_ fault: CSVRecord.Fault, names: [[UInt8]]) {
        switch fault {
        case .quote: self.init(code: .quote, reason: "a quote stands where none may")
        case .carriageReturn:
            self.init(code: .lineBreak, reason: "a carriage return stands alone")
        case .nulByte: self.init(code: .nulByte, reason: "contains a NUL byte")
        case .encoding: self.init(code: .encoding, reason: "not valid UTF-8")
        case .fieldTooLong(let column):
            self.init(
                column: names.indices.contains(column) ? names[column][...].text : nil,
                code: .fieldTooLong, reason: "longer than \(BookLimits.fieldBytesMax) bytes")
        }
    }
}
