import RiskStandard

/// One account stated in the terms of the plain layout by something else than a file, such as the
/// members of a JSON object: read by exactly the rules by which a row of a file is read
/// (protocol/local-api.md, "Single accounts").
///
/// Amounts are integers in minor units of `currency`; what is true or false is a flag; counts are
/// integers; a fact that is not known is the text `unknown`. Everything else is a text as the plain
/// layout writes it.
public struct PlainRow: Sendable {
    /// A value as its sender typed it.
    public enum Value: Sendable, Equatable {
        /// A text.
        case text(String)
        /// A whole number.
        case integer(Int)
        /// True or false.
        case flag(Bool)
        /// Several texts.
        case list([String])
    }

    private let mapping: ColumnMapping
    private let cells: [(name: String, text: String)]

    /// Takes the values by the names of the plain layout's columns.
    ///
    /// - Throws: `PlainRowError`: a name that the layout does not have, or a value of the wrong
    ///   type. Values are not shown.
    public init(_ values: [String: Value]) throws(PlainRowError) {
        mapping = Self.mapping
        var texts: [String: String] = [:]
        let fields = mapping.assignments.map(\.field)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let field = Field(rawValue: name), fields.contains(field) else {
                throw .unknown
            }
            texts[name] = try Self.text(of: value, field: field)
        }
        cells = fields.map { ($0.rawValue, texts[$0.rawValue, default: ""]) }
    }

    /// The names that a row may have, in the plain layout's order.
    public static var names: [String] { mapping.assignments.map(\.field.rawValue) }

    /// The account, or why it is refused.
    ///
    /// - Parameter asOf: the day for whose end the row stands.
    public func row(asOf: CalendarDate) throws(BookError) -> BookRow? {
        let header = cells.map(\.name).joined(separator: ",")
        let record = cells.map { "\"\($0.text.replacing("\"", with: "\"\""))\"" }
            .joined(separator: ",")
        var reader = try BookReader(
            mapping: mapping, source: .bytes(Array("\(header)\n\(record)\n".utf8)), asOf: asOf)
        return try reader.next()
    }

    /// The plain layout with amounts in minor units.
    private static let mapping: ColumnMapping = {
        do {
            return try ShippedMapping.plain.mapping().inMinorUnits()
        } catch {
            preconditionFailure("the shipped plain layout is a mapping: \(error)")
        }
    }()

    private static func text(of value: Value, field: Field) throws(PlainRowError) -> String {
        switch (field.fieldKind, value) {
        case (.flag, .flag(let flag)): return flag ? "true" : "false"
        case (.count, .integer(let number)), (.daysPastDue, .integer(let number)),
            (.amount, .integer(let number)):
            return String(number)
        case (.words, .list(let words)): return words.joined(separator: ";")
        case (.flag, .text("unknown")) where field.isFact,
            (.count, .text("unknown")), (.daysPastDue, .text("unknown")):
            return "unknown"
        case (.flag, _): throw .type(name: field.rawValue, expected: "true or false")
        case (.count, _), (.daysPastDue, _):
            throw .type(name: field.rawValue, expected: "a whole number")
        case (.amount, _):
            throw .type(name: field.rawValue, expected: "a whole number of minor units")
        case (.words, _): throw .type(name: field.rawValue, expected: "a list of texts")
        case (_, .text(let text)): return text
        default: throw .type(name: field.rawValue, expected: "a text")
        }
    }
}

/// Why values are no row of the plain layout; the sender's fault.
public enum PlainRowError: Error, Equatable, Sendable {
    /// The plain layout has no column of a name, which is not shown: it may be anything.
    case unknown
    /// A value has another type.
    case type(name: String, expected: String)
}

extension ColumnMapping {
    /// The same mapping for cells whose amounts are in minor units.
    func inMinorUnits() -> ColumnMapping {
        ColumnMapping(
            name: name, version: version, description: description, asOf: asOf,
            encoding: .utf8, delimiter: delimiter, skipLines: skipLines, ownClasses: ownClasses,
            assignments: assignments.map { assignment in
                guard case .cell(var rule) = assignment.source else { return assignment }
                rule.format.unit = .minor
                return Assignment(field: assignment.field, source: .cell(rule))
            }, skips: skips, rules: rules, history: history, periods: periods)
    }
}
