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
        subcommands: [
            NodeInitCommand.self, Run.self, NodeSigningKeyCommand.self, NodeRekeyKeyCommand.self,
            NodeRekeyCommand.self, NodeRotateCommand.self, NodeCertificateCommand.self,
            NodeBackupCommand.self, NodeRestoreCommand.self,
            NodeConsentsCommand.self,
        ])

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
                    try await RunningNode.prepare(home.nodeHome)
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
