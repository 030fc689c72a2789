import ArgumentParser

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
                try await NodeForeground(home: home.nodeHome).run { [output] node, addresses in
                    output.write(
                        addresses.json(of: node.id),
                        text: "\(node.id) serves peers on port \(addresses.peerPort), "
                            + "its own people on \(addresses.localURL)")
                }
            }
        }
    }
}
