import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh directory …`
struct DirectoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory", abstract: "Check the consortium's directory.",
        subcommands: [Check.self, DirectoryFetchCommand.self, DirectoryTUFClientCommand.self])

    /// `creditmesh directory check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check a members.json: shape, ids, keys, references.",
            discussion: """
                Example:
                  creditmesh directory check members.json
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "The directory's file.")
        var file: String

        func run() async throws {
            try await output.run {
                do {
                    let directory = try DirectoryFile.load(URL(filePath: file))
                    output.write(
                        [
                            "consortium": .string(directory.consortium.description),
                            "version": .integer(directory.version),
                            "nodes": .integer(directory.nodes.count),
                            "members": .integer(directory.members.count),
                        ],
                        text: "\(directory.consortium), version \(directory.version): "
                            + "\(directory.nodes.count) nodes, \(directory.members.count) members; "
                            + "the file checks.")
                } catch let error as NodeError {
                    throw CommandFailure(error)
                }
            }
        }
    }
}
