/// A keyed digest, 16 bytes, of the cells of a row that a mapping looks at: a row that has it says
/// what the row said of which it was kept, so that it need not be read.
///
/// It is made only of rows that mean the same on any later day (protocol/book.md).
public struct LineDigest: Sendable, Hashable {
    /// How many bytes it has.
    public static let count = 16

    private let first: UInt64
    private let second: UInt64

    /// Takes the first 16 bytes; nil for fewer.
    public init?(_ bytes: some Sequence<UInt8>) {
        var halves: [UInt64] = [0, 0]
        var count = 0
        for byte in bytes.prefix(Self.count) {
            halves[count / 8] = halves[count / 8] << 8 | UInt64(byte)
            count += 1
        }
        guard count == Self.count else { return nil }
        (first, second) = (halves[0], halves[1])
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        [first, second].flatMap { half in
            withUnsafeBytes(of: half.bigEndian, Array.init)
        }
    }
}
