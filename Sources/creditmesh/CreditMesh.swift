import ArgumentParser

/// The command line of a CreditMesh node.
@main
struct CreditMesh: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "creditmesh",
        abstract: "Lenders share who is behind on their loans, without a central bureau.",
        discussion: """
            Try it:         creditmesh demo
            Join:           creditmesh join TOKEN
            Run a node:     creditmesh node run --home DIR
            Ask:            creditmesh query --home DIR --member ID …
            Look at it:     creditmesh status --home DIR, creditmesh doctor --home DIR
            """,
        version: SoftwareVersion.text,
        subcommands: [
            DemoCommand.self, NodeCommand.self, BookCommand.self, QueryCommand.self,
            ExchangesCommand.self,
            DirectoryCommand.self, JoinCommand.self, StandardCommand.self, AuditCommand.self,
            AuthorityCommand.self, MemberCommand.self, DenialCommand.self, StatusCommand.self,
            DoctorCommand.self,
        ])
}

/// The version of this software.
enum SoftwareVersion {
    /// Semantic version.
    static let text = "0.1.0"
}
