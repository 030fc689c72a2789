/// Bounds on a JSON document, checked while it is read (protocol/limits.md).
public struct JSONLimits: Sendable {
    /// Most levels of arrays and objects within each other.
    public let depthMax: Int
    /// Most bytes of UTF-8 in one string, after escapes are resolved.
    public let stringBytesMax: Int
    /// Most bytes of the whole document.
    public let documentBytesMax: Int

    /// Makes limits.
    public init(depthMax: Int = 16, stringBytesMax: Int = 4096, documentBytesMax: Int) {
        self.depthMax = depthMax
        self.stringBytesMax = stringBytesMax
        self.documentBytesMax = documentBytesMax
    }

    /// Greatest magnitude of an integer: 2^53 − 1 (protocol/messages.md, encodings).
    public static let integerMagnitudeMax = (1 << 53) - 1
}
