import ArgumentParser
import Authority
import Foundation

/// `creditmesh authority propose`
struct AuthorityProposeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Draft another members.json, for officers to sign.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "The members.json.")
    var file: String

    func run() async throws {
        try await output.runAuthority {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure("file", "\(file) cannot be read")
            }
            let name = try await AuthorityFolder(URL(filePath: folder))
                .draftTargets(Array(data), now: .now)
            output.write(
                ["drafts": .array([.string(name)])], text: "drafted \(name) for \(file)")
        }
    }
}
