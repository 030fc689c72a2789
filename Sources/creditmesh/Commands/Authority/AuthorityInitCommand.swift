import ArgumentParser
import Authority
import Foundation
import TUF

/// `creditmesh authority init`
struct AuthorityInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Draft the first root: who may sign.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Option(help: "The public half of an officer's key; once for each.")
    var officer: [String] = []
    @Option(help: "How many officers must sign.")
    var threshold: Int
    @Option(help: "The public half of an online key; once for each, at least two.")
    var online: [String] = []

    func run() async throws {
        try await output.runAuthority {
            let rules = SigningRules(
                officers: try officer.map(AuthorityPublicKey.read), threshold: threshold,
                online: try online.map(AuthorityPublicKey.read))
            let name = try await AuthorityFolder(URL(filePath: folder))
                .draftFirstRoot(rules, now: .now)
            output.write(
                ["drafts": .array([.string(name)])],
                text: "drafted \(name); \(threshold) of \(officer.count) officers must sign it")
        }
    }
}

/// Public halves from files.
enum AuthorityPublicKey {
    static func read(_ path: String) throws -> MetadataKey {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("file", "\(path) cannot be read")
        }
        return try OfficerKeyFile.publicKey(Array(data), name: path)
    }
}
