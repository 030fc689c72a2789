/// A value whose content stays out of every text: printing, interpolating, dumping or failing a
/// precondition shows only `redactedLabel`.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What a reader sees instead of the content, such as `<token>`.
    static var redactedLabel: String { get }
}

extension Redacted {
    /// The label alone.
    public var description: String { Self.redactedLabel }

    /// The label alone.
    public var debugDescription: String { Self.redactedLabel }

    /// A mirror without children, so that `dump` and test failures show nothing either.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
