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
                ],
                text: "published \(publication.files.joined(separator: ", ")); "
                    + "to be renewed before \(publication.expires)")
        }
    }
}
