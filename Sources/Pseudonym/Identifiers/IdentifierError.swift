/// Why a text is no identifier of its scheme; the fault of whoever typed or exported it. Carries no
/// part of the text: it can be shown, logged and sent.
public enum IdentifierError: Error, Equatable, Sendable {
    /// The consortium's charter does not list the scheme.
    case unknownScheme
    /// Nothing but white space.
    case empty
    /// More bytes than any identifier has.
    case tooLong(bytesMax: Int)
    /// Another number of characters than the scheme's, spaces and hyphens not counted.
    case length(SchemeName, expected: Int)
    /// A character that the scheme does not use in this place (counted from 1, spaces and hyphens
    /// left out).
    case character(SchemeName, position: Int)
    /// Places 7 to 14 of a resident's number are not a day of the calendar.
    case date
    /// The check character does not fit the others.
    case checkCharacter(SchemeName)
    /// The organisation code inside a credit code has a check character that does not fit.
    case organisationCheck
    /// The text does not match the charter's pattern.
    case pattern(SchemeName)
    /// The text is what a spreadsheet leaves of a long number.
    case damagedBySpreadsheet
}

extension IdentifierError {
    /// A code that stays the same over versions, for programs.
    public var code: String {
        switch self {
        case .unknownScheme: "scheme-unknown"
        case .empty: "identifier-empty"
        case .tooLong: "identifier-too-long"
        case .length: "identifier-length"
        case .character: "identifier-character"
        case .date: "identifier-date"
        case .checkCharacter: "identifier-check-character"
        case .organisationCheck: "identifier-organisation-check"
        case .pattern: "identifier-pattern"
        case .damagedBySpreadsheet: "identifier-damaged-by-spreadsheet"
        }
    }

    /// The rule broken and what to do, for people.
    public var rule: String {
        switch self {
        case .unknownScheme:
            "the consortium's charter lists no such scheme; see its list of schemes"
        case .empty:
            "an identifier is needed; there is only white space"
        case .tooLong(let bytesMax):
            "an identifier has at most \(bytesMax) bytes; check that the right column was taken"
        case .length(let scheme, let expected):
            Self.lengthRule(scheme, expected)
        case .character(let scheme, let position):
            "\(Self.standard(of: scheme)): character \(position) is not allowed there; "
                + Self.alphabet(of: scheme)
        case .date:
            "GB 11643: places 7 to 14 must be a day of the calendar (YYYYMMDD)"
        case .checkCharacter(let scheme):
            Self.checkRule(scheme)
        case .organisationCheck:
            "GB 32100: characters 9 to 17 must be an organisation code of GB 11714, whose last "
                + "character does not fit its other 8; check for a mistyped character"
        case .pattern(let scheme):
            "\(scheme): the text does not have the form that the consortium's charter demands"
        case .damagedBySpreadsheet:
            "a spreadsheet has turned the identifier into a number and lost digits; "
                + "export the column as text"
        }
    }

    private static func lengthRule(_ scheme: SchemeName, _ expected: Int) -> String {
        let old = scheme == .residentID ? " (or 15 digits of the old kind)" : ""
        return "\(standard(of: scheme)): there must be \(expected) characters\(old)"
    }

    private static func checkRule(_ scheme: SchemeName) -> String {
        let fit =
            scheme == .lei
            ? "the last 2 digits do not fit the other 18"
            : "the 18th character does not fit the other 17"
        return "\(standard(of: scheme)): \(fit); check for a mistyped or swapped character"
    }

    private static func standard(of scheme: SchemeName) -> String {
        switch scheme {
        case .residentID: "GB 11643"
        case .creditCode: "GB 32100"
        case .lei: "ISO 17442"
        default: scheme.rawValue
        }
    }

    private static func alphabet(of scheme: SchemeName) -> String {
        switch scheme {
        case .residentID: "there are digits only, and X in the last place"
        case .creditCode: "there are digits and capital letters without I, O, S, V, Z"
        case .lei: "there are digits and capital letters, and digits only in the last 2 places"
        default: "control characters are never part of an identifier"
        }
    }
}

extension IdentifierError: CustomStringConvertible {
    /// The rule and the code.
    public var description: String { "\(rule) [\(code)]" }
}
