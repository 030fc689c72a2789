/// The form of moved rows: that of the store, so that nothing is lost, and one version's.
public struct MoveForm: Sendable, Equatable {
    /// The names of the steps that led to the schema, in their order.
    public let steps: [String]
    /// The tables, in the order in which their rows come.
    public let tables: [Table]

    /// A table with the columns that are taken along.
    public struct Table: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// The columns, in the order of a row's values.
        public let columns: [String]

        /// Names a table.
        public init(name: String, columns: [String]) {
            self.name = name
            self.columns = columns
        }
    }

    /// Puts a form together.
    public init(steps: [String], tables: [Table]) {
        self.steps = steps
        self.tables = tables
    }
}
