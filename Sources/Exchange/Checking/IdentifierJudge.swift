import Pseudonym
import Synchronization

/// Judges identifiers of a file: by a charter, or without one by the schemes that are built in.
public final class IdentifierJudge: Sendable {
    private let registry: SchemeRegistry
    private let hasCharter: Bool
    private let unjudged = Mutex<Set<String>>([])

    /// A judge by the schemes of a charter, or without one.
    ///
    /// - Throws: `SchemeError`, the charter's fault.
    public init(charter: [(scheme: String, pattern: String?)]?) throws(SchemeError) {
        hasCharter = charter != nil
        let builtIn: [SchemeName] = [.residentID, .creditCode, .lei]
        registry = try SchemeRegistry(charter: charter ?? builtIn.map { ($0.rawValue, nil) })
    }

    /// Schemes that only a charter knows, so that their identifiers were taken as they are; sorted.
    public var unjudgedSchemes: [String] { unjudged.withLock { $0.sorted() } }

    /// The code of the rule that an identifier breaks, nil for a good one. Safe on several threads.
    public func verdict(scheme: String, identifier: String) -> String? {
        do {
            _ = try registry.identifier(identifier, scheme: scheme)
            return nil
        } catch .unknownScheme where !hasCharter {
            unjudged.withLock { _ = $0.insert(scheme) }
            return nil
        } catch {
            return error.code
        }
    }
}
