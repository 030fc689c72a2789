/// A standard and its version: `cn-2023@1`.
///
/// A published version never changes: whoever reads a class years later recomputes it under the
/// version that it names.
public struct StandardID: Sendable, Hashable, CustomStringConvertible {
    /// The longest name, in bytes.
    public static let nameBytesMax = 40
    /// The highest version.
    public static let versionMax = 9_999

    /// The standard: `a-z`, `0-9` and `-`, beginning with a letter.
    public let name: String
    /// Its version, 1…``versionMax``.
    public let version: Int

    /// Reads an identifier; nil for any spelling but the one that ``description`` gives.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isName(parts[0]),
            let version = Int(canonical: parts[1]), (1...Self.versionMax).contains(version)
        else { return nil }
        name = String(parts[0])
        self.version = version
    }

    /// `<name>@<version>`.
    public var description: String { "\(name)@\(version)" }

    /// Whether the text can be a standard's name.
    static func isName(_ text: Substring) -> Bool {
        (1...nameBytesMax).contains(text.utf8.count)
            && text.utf8.first.map { (0x61...0x7A).contains($0) } == true
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
    }
}

extension Int {
    /// Reads a decimal number in the one spelling that it is written in: no sign, no leading zero.
    init?(canonical text: Substring) {
        guard let number = Int(text), number >= 0, String(number) == text else { return nil }
        self = number
    }
}
