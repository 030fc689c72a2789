import ArgumentParser

/// `creditmesh member …`
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Let a member of this node leave it.",
        subcommands: [MemberLeaveCommand.self])
}
