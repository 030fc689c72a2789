/// A short ASCII name that has passed the rule of its kind, so that whoever holds one need not
/// check it again.
///
/// All kinds share this one implementation; the phantom type `Rule` keeps a node's name from being
/// passed where a member's is wanted. Names are compared and ordered by their bytes. They are
/// public: they stand in the directory and in log entries.
public struct Name<Rule: NameRule>: Sendable, Hashable {
    /// The name as it stands in the directory and on the wire.
    public let text: String

    /// A name, or nil when `text` breaks the rule (see ``NameRule/summary``).
    public init?(_ text: String) {
        let bytes = text.utf8
        guard Rule.bytes.contains(bytes.count), bytes.allSatisfy(Rule.allows) else { return nil }
        self.text = text
    }
}

extension Name: Comparable {
    /// Orders by bytes, so that the order is the same in every locale.
    public static func < (left: Name, right: Name) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension Name: LosslessStringConvertible {
    /// The name itself.
    public var description: String { text }
}

/// What distinguishes one kind of ``Name`` from the others.
public protocol NameRule: Sendable {
    /// How many bytes a name may have.
    static var bytes: ClosedRange<Int> { get }
    /// The rule as it is shown to people, a regular expression such as `[a-z0-9-]{3,40}`.
    static var summary: String { get }
    /// Whether a name may contain this ASCII byte; always false for bytes over 0x7F.
    static func allows(_ byte: UInt8) -> Bool
}
