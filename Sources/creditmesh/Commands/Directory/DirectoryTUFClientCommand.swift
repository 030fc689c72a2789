import ArgumentParser
import Foundation
import NodeAssembly
import TUF

/// `creditmesh directory tuf-client`: the client's rules under the command line that the public
/// conformance tests of TUF drive (github.com/theupdateframework/tuf-conformance, CLIENT-CLI.md).
struct DirectoryTUFClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tuf-client",
        abstract: "Update any TUF repository, for public tests of clients.",
        discussion: """
            Actions:
              init ROOT   trust a root; nothing is fetched
              refresh     bring the metadata up to date
              download    the same, and fetch a target
            """,
        shouldDisplay: false)

    enum Action: String, ExpressibleByArgument { case `init`, refresh, download }

    @OptionGroup var output: OutputOptions
    @Option(help: "The folder of what is trusted.")
    var metadataDir: String
    @Option(name: .customLong("metadata-url"), help: "Where the metadata is.")
    var metadataURL: String?
    @Option(help: "The target's path.")
    var targetName: String?
    @Option(name: .customLong("target-base-url"), help: "Where the targets are.")
    var targetBaseURL: String?
    @Option(help: "The folder for targets.")
    var targetDir: String?
    @Argument(help: "init, refresh or download.")
    var action: Action
    @Argument(help: "The root that is trusted, for init.")
    var root: String?

    func run() async throws {
        try await output.run {
            do {
                try await act()
            } catch let error as UpdateError {
                throw CommandFailure(error)
            }
        }
    }

    private func act() async throws {
        let repository = PublicRepository(folder: URL(filePath: metadataDir))
        switch action {
        case .`init`:
            try repository.begin(root: URL(filePath: try given(root, "ROOT")))
        case .refresh:
            _ = try await repository.refresh(from: try given(metadataURL, "--metadata-url"))
        case .download:
            try await repository.download(
                try given(targetName, "--target-name"),
                from: try given(metadataURL, "--metadata-url"),
                targets: try given(targetBaseURL, "--target-base-url"),
                into: URL(filePath: try given(targetDir, "--target-dir")))
        }
    }

    private func given(_ value: String?, _ name: String) throws -> String {
        guard let value else { throw CommandFailure("usage", "\(name) is missing") }
        return value
    }
}

extension CommandFailure {
    /// A file of a repository that is not taken, with its code of protocol/errors.md.
    init(_ error: UpdateError) {
        self.init(error.fault.rawValue, error.description)
    }
}
