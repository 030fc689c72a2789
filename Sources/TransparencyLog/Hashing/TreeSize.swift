/// How many entries a tree has: 0 to 2^53 − 1, so that it is an integer of the protocol's JSON too
/// and no arithmetic on it overflows.
public struct TreeSize: Hashable, Sendable {
    /// The greatest size.
    public static let valueMax = (1 << 53) - 1
    /// The size of the tree without entries.
    public static let zero = TreeSize(unchecked: 0)

    /// The number of entries.
    public let value: Int

    /// A size, or nil when `value` is negative or over ``valueMax``.
    public init?(_ value: Int) {
        guard (0...Self.valueMax).contains(value) else { return nil }
        self.value = value
    }

    private init(unchecked value: Int) { self.value = value }

    /// The size after `count` more entries, or nil over ``valueMax``; `count` must not be negative.
    public func adding(_ count: Int) -> TreeSize? {
        guard (0...Self.valueMax).contains(count) else { return nil }
        return TreeSize(value + count)
    }
}

extension TreeSize: Comparable {
    /// Fewer entries come first.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension TreeSize: CustomStringConvertible {
    /// The number in decimal, as checkpoints write it.
    public var description: String { String(value) }
}
