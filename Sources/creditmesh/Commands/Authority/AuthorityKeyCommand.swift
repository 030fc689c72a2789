import ArgumentParser
import Authority
import Foundation
import NodeAssembly

/// `creditmesh authority key`
struct AuthorityKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the key of an officer, or an online key.",
        discussion: """
            Writes the private half (mode 0600, enciphered under a passphrase) and, beside it, the \
            public half, FILE.pub, which goes to whoever runs `authority init` or `rotate`. An \
            online key works unattended and is not enciphered.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "Whose key it is; shown to those who sign.")
    var owner: String
    @Option(help: "The file to write; it must not be there.")
    var out: String
    @Flag(help: "A key for snapshot and timestamp.")
    var online = false
    @Option(help: "A file with the passphrase; else it is asked for on the terminal.")
    var passphraseFile: String?

    func run() async throws {
        try await output.runAuthority {
            let place = URL(filePath: out)
            guard !FileManager.default.fileExists(atPath: place.path) else {
                throw CommandFailure("file", "\(out) is there already")
            }
            let passphrase = online ? nil : try Passphrase.read(file: passphraseFile, of: out)
            let file = try OfficerKeyFile.create(owner: owner, passphrase: passphrase)
            do throws(NodeError) {
                try PrivateFile.write(file.bytes, to: place)
                try PrivateFile.write(file.publicFile, to: URL(filePath: out + ".pub"))
            } catch {
                throw CommandFailure(error)
            }
            output.write(
                ["owner": .string(owner), "public": .string(out + ".pub")],
                text: "\(out): the private half, to be kept; \(out).pub: the public half")
        }
    }
}
