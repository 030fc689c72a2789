/// Why a charter's list of schemes cannot be used; the fault of those who signed the charter.
/// Nothing starts with it until they sign a better one.
public enum SchemeError: Error, Equatable, Sendable {
    /// More than `SchemeRegistry.schemesMax` schemes.
    case tooMany
    /// The name at `index` (from 0) is not `[a-z0-9-]{2,40}`.
    case name(index: Int)
    /// Listed twice.
    case duplicate(SchemeName)
    /// A built-in scheme has its own rules and takes no pattern.
    case patternNotAllowed(SchemeName)
    /// A scheme of the charter's own needs a pattern.
    case patternMissing(SchemeName)
    /// The pattern is not in the language of `IdentifierPattern`.
    case pattern(SchemeName, PatternError)
}
