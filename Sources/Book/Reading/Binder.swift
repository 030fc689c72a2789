import RiskStandard

/// Finds the columns that a mapping names in a file's header.
struct Binder {
    let header: Header
    let asOf: CalendarDate
    /// Columns whose text must never be shown, whatever field it is read for.
    private let personalColumns: Set<String>

    init(mapping: ColumnMapping, header: Header, asOf: CalendarDate) {
        self.header = header
        self.asOf = asOf
        let all = mapping.assignments + mapping.rules.flatMap(\.assignments)
        let personal = all.flatMap { assignment -> [String] in
            guard case .cell(let rule) = assignment.source, rule.field.isPersonal else { return [] }
            return rule.columns
        }
        personalColumns = Set(personal)
    }

    /// The cell; nil when the file lacks its column and the mapping allows it.
    func bind(_ rule: CellRule) throws(BookError) -> BoundCell? {
        if case .amount = rule.field.fieldKind { try checkUnit(of: rule) }
        return try BoundCell(rule, header: header, asOf: asOf, personalColumns: personalColumns)
    }

    /// Ten thousand times too much is no fault that a row would show.
    private func checkUnit(of rule: CellRule) throws(BookError) {
        for name in rule.columns {
            if let unit = AmountUnit(inHeader: name), unit != rule.format.unit {
                throw .otherUnit(column: name, unit: unit.rawValue)
            }
        }
    }

    /// The cell of a column that must be there.
    func bindRequired(_ rule: CellRule) throws(BookError) -> BoundCell {
        guard let cell = try bind(rule) else { throw .missingColumn(rule.columns[0]) }
        return cell
    }

    func bind(_ assignment: Assignment) throws(BookError) -> BoundAssignment? {
        switch assignment.source {
        case .constant(let value): .constant(assignment.field, value)
        case .cell(let rule): try bind(rule).map { .cell($0) }
        }
    }

    func bind(_ conditions: [Condition]) throws(BookError) -> [BoundCondition] {
        var bound: [BoundCondition] = []
        for condition in conditions {
            bound.append(try BoundCondition(condition, header: header))
        }
        return bound
    }

    func bind(_ rule: ConditionalRule) throws(BookError) -> BoundRule {
        var assignments: [BoundAssignment] = []
        for assignment in rule.assignments {
            if let bound = try bind(assignment) { assignments.append(bound) }
        }
        return BoundRule(
            isLasting: rule.isLasting, conditions: try bind(rule.conditions),
            assignments: assignments)
    }

    /// Whether the column's text must never be shown.
    func isPersonal(_ column: String) -> Bool { personalColumns.contains(column) }
}
