/// The place of an entry in a log, counted from 0.
public struct EntryIndex: Hashable, Sendable {
    /// The place.
    public let value: Int

    /// A place, or nil when no tree is large enough to have it.
    public init?(_ value: Int) {
        guard (0..<TreeSize.valueMax).contains(value) else { return nil }
        self.value = value
    }
}

extension EntryIndex: Comparable {
    /// Earlier entries come first.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension EntryIndex: CustomStringConvertible {
    /// The number in decimal.
    public var description: String { String(value) }
}
