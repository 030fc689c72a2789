import Foundation

/// A subject's name in the form in which two lenders that typed it differently agree
/// (protocol.md §8): NFKC, without white space and middle dots, in full Unicode upper case.
public struct SubjectName: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<name>"

    /// The longest name as typed, in bytes of UTF-8.
    public static let rawBytesMax = 1024

    /// The longest name in normal form, in bytes of UTF-8.
    public static let bytesMax = 256

    /// The middle dots that stand between the parts of a name, in its many spellings.
    private static let middleDots: Set<Unicode.Scalar> = [
        "\u{00B7}", "\u{2022}", "\u{2027}", "\u{22C5}", "\u{30FB}", "\u{FF65}",
    ]

    private let normalForm: String

    /// The name in normal form; nil when nothing is left of it or it is longer than the limits.
    public init?(_ raw: String) {
        guard raw.utf8.count <= Self.rawBytesMax else { return nil }
        var kept = String.UnicodeScalarView()
        for scalar in raw.precomposedStringWithCompatibilityMapping.unicodeScalars
        where !scalar.properties.isWhitespace && !Self.middleDots.contains(scalar) {
            kept.append(scalar)
        }
        normalForm = String(kept).uppercased()
        guard (1...Self.bytesMax).contains(normalForm.utf8.count) else { return nil }
    }

    /// The normal form in UTF-8, 1 to `bytesMax` bytes: what the name check is computed over.
    public var bytes: [UInt8] { Array(normalForm.utf8) }
}
