import ArgumentParser
import Authority
import Foundation
import TUF

/// `creditmesh authority rotate`
struct AuthorityRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract:
            "Draft the next root: other officers, online keys or threshold, or a longer life.",
        discussion: """
            Enough of the old officers and enough of the new ones must sign it; the present \
            directory is drafted again, for the new ones to sign.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Option(help: "The public half of an officer who comes.")
    var addOfficer: [String] = []
    @Option(help: "The name, or the beginning of the key's id, of an officer who goes.")
    var removeOfficer: [String] = []
    @Option(help: "The public half of an online key that comes.")
    var addOnline: [String] = []
    @Option(help: "The name, or the beginning of the id, of an online key that goes.")
    var removeOnline: [String] = []
    @Option(help: "How many officers must sign from now on.")
    var threshold: Int?

    func run() async throws {
        try await output.runAuthority {
            let newOfficers = try addOfficer.map(AuthorityPublicKey.read)
            let newOnline = try addOnline.map(AuthorityPublicKey.read)
            let names = try await AuthorityFolder(URL(filePath: folder)).draftNextRoot(now: .now) {
                rules throws(AuthorityError) in
                try rules.removeOfficers(named: removeOfficer)
                try rules.removeOnlineKeys(named: removeOnline)
                rules.officers += newOfficers
                rules.online += newOnline
                rules.threshold = threshold ?? rules.threshold
            }
            output.write(
                ["drafts": .array(names.map { .string($0) })],
                text: "drafted \(names.joined(separator: " and ")); officers must sign each")
        }
    }
}
