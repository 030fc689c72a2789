import ArgumentParser
import Exchange
import Foundation
import Logging
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON
import UnixSignals

/// `creditmesh node …`
struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Make the home of a node, run a node, change its keys.",
        subcommands: [Initialise.self, Run.self, NodeRekeyKeyCommand.self, NodeRekeyCommand.self])

    /// `creditmesh node init`
    struct Initialise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Make the home of a node: folders, configuration and keys.",
            discussion: """
                Prints the public key that the directory must list for this node. The certificate \
                (tls/node.pem, tls/node.key) and the consortium's roots (tls/roots.pem) come from \
                whoever runs the consortium.

                Example:
                  creditmesh node init --home ./lakeside --node lakeside-node \\
                    --directory /srv/creditmesh/members.json
                """)

        @OptionGroup var home: HomeOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The node's id in the directory.")
        var node: String
        @Option(name: .long, help: "The directory's file, members.json.")
        var directory: String
        @Option(name: .long, help: "Address on which peers reach the node.")
        var host = "0.0.0.0"
        @Option(name: .long, help: "Port on which peers reach the node; 0 takes a free one.")
        var port = 8443
        @Option(name: .long, help: "Port of the local API on 127.0.0.1; 0 takes a free one.")
        var localPort = 8480

        func run() async throws {
            try await output.run {
                guard let id = NodeID(node) else {
                    throw CommandFailure("usage", "--node must be an id, [a-z0-9-]{3,40}")
                }
                let configuration = NodeConfiguration(
                    node: id, directory: URL(filePath: directory), listenHost: host,
                    listenPort: port, localPort: localPort)
                let key = try Self.make(home.nodeHome, configuration)
                output.write(
                    [
                        "node": .string(node), "home": .string(home.nodeHome.folder.path),
                        "kid": .string(key.kid.rawValue),
                        "publicKey": .string(Base64URL.encode(key.secret.publicKey.bytes)),
                    ],
                    text: """
                        Made \(home.nodeHome.folder.path).
                        For the directory, under voprfKeys of node \(node):
                          {"kid":"\(key.kid.rawValue)","state":"current",\
                        "publicKey":"\(Base64URL.encode(key.secret.publicKey.bytes))"}
                        """)
            }
        }

        private static func make(
            _ home: NodeHome, _ configuration: NodeConfiguration
        ) throws(CommandFailure) -> PseudonymKey {
            do {
                return try NewHome.make(home, configuration: configuration, now: SystemClock().now)
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// `creditmesh node run`
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "Serve peers and the local API until SIGTERM or SIGINT.",
            discussion: """
                A stop finishes what was accepted. The log goes to standard error and holds no \
                identifiers, names or tokens.

                Example:
                  creditmesh node run --home ./lakeside
                """)

        @OptionGroup var home: HomeOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await output.run {
                do {
                    let configuration = try NodeConfiguration(home: home.nodeHome)
                    var logger = Logger(label: "creditmesh") {
                        StreamLogHandler.standardError(label: $0)
                    }
                    logger.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
                    let node = try RunningNode(
                        home: home.nodeHome, version: SoftwareVersion.text, logger: logger
                    ) { [output, configuration] addresses in
                        output.write(
                            [
                                "node": .string(configuration.node.description),
                                "peerPort": .integer(addresses.peerPort),
                                "localApi": .string(addresses.localURL),
                            ],
                            text: "\(configuration.node) serves peers on port "
                                + "\(addresses.peerPort), its own people on \(addresses.localURL)")
                    }
                    try await node.run(signals: [.sigterm, .sigint])
                } catch let error as NodeError {
                    throw CommandFailure(error)
                }
            }
        }
    }
}
