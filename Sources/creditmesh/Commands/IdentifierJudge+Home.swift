import Exchange
import Foundation
import Logging
import NodeAssembly
import Pseudonym

extension IdentifierJudge {
    /// A judge by the charter of `home`, or without one.
    convenience init(home: String?) throws {
        do {
            try self.init(charter: try home.map(Self.schemes))
        } catch is SchemeError {
            throw CommandFailure(
                "directory", "the charter names a scheme whose pattern this version cannot read")
        }
    }

    private static func schemes(_ home: String) throws -> [(scheme: String, pattern: String?)] {
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
