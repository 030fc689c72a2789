/// A borrower of a member as the store recognises it from import to import: a keyed digest of the
/// identifier, made at a hundredth of the cost of a token (`ReferenceKey`).
///
/// To anyone without the reference key it is as good as random. It never leaves the node.
public struct SubjectReference: Sendable, Hashable {
    /// How many bytes.
    public static let count = 16

    /// 16 bytes.
    public let bytes: [UInt8]

    /// Takes exactly 16 bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }
}
