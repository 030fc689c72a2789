/// Bounds on a JSON document, checked while it is read (protocol/limits.md).
public struct JSONLimits: Sendable {
    /// How deep arrays and objects may nest, unless told.
    public static let nestingMax = 16
    /// The longest string in bytes of UTF-8, escapes undone, unless told.
    public static let stringBytesMax = 4_096
    /// The most members of one object. It keeps the search for duplicate names cheap.
    public static let membersMax = 64
    /// The most values in one document, which bounds the memory that a document of many tiny values
    /// can take.
    public static let valuesMax = 1_000_000
    /// The largest integer, 2^53 − 1; the smallest is its negative (RFC 7493 §2.2).
    public static let integerMax = 9_007_199_254_740_991

    /// How deep arrays and objects may nest.
    public let nestingMax: Int
    /// The longest string in bytes of UTF-8, escapes undone.
    public let stringBytesMax: Int
    /// The most bytes of the whole document.
    public let documentBytesMax: Int

    /// Limits; those of the peer protocol unless told.
    public init(
        documentBytesMax: Int, nestingMax: Int = Self.nestingMax,
        stringBytesMax: Int = Self.stringBytesMax
    ) {
        self.documentBytesMax = documentBytesMax
        self.nestingMax = nestingMax
        self.stringBytesMax = stringBytesMax
    }
}
