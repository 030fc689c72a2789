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
    /// The row as the file has it: the bytes of the CSV record in UTF-8 without its line end, so
    /// that it can be mended and read again. Empty where not known. Personal data.
    public var original: [UInt8] = []
    /// The account number of a row that is faulty elsewhere: its account has not vanished from the
    /// file. Nil where it cannot be read. Personal data.
    public var accountNumber: String?

    /// Makes a reject.
    public init(line: Int, column: String?, code: RejectCode, reason: String) {
        self.line = line
        self.column = column
        self.code = code.rawValue
        self.reason = reason
    }
}

extension RejectedRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Line, column, code and reason; nothing of the row itself.
    public var description: String {
        "line \(line)\(column.map { ", column \($0)" } ?? ""): \(code): \(reason)"
    }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
