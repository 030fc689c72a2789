/// A line of a consent file: whose consent, and the consent.
public struct ConsentEntry: Sendable, Equatable {
    /// The line of the file on which the entry begins, counted from 1.
    public var line: Int
    /// The identifier's scheme.
    public var scheme: String
    /// The borrower's identifier as written.
    public var identifier: String
    /// The ground for showing the borrower's accounts to others.
    public var consent: ConsentRecord
    /// The line as the file has it, in UTF-8 without its end; empty where not known. Personal data.
    public var original: [UInt8] = []

    /// Makes an entry; nothing is checked.
    public init(line: Int, scheme: String, identifier: String, consent: ConsentRecord) {
        self.line = line
        self.scheme = scheme
        self.identifier = identifier
        self.consent = consent
    }
}

extension ConsentEntry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Line and consent; nothing that names the borrower.
    public var description: String { "line \(line): \(consent)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
