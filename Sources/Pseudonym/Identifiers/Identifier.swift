/// An identifier that keeps its scheme's rules, in normal form. Exists in memory only: it is never
/// stored in the clear, logged or sent.
public struct Identifier: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<identifier>"

    /// The longest input that is looked at, in bytes of UTF-8.
    public static let rawBytesMax = 256

    /// The longest normal form, in bytes of UTF-8.
    public static let bytesMax = 64

    /// What kind of identifier it is.
    public let scheme: SchemeName

    /// The one spelling in which all nodes agree, 1 to `bytesMax` bytes of UTF-8.
    public let normalForm: String

    init(scheme: SchemeName, normalForm: String) {
        self.scheme = scheme
        self.normalForm = normalForm
    }

    /// Whether it can be nobody's: a resident number or credit code of the area 999999, which is
    /// assigned to no place. Other schemes keep no numbers apart.
    public var isInvented: Bool {
        // A credit code's area comes behind two characters: who registered, and what it is.
        let area: Substring? =
            switch scheme {
            case .residentID: normalForm.prefix(6)
            case .creditCode: normalForm.dropFirst(2).prefix(6)
            default: nil
            }
        return area == "999999"
    }

    /// Whether the subject counts as a person: a resident; an individual business, whose credit
    /// code begins with 92; and, to be on the safe side, whoever a charter's own scheme names.
    public var isPersonal: Bool {
        switch scheme {
        case .creditCode: normalForm.hasPrefix(CreditCode.individualBusinessPrefix)
        case .lei: false
        default: true
        }
    }
}
