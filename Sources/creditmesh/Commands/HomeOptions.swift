import ArgumentParser
import Foundation
import Logging
import NodeAssembly

/// Which node a command is about.
struct HomeOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of the node.")
    var home: String

    /// The home's paths.
    var nodeHome: NodeHome { NodeHome(URL(filePath: home, directoryHint: .isDirectory)) }

    /// Opens the home without network and closes it after the work. `isKeyChange`: to make its next
    /// key current.
    func withOfflineNode<Result>(
        isKeyChange: Bool = false, _ work: (OfflineNode) async throws -> Result
    ) async throws -> Result {
        do {
            let node = try OfflineNode(
                home: nodeHome, configuration: NodeConfiguration(home: nodeHome),
                clock: SystemClock(), logger: Self.quietLogger, isKeyChange: isKeyChange)
            defer { node.close() }
            return try await work(node)
        } catch let error as NodeError {
            throw CommandFailure(error)
        }
    }

    /// Commands speak through their output; only errors of the parts come through here.
    static var quietLogger: Logger {
        var logger = Logger(label: "creditmesh") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }
}

extension CommandFailure {
    init(_ error: NodeError) {
        let code =
            switch error {
            case .file: "file"
            case .configuration: "configuration"
            case .directory: "directory"
            case .certificate: "certificate"
            case .backup: "backup"
            case .inUse: "in-use"
            case .log(let fault, _): fault.rawValue
            case .move(let refusal, _): refusal.rawValue
            case .failed: "failed"
            }
        self.init(code, error.description)
    }
}
