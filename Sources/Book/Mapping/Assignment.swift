/// A field and where its value comes from.
struct Assignment: Sendable, Equatable {
    enum Source: Sendable, Equatable {
        case constant(FieldValue)
        case cell(CellRule)
    }

    let field: Field
    let source: Source
}
