/// A conditional rule whose columns have been found.
struct BoundRule {
    let isLasting: Bool
    private let conditions: [BoundCondition]
    private let assignments: [BoundAssignment]

    init(isLasting: Bool, conditions: [BoundCondition], assignments: [BoundAssignment]) {
        self.isLasting = isLasting
        self.conditions = conditions
        self.assignments = assignments
    }

    /// The cells that the rule reads.
    var cells: [BoundCell] {
        assignments.compactMap { assignment in
            if case .cell(let cell) = assignment { cell } else { nil }
        }
    }

    /// Whether the rule sets a field.
    func fills(_ field: Field) -> Bool {
        assignments.contains { $0.field == field }
    }

    func holds(for record: CSVRecord) -> Bool {
        conditions.allSatisfy { $0.holds(for: record) }
    }

    func apply(to draft: inout RecordDraft, from record: CSVRecord) throws(RowFault) {
        for assignment in assignments {
            draft.set(assignment.field, try assignment.value(in: record))
        }
    }

    func values(from record: CSVRecord) throws(RowFault) -> [LastingHit.Value] {
        var values: [LastingHit.Value] = []
        for assignment in assignments {
            values.append(
                .init(field: assignment.field, value: try assignment.value(in: record)))
        }
        return values
    }
}

/// An assignment whose columns have been found.
enum BoundAssignment {
    case constant(Field, FieldValue)
    case cell(BoundCell)

    var field: Field {
        switch self {
        case .constant(let field, _): field
        case .cell(let cell): cell.field
        }
    }

    func value(in record: CSVRecord) throws(RowFault) -> FieldValue {
        switch self {
        case .constant(_, let value): value
        case .cell(let cell): try cell.value(in: record)
        }
    }
}
