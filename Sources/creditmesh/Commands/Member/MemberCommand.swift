import ArgumentParser

/// `creditmesh member …`
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Move a member to another node, or let it leave.",
        subcommands: [MemberMoveCommand.self, MemberLeaveCommand.self])
}
