import RiskStandard

/// Reads the mapping language: blocks and keys as protocol/book.md lists them.
struct MappingParser {
    private let root: MappingNode
    private let blocks: [String: MappingNode]
    private let amounts: [String: MappingNode]
    private let cells: CellRuleParser

    init(root: MappingNode) throws(MappingError) {
        self.root = root
        blocks = try root.block([
            "name", "version", "description", "file", "amounts", "dates", "constants", "columns",
            "skip", "rules", "history", "periods", "ownClasses",
        ])
        var format = CellFormat()
        if let dates = blocks["dates"] { format.date = try dates.term(DateFormat.self) }
        amounts = try blocks["amounts"]?.block(["currency", "unit"]) ?? [:]
        if let unit = amounts["unit"] { format.unit = try unit.term(AmountUnit.self) }
        cells = CellRuleParser(defaults: format)
    }

    func mapping() throws(MappingError) -> ColumnMapping {
        let file =
            try blocks["file"]?.block(["delimiter", "encoding", "skipLines", "asOf"]) ?? [:]
        let periods = try periodLayout()
        let rules = try rules(hasPeriods: periods != nil)
        let assignments = try assignments()
        let mapping = ColumnMapping(
            name: try name(), version: try version(),
            description: try blocks["description"]?.text() ?? "", asOf: try asOf(file["asOf"]),
            encoding: try encoding(file["encoding"]),
            delimiter: try delimiter(file["delimiter"]), skipLines: try lines(file["skipLines"]),
            ownClasses: try OwnClass.all(blocks["ownClasses"]), assignments: assignments,
            skips: try blocks["skip"]?.oneOrMoreConditions() ?? [], rules: rules,
            history: try wideHistory(), periods: periods)
        try checkFilled(mapping)
        return mapping
    }
}

// MARK: - Head

extension MappingParser {
    private func name() throws(MappingError) -> String {
        guard let node = blocks["name"] else { throw root.error(.missingKey("name")) }
        let name = try node.text()
        guard (1...BookLimits.wordBytesMax).contains(name.utf8.count),
            name.utf8.allSatisfy(\.isWordByte)
        else { throw node.error(.expected("1 to 40 of a-z, 0-9 and -")) }
        return name
    }

    private func version() throws(MappingError) -> Int {
        guard let node = blocks["version"] else { throw root.error(.missingKey("version")) }
        guard let version = Int(try node.text()), version >= 1 else {
            throw node.error(.expected("a whole number from 1"))
        }
        return version
    }

    private func asOf(_ node: MappingNode?) throws(MappingError) -> CalendarDate? {
        guard let node else { return nil }
        guard let date = CalendarDate(try node.text()) else {
            throw node.error(.expected("a date written yyyy-MM-dd"))
        }
        return date
    }

    private func encoding(_ node: MappingNode?) throws(MappingError) -> TextEncoding? {
        guard let node, try node.text() != "auto" else { return nil }
        guard let encoding = TextEncoding(rawValue: try node.text()) else {
            throw node.error(.notOneOf(["auto"] + TextEncoding.allCases.map(\.rawValue)))
        }
        return encoding
    }

    private func lines(_ node: MappingNode?) throws(MappingError) -> Int {
        guard let node else { return 0 }
        guard let lines = Int(try node.text()), (0...BookLimits.skipLinesMax).contains(lines) else {
            throw node.error(.expected("a whole number from 0 to \(BookLimits.skipLinesMax)"))
        }
        return lines
    }

    private func delimiter(_ node: MappingNode?) throws(MappingError) -> UInt8 {
        guard let node else { return UInt8(ascii: ",") }
        switch try node.text() {
        case ",": return UInt8(ascii: ",")
        case ";": return UInt8(ascii: ";")
        case "|": return UInt8(ascii: "|")
        case "tab": return 0x09
        default: throw node.error(.notOneOf([",", ";", "|", "tab"]))
        }
    }
}

// MARK: - Fields

extension MappingParser {
    /// Constants and columns, each field at most once, the currency first of all.
    private func assignments() throws(MappingError) -> [Assignment] {
        var assignments: [Assignment] = []
        var filled: Set<Field> = []
        func add(_ assignment: Assignment, at node: MappingNode) throws(MappingError) {
            guard assignment.field != .letter else {
                throw node.error(.notHere("a letter is set by rules of a file with periods"))
            }
            guard filled.insert(assignment.field).inserted else { throw node.error(.fieldTwice) }
            assignments.append(assignment)
        }
        if let currency = amounts["currency"] {
            try add(cells.assignment(of: .currency, to: currency), at: currency)
        }
        for (key, value) in try blocks["constants"]?.pairs() ?? [] {
            let field = try cells.field(key, at: value)
            try add(Assignment(field: field, source: cells.constant(value, for: field)), at: value)
        }
        for (key, value) in try blocks["columns"]?.pairs() ?? [] {
            let field = try cells.field(key, at: value)
            let rule = try cells.rule(value, for: field)
            try add(Assignment(field: field, source: .cell(rule)), at: value)
        }
        return assignments
    }

    private func rules(hasPeriods: Bool) throws(MappingError) -> [ConditionalRule] {
        var rules: [ConditionalRule] = []
        for node in try blocks["rules"]?.items() ?? [] {
            let keys = try node.block(["when", "lasting", "set"])
            guard let when = keys["when"] else { throw node.error(.missingKey("when")) }
            guard let set = keys["set"] else { throw node.error(.missingKey("set")) }
            let isLasting = try keys["lasting"]?.flag() ?? false
            if isLasting, !hasPeriods {
                throw node.error(.notHere("'lasting' needs a file with periods"))
            }
            var assignments: [Assignment] = []
            for (key, value) in try set.pairs() {
                let field = try cells.field(key, at: value)
                if field == .letter, !hasPeriods {
                    throw value.error(.notHere("a letter needs a file with periods"))
                }
                assignments.append(try cells.assignment(of: field, to: value))
            }
            rules.append(
                ConditionalRule(
                    conditions: try when.conditions(), isLasting: isLasting,
                    assignments: assignments))
        }
        return rules
    }

    /// Every field that a record needs must be filled somewhere, amounts need a currency.
    private func checkFilled(_ mapping: ColumnMapping) throws(MappingError) {
        let everywhere = mapping.assignments + mapping.rules.flatMap(\.assignments)
        let filled = Set(everywhere.map(\.field))
        func refuse(_ field: Field) -> MappingError {
            MappingError(path: field.rawValue, line: nil, problem: .fieldMissing)
        }
        for field in Field.required where !filled.contains(field) { throw refuse(field) }
        let amounts: Set<Field> = [.overdue, .balance, .limit, .monthlyDue]
        if !filled.isDisjoint(with: amounts), !filled.contains(.currency) {
            throw refuse(.currency)
        }
        let histories = [
            mapping.history != nil, mapping.periods != nil, filled.contains(.history),
        ]
        if histories.count(where: { $0 }) > 1 {
            throw MappingError(path: "history", line: nil, problem: .fieldTwice)
        }
    }
}

// MARK: - History

extension MappingParser {
    private enum Order: String, CaseIterable {
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    private func wideHistory() throws(MappingError) -> WideHistory? {
        guard let node = blocks["history"] else { return nil }
        let keys = try node.block(["columns", "order", "ends", "from", "negative", "letters"])
        guard let list = keys["columns"] else { throw node.error(.missingKey("columns")) }
        guard let order = keys["order"] else { throw node.error(.missingKey("order")) }
        guard let ends = keys["ends"] else { throw node.error(.missingKey("ends")) }
        var columns = try list.texts()
        if try order.term(Order.self) == .newestFirst { columns.reverse() }
        var letters: [ValueTable.Entry] = []
        for (text, value) in try keys["letters"]?.pairs() ?? [] {
            letters.append(
                .init(text: text, value: try cells.constantValue(value, for: .letter)))
        }
        return WideHistory(
            columns: columns, end: try end(ends), format: try cells.format(keys, for: .daysPastDue),
            letters: ValueTable(entries: letters))
    }

    private func end(_ node: MappingNode) throws(MappingError) -> WideHistory.End {
        if node.isBlock { return .cell(try cells.rule(node, for: .historyEnds)) }
        guard try node.text() == "as-of" else {
            throw node.error(.expected("'as-of', or a block with a column"))
        }
        return .asOf
    }

    private func periodLayout() throws(MappingError) -> PeriodLayout? {
        guard let node = blocks["periods"] else { return nil }
        let keys = try node.block(["period", "keepLastBy"])
        guard let period = keys["period"] else { throw node.error(.missingKey("period")) }
        var keepLastBy: CellRule?
        if let keep = keys["keepLastBy"] { keepLastBy = try cells.rule(keep, for: .badEventEnded) }
        return PeriodLayout(
            period: try cells.rule(period, for: .historyEnds), keepLastBy: keepLastBy)
    }
}
