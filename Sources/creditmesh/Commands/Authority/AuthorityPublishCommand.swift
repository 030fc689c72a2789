import ArgumentParser
import Authority
import Foundation

/// `creditmesh authority publish`
struct AuthorityPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish what enough officers signed, or renew the timestamp.",
        discussion: """
            The folder's `repository` is then to be served as it lies. What nodes would refuse is \
            not published. Without drafts the timestamp is renewed: run it at least every few \
            hours, since nodes stop when it is 24 hours old.
            """)

    /// How long a node that reaches the repository may take (protocol/directory.md, "Within 60
    /// seconds"): an interval of its rounds, and what a source has for an update.
    static let reachSecondsMax = 50

    @OptionGroup var output: OutputOptions
    @OptionGroup var key: AuthorityKeyOptions
    @Argument(help: "The authority's folder.")
    var folder: String

    func run() async throws {
        try await output.runAuthority {
            let publication = try await AuthorityFolder(URL(filePath: folder))
                .publish(by: try key.signer(), now: .now)
            output.write(
                [
                    "files": .array(publication.files.map { .string($0) }),
                    "expires": .string("\(publication.expires)"),
                    "reachSecondsMax": .integer(Self.reachSecondsMax),
                ],
                text: "published \(publication.files.joined(separator: ", ")); "
                    + "to be renewed before \(publication.expires)\n"
                    + "as soon as it is served, every node that reaches it has it within "
                    + "\(Self.reachSecondsMax) s; the others hear of it from those, "
                    + "within a minute more at the most")
        }
    }
}
