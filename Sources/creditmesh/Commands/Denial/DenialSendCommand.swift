import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh denial send`
struct DenialSendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Give a denial to the nodes of the directory, which hand it on.",
        discussion: """
            Any node's home will do: the note proves itself. One node that takes it is enough; the \
            exit status is 1 when none does.
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The note's file.")
    var note: String
    @Option(help: "A node to which it is given; once for each. All, when none is named.")
    var node: [String] = []
    @Option(help: "The member that signs the requests, when the home's node serves several.")
    var member: String?

    func run() async throws {
        try await output.runDenial {
            let bytes = try PrivateFile.read(URL(filePath: note), bytesMax: Denial.bytesMax)
            let denials = try RemoteDenials(
                home: home.nodeHome, as: try signer(), logger: HomeOptions.quietLogger)
            let replies: [(node: NodeID, reply: RemoteDenials.Reply)]
            do {
                replies = await denials.send(bytes, to: try nodes(of: denials))
            } catch {
                await denials.close()
                throw error
            }
            await denials.close()
            report(replies)
            guard replies.contains(where: { $0.reply == .held }) else {
                throw CommandFailure("unreachable", "no node took the denial")
            }
        }
    }

    private func signer() throws -> MemberID? {
        try member.map { text in
            guard let member = MemberID(text) else {
                throw CommandFailure("usage", "--member is no member's id")
            }
            return member
        }
    }

    private func nodes(of denials: RemoteDenials) throws -> [NodeID] {
        guard !node.isEmpty else { return denials.nodes }
        return try node.map { text in
            guard let id = NodeID(text), denials.directory.node(id) != nil else {
                throw CommandFailure("usage", "--node: the directory lists no node '\(text)'")
            }
            return id
        }
    }

    private func report(_ replies: [(node: NodeID, reply: RemoteDenials.Reply)]) {
        let words = replies.map { ($0.node.text, Self.word(for: $0.reply)) }
        output.write(
            [
                "nodes": .array(
                    words.map { ["node": .string($0.0), "reply": .string($0.1)] })
            ],
            text: words.map { "\($0.0): \($0.1)" }.joined(separator: "\n"))
    }

    private static func word(for reply: RemoteDenials.Reply) -> String {
        switch reply {
        case .held: "held"
        case .refused(let code): code?.rawValue ?? "refused"
        case .failed: "unreachable"
        }
    }
}
