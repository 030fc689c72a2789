import ArgumentParser
import Authority
import Foundation
import Membership

/// `creditmesh authority ca`
struct AuthorityCACommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "Make the consortium's authority for certificates.",
        discussion: """
            Its key is written enciphered under a passphrase, into the folder's `ca`. Make a copy and \
            keep it apart: without the key no node gets or renews a certificate.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Option(help: "The consortium, such as lenders.example.")
    var consortium: String
    @Option(help: "A file with the passphrase, mode 0600, or -: standard input.")
    var passphraseFile: String?

    func run() async throws {
        try await output.runAuthority {
            guard let id = ConsortiumID(consortium) else {
                throw CommandFailure("usage", "--consortium must match \(ConsortiumIDRule.summary)")
            }
            let authority = AuthorityFolder(URL(filePath: folder))
            _ = try authority.createCertificateAuthority(
                of: id, passphrase: try Passphrase.read(file: passphraseFile, of: "the authority"),
                now: Date())
            let place = authority.certificates.folder.appending(path: "ca.pem").path
            output.write(
                ["consortium": .string(id.text), "certificate": .string(place)],
                text: "\(place): the consortium's certificate; its key lies beside it, enciphered")
        }
    }
}
