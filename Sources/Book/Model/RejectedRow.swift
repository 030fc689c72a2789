/// A row that did not become a record, and why; a line of the reject file.
public struct RejectedRow: Sendable, Equatable {
    /// The line of the file on which the row begins, counted from 1.
    public var line: Int
    /// The column at fault, as the header names it; nil when the row as a whole is.
    public var column: String?
    /// A stable code, see ``RejectCode``.
    public var code: String
    /// What is wrong, for people. Never shows the text of an identifier, name or account column;
    /// of others at most ``BookLimits/shownCharactersMax`` characters.
    public var reason: String

    /// Makes a reject.
    public init(line: Int, column: String?, code: RejectCode, reason: String) {
        self.line = line
        self.column = column
        self.code = code.rawValue
        self.reason = reason
    }
}
