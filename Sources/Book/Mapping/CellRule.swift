/// How one field is read from one or several columns.
struct CellRule: Sendable, Equatable {
    /// What becomes of a text that the list does not know.
    enum Unmapped: String, Sendable, CaseIterable {
        case reject, read, blank
    }

    var field: Field
    /// Names of the columns, in the order in which they are joined.
    var columns: [String]
    /// What stands between joined columns.
    var joiner: [UInt8] = []
    /// Whether the file may lack the column.
    var isOptional = false
    /// Texts with a meaning of their own; nil when the text itself is read.
    var map: ValueTable?
    var unmapped = Unmapped.reject
    /// What a blank cell stands for.
    var blank = FieldValue.nothing
    var format = CellFormat()
}
