/// How the identifiers of one scheme are checked.
enum IdentifierRule: Sendable {
    case residentID
    case creditCode
    case lei
    case pattern(IdentifierPattern, SchemeName)

    /// The rule that a charter's entry stands for.
    init(of scheme: SchemeName, pattern: String?) throws(SchemeError) {
        if SchemeName.builtIn.contains(scheme), pattern != nil { throw .patternNotAllowed(scheme) }
        switch scheme {
        case .residentID: self = .residentID
        case .creditCode: self = .creditCode
        case .lei: self = .lei
        default:
            guard let pattern else { throw .patternMissing(scheme) }
            do throws(PatternError) {
                self = .pattern(try IdentifierPattern(pattern), scheme)
            } catch {
                throw .pattern(scheme, error)
            }
        }
    }

    /// The normal form of what was typed.
    func normalForm(of typed: TypedIdentifier) throws(IdentifierError) -> String {
        switch self {
        case .residentID: try ResidentID.normalForm(of: typed.letters)
        case .creditCode: try CreditCode.normalForm(of: typed.letters)
        case .lei: try LegalEntityIdentifier.normalForm(of: typed.letters)
        case .pattern(let pattern, let scheme): try pattern.normalForm(of: typed.trimmed, scheme)
        }
    }
}
