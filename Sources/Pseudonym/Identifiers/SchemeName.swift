/// The name of a kind of identifier: `[a-z0-9-]{2,40}`.
public struct SchemeName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// GB 11643: the number of a resident, 18 characters.
    public static let residentID = SchemeName(literal: "cn-rid")

    /// GB 32100: the unified social credit code of an organisation, 18 characters.
    public static let creditCode = SchemeName(literal: "cn-uscc")

    /// ISO 17442: the legal entity identifier, 20 characters.
    public static let lei = SchemeName(literal: "lei")

    /// The schemes whose rules are built in; a charter names them without a pattern.
    public static let builtIn: Set<SchemeName> = [residentID, creditCode, lei]

    /// The lengths that a name may have, in bytes.
    public static let lengths = 2...40

    /// The name as it stands in charter and messages.
    public let rawValue: String

    /// The name, or nil when it has another shape.
    public init?(rawValue: String) {
        guard Self.lengths.contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ Self.letters.contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(literal: String) {
        rawValue = literal
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

    /// The name.
    public var description: String { rawValue }
}
