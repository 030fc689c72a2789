import Exchange
import Foundation
import Logging
import NodeAssembly
import Pseudonym
import Synchronization

/// Judges identifiers of a file: by the charter of a home, or without one by the schemes that are
/// built in.
final class IdentifierJudge: Sendable {
    private let registry: SchemeRegistry
    private let hasCharter: Bool
    private let unjudged = Mutex<Set<String>>([])

    /// A judge by the charter of `home`, or without one.
    init(home: String?) throws {
        hasCharter = home != nil
        do {
            registry = try SchemeRegistry(charter: try Self.schemes(home))
        } catch is SchemeError {
            throw CommandFailure(
                "directory", "the charter names a scheme whose pattern this version cannot read")
        }
    }

    /// Schemes that only a charter knows, so that their identifiers were taken as they are.
    var unjudgedSchemes: [String] { unjudged.withLock { $0.sorted() } }

    /// The code of the rule that an identifier breaks, nil for a good one.
    func verdict(scheme: String, identifier: String) -> String? {
        let isKnown = SchemeName(rawValue: scheme).map(registry.contains) ?? false
        if !isKnown, !hasCharter {
            unjudged.withLock { _ = $0.insert(scheme) }
            return nil
        }
        do {
            _ = try registry.identifier(identifier, scheme: scheme)
            return nil
        } catch {
            return error.code
        }
    }

    private static func schemes(_ home: String?) throws -> [(scheme: String, pattern: String?)] {
        guard let home else {
            let builtIn: [SchemeName] = [.residentID, .creditCode, .lei]
            return builtIn.map { ($0.rawValue, nil) }
        }
        let folder = NodeHome(URL(filePath: home, directoryHint: .isDirectory))
        let logger = Logger(label: "creditmesh") { _ in SwiftLogNoOpLogHandler() }
        do {
            let configuration = try NodeConfiguration(home: folder)
            let directory = try DirectoryFile(configuration.directory, logger: logger)
            return directory.current.charter.schemePatterns
        } catch {
            throw CommandFailure(error)
        }
    }
}
