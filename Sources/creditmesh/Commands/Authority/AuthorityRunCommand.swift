import ArgumentParser
import Authority
import Foundation
import Logging
import Membership
import NodeAssembly
import UnixSignals

/// `creditmesh authority run`
struct AuthorityRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve the repository, enrolments and renewals, and renew the timestamp.",
        discussion: """
            The service's certificate is issued by the consortium's authority, at every start and \
            again in good time. No query of the consortium passes here; nodes run on for a day \
            without it.

              creditmesh authority run DIR --host authority.example --listen 0.0.0.0:443 \\
                --key online-1.key --ca-passphrase-file ca.passphrase
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Option(help: "The online key that renews timestamps.")
    var key: String
    @Option(
        help:
            "A file with the passphrase of the certificates' key, mode 0600, or -: standard input.")
    var caPassphraseFile: String?
    @Option(help: "Address and port to listen on; port 0 takes a free one.")
    var listen = "0.0.0.0:8444"
    @Option(help: "A host under which the service is reached; may be repeated.")
    var host: [String] = []

    func run() async throws {
        try await output.runAuthority {
            let authority = AuthorityFolder(URL(filePath: folder))
            let issuer = try authority.certificateAuthority(
                passphrase: try Passphrase.read(file: caPassphraseFile, of: "the authority"))
            let online = try AuthorityKeyOptions.signer(key: key, passphraseFile: nil)
            do {
                let running = try RunningAuthority(
                    folder: authority, online: online, issuer: issuer, site: try site(),
                    logger: Self.logger
                ) { [output] port in
                    output.write(
                        ["port": .integer(port)], text: "the authority serves on port \(port)")
                    // Whoever waits for this line may read it from a pipe or a file.
                    fflush(nil)
                }
                try await running.run(signals: [.sigterm, .sigint])
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    private func site() throws -> RunningAuthority.Site {
        guard let address = ListenAddress(listen) else {
            throw CommandFailure("usage", "--listen must be ADDRESS:PORT")
        }
        let hosts = try host.map { text in
            guard let host = EndpointHost(text) else {
                throw CommandFailure("usage", "--host must be a DNS name or an address")
            }
            return host
        }
        guard !hosts.isEmpty else {
            throw CommandFailure("usage", "--host is needed: the certificate must name it")
        }
        return RunningAuthority.Site(
            listenHost: address.host, listenPort: address.port, hosts: hosts)
    }

    private static var logger: Logger {
        Logger(label: "creditmesh") { StreamLogHandler.standardError(label: $0) }
    }
}
