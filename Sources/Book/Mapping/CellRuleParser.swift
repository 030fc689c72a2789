/// Reads the values of fields: constants, and cells with all that may be said of them.
struct CellRuleParser {
    /// How cells are written that say nothing else.
    let defaults: CellFormat

    private static let formatKeys = ["date", "unit", "from", "negative", "scientific"]
    private static let cellKeys =
        ["column", "join", "optional", "map", "unmapped", "blank"] + formatKeys

    /// The field of that name.
    func field(_ name: String, at node: MappingNode) throws(MappingError) -> Field {
        guard let field = Field(rawValue: name) else { throw node.error(.unknownKey) }
        return field
    }

    /// A scalar as constant, a block as cell.
    func assignment(of field: Field, to node: MappingNode) throws(MappingError) -> Assignment {
        Assignment(
            field: field,
            source: node.isBlock
                ? .cell(try rule(node, for: field)) : try constant(node, for: field)
        )
    }

    /// A constant.
    func constant(_ node: MappingNode, for field: Field) throws(MappingError) -> Assignment.Source {
        .constant(try constantValue(node, for: field))
    }

    /// A scalar read as the field reads a cell in the file's formats.
    func constantValue(_ node: MappingNode, for field: Field) throws(MappingError) -> FieldValue {
        var format = defaults
        format.date = .isoDate
        let text = Array(try node.text().utf8)
        guard !text.isEmpty else { throw node.error(.expected("a value")) }
        do {
            return try CellParser(field: field, format: format, asOf: nil).value(of: text[...])
        } catch {
            throw node.error(.badConstant(reason: error.reason))
        }
    }

    /// A column's name, or a block that says how the cell is written.
    func rule(_ node: MappingNode, for field: Field) throws(MappingError) -> CellRule {
        guard node.isBlock else {
            return CellRule(
                field: field, columns: try node.texts(), blank: blank(of: field, .days),
                format: defaults)
        }
        let keys = try node.block(Self.cellKeys)
        guard let column = keys["column"] else { throw node.error(.missingKey("column")) }
        let columns = try column.texts()
        guard columns.count == 1 || keys["join"] != nil else {
            throw node.error(.missingKey("join"))
        }
        let format = try format(keys, for: field)
        var rule = CellRule(
            field: field, columns: columns, blank: blank(of: field, format.basis), format: format)
        rule.joiner = Array(try keys["join"]?.text().utf8 ?? "".utf8)
        rule.isOptional = try keys["optional"]?.flag() ?? false
        if let map = keys["map"] { rule.map = try table(map, for: field) }
        if let unmapped = keys["unmapped"] {
            guard rule.map != nil else { throw unmapped.error(.notHere("needs a 'map'")) }
            rule.unmapped = try unmapped.term(CellRule.Unmapped.self)
        }
        if let blank = keys["blank"] { rule.blank = try constantValue(blank, for: field) }
        return rule
    }

    /// How cells are written, from those of the keys that a field's kind has a use for.
    func format(
        _ keys: [String: MappingNode], for field: Field
    ) throws(MappingError) -> CellFormat {
        let useful = Self.formatKeys(of: field)
        for key in Self.formatKeys where !useful.contains(key) {
            if let node = keys[key] { throw node.error(.notHere("no meaning for this field")) }
        }
        var format = defaults
        if let date = keys["date"] { format.date = try date.term(DateFormat.self) }
        if let unit = keys["unit"] { format.unit = try unit.term(AmountUnit.self) }
        if let basis = keys["from"] { format.basis = try basis.term(CellFormat.DaysBasis.self) }
        if let negative = keys["negative"] {
            format.negative = try negative.term(CellFormat.Negative.self)
        }
        if let scientific = keys["scientific"] { format.allowsScientific = try scientific.flag() }
        return format
    }

    private func table(_ node: MappingNode, for field: Field) throws(MappingError) -> ValueTable {
        var entries: [ValueTable.Entry] = []
        for (text, value) in try node.pairs() {
            entries.append(.init(text: text, value: try constantValue(value, for: field)))
        }
        guard !entries.isEmpty else { throw node.error(.expected("at least one text")) }
        return ValueTable(entries: entries)
    }

    /// A blank count of days is not known, unless it comes from a due date: then nothing is due.
    private func blank(of field: Field, _ basis: CellFormat.DaysBasis) -> FieldValue {
        guard field == .daysPastDue else { return .nothing }
        return basis == .dueDate ? .count(0) : .unknown
    }

    private static func formatKeys(of field: Field) -> [String] {
        switch field.fieldKind {
        case .amount: ["unit", "negative", "scientific"]
        case .count: ["negative", "scientific"]
        case .daysPastDue: ["from", "date", "negative", "scientific"]
        case .month, .date, .instant: ["date"]
        default: []
        }
    }
}
