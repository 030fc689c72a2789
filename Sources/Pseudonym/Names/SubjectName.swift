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
        normalForm = Self.plainForm(raw) ?? Self.anyForm(raw)
        guard (1...Self.bytesMax).contains(normalForm.utf8.count) else { return nil }
    }

    /// The normal form of any name.
    static func anyForm(_ raw: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in raw.precomposedStringWithCompatibilityMapping.unicodeScalars
        where !scalar.properties.isWhitespace && !middleDots.contains(scalar) {
            kept.append(scalar)
        }
        return String(kept).uppercased()
    }

    /// The same of a name in ASCII and the basic Chinese characters (U+4E00 to U+9FFF), which NFKC
    /// leaves as they are and which have no case: most names, at a tenth of the time. Nil for others.
    static func plainForm(_ raw: String) -> String? {
        var kept = String.UnicodeScalarView()
        for scalar in raw.unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x20: continue
            case 0x61...0x7A: kept.append(Unicode.Scalar(UInt8(scalar.value) - 0x20))
            case 0x00...0x7F, 0x4E00...0x9FFF: kept.append(scalar)
            default: return nil
            }
        }
        return String(kept)
    }

    /// The normal form in UTF-8, 1 to `bytesMax` bytes: what the name check is computed over.
    public var bytes: [UInt8] { Array(normalForm.utf8) }
}
