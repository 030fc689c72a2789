import ArgumentParser
import Foundation
import NodeAssembly

/// `creditmesh directory fetch`
struct DirectoryFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Bring the directory of a home up to date from its authority.",
        discussion: "A running node does this by itself.")

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.run {
            do {
                let configuration = try NodeConfiguration(home: home.nodeHome)
                guard let origin = configuration.origin else {
                    throw CommandFailure(
                        "configuration", "node.yaml names no directory.authority")
                }
                let directory = try await SignedDirectory.prepare(
                    home: home.nodeHome, origin: origin)
                output.write(
                    [
                        "consortium": .string(directory.consortium.description),
                        "version": .integer(directory.version),
                    ],
                    text: "\(directory.consortium), version \(directory.version), is in force")
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }
}
