import RiskStandard

/// How one lender's file becomes account records: which column is what, and how it is written.
///
/// A mapping is a small declarative YAML file (protocol/book.md gives the language). It is
/// checked as a whole when it is read; binding it to a file's header happens in ``BookReader``.
public struct ColumnMapping: Sendable, Equatable {
    /// A short name, e.g. `plain`.
    public let name: String
    /// The mapping's own version, 1 or more.
    public let version: Int
    /// What file it is for.
    public let description: String
    /// The day for which the file stands, when the mapping is for one certain file.
    public let asOf: CalendarDate?

    /// In what the file is written; nil when that is found out from the file.
    public let encoding: TextEncoding?

    /// What stands between the cells: a byte of ASCII.
    public let delimiter: UInt8
    /// Lines above the header that are passed over.
    let skipLines: Int
    /// What the lender's own classes are in the standard's terms; empty where nothing is said.
    let ownClasses: [OwnClass]
    let assignments: [Assignment]
    let skips: [[Condition]]
    let rules: [ConditionalRule]
    let history: WideHistory?
    let periods: PeriodLayout?
    /// The text from which the mapping was read; none for one that the program made.
    public private(set) var yaml: [UInt8] = []

    /// Reads a mapping from YAML in UTF-8 of at most ``BookLimits/mappingBytesMax`` bytes.
    public init(yaml: [UInt8]) throws(MappingError) {
        self = try MappingParser(root: MappingNode(yaml: yaml)).mapping()
        self.yaml = yaml
    }

    init(
        name: String, version: Int, description: String, asOf: CalendarDate?,
        encoding: TextEncoding?, delimiter: UInt8, skipLines: Int, ownClasses: [OwnClass],
        assignments: [Assignment], skips: [[Condition]], rules: [ConditionalRule],
        history: WideHistory?, periods: PeriodLayout?
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.asOf = asOf
        self.encoding = encoding
        self.delimiter = delimiter
        self.skipLines = skipLines
        self.ownClasses = ownClasses
        self.assignments = assignments
        self.skips = skips
        self.rules = rules
        self.history = history
        self.periods = periods
    }
}

extension ColumnMapping {
    /// The names of all columns that the mapping reads or tests.
    public var columnNames: Set<String> {
        let assigned = (assignments + rules.flatMap(\.assignments)).flatMap(\.columns)
        let tested = (skips.flatMap { $0 } + rules.flatMap(\.conditions)).map(\.column)
        var names = Set(assigned + tested + (history?.columns ?? []))
        if case .cell(let rule) = history?.end { names.formUnion(rule.columns) }
        names.formUnion(periods?.period.columns ?? [])
        names.formUnion(periods?.keepLastBy?.columns ?? [])
        return names
    }
}

extension ColumnMapping {
    /// Whether the same row means something else in the file of another day: days past due counted
    /// from a due date, a history that ends with the file's month, or rows that are gathered.
    var dependsOnDay: Bool {
        let cells = (assignments + rules.flatMap(\.assignments)).compactMap(\.cell)
        return periods != nil || history?.end == .asOf || history?.format.basis == .dueDate
            || cells.contains { $0.format.basis == .dueDate }
    }
}

extension Assignment {
    fileprivate var cell: CellRule? {
        if case .cell(let rule) = source { rule } else { nil }
    }

    fileprivate var columns: [String] { cell?.columns ?? [] }
}
