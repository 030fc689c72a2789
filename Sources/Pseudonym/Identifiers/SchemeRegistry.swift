/// The kinds of identifiers that a consortium uses, each with its rules: those built in and those
/// that the charter defines by a pattern.
public struct SchemeRegistry: Sendable {
    /// The most schemes that a charter may list.
    public static let schemesMax = 32

    /// The longest pattern, in bytes of UTF-8.
    public static let patternBytesMax = 256

    /// The most characters that a pattern may stand for, where `\d{6}` is six.
    public static let patternStepsMax = 256

    /// The largest count in a pattern's braces.
    public static let patternCountMax = 64

    /// The schemes in the charter's order.
    public let schemes: [SchemeName]

    private let rules: [SchemeName: IdentifierRule]

    /// The registry of a charter's `schemes`.
    ///
    /// - Parameter charter: built-in schemes without a pattern, others with one.
    /// - Throws: `SchemeError`, the charter's fault.
    public init(charter: [(scheme: String, pattern: String?)]) throws(SchemeError) {
        guard charter.count <= Self.schemesMax else { throw .tooMany }
        var schemes: [SchemeName] = []
        var rules: [SchemeName: IdentifierRule] = [:]
        for (index, entry) in charter.enumerated() {
            guard let scheme = SchemeName(rawValue: entry.scheme) else { throw .name(index: index) }
            guard rules[scheme] == nil else { throw .duplicate(scheme) }
            rules[scheme] = try IdentifierRule(of: scheme, pattern: entry.pattern)
            schemes.append(scheme)
        }
        self.schemes = schemes
        self.rules = rules
    }

    /// Whether the consortium uses `scheme`.
    public func contains(_ scheme: SchemeName) -> Bool {
        rules[scheme] != nil
    }

    /// Validates an identifier as someone typed or exported it, and brings it into normal form.
    ///
    /// - Parameters:
    ///   - raw: the identifier; white space around it never matters, and for the built-in schemes
    ///     neither do width, case, spaces and hyphens.
    ///   - scheme: the name of its scheme.
    /// - Throws: `IdentifierError`, which names the rule broken and never repeats the identifier.
    public func identifier(
        _ raw: String,
        scheme: String
    ) throws(IdentifierError) -> Identifier {
        guard let name = SchemeName(rawValue: scheme), let rule = rules[name] else {
            throw .unknownScheme
        }
        guard raw.utf8.count <= Identifier.rawBytesMax else {
            throw .tooLong(bytesMax: Identifier.rawBytesMax)
        }
        let typed = TypedIdentifier(raw)
        guard !typed.trimmed.isEmpty else { throw .empty }
        do throws(IdentifierError) {
            return Identifier(scheme: name, normalForm: try rule.normalForm(of: typed))
        } catch {
            throw typed.looksLikeSpreadsheetNumber ? .damagedBySpreadsheet : error
        }
    }
}
