import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh node rekey-key`: makes a member's rekey key.
struct NodeRekeyKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey-key",
        abstract: "Make the key to which a member's identifiers are sealed for later.",
        discussion: """
            The public half goes into the home: imports seal to it. The private half goes into \
            FILE, mode 0600, outside the home; take it offline. It is needed to change the node's \
            pseudonym key without a new import, and to export a book with identifiers. A running \
            node seals to it from its next start on.

            Example:
              creditmesh node rekey-key --home ./lakeside --member lakeside \\
                --out /media/stick/lakeside.rekey
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose identifiers are sealed.")
    var member: String
    @Option(name: .long, help: "Where the private half goes; not in the home, nothing is there.")
    var out: String

    func run() async throws {
        try await output.run {
            do {
                let key = try RekeyKeys.create(
                    home: home.nodeHome, member: try lender(), privateHalf: URL(filePath: out),
                    now: SystemClock().now)
                report(key)
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    private func lender() throws -> MemberID {
        let configuration = try NodeConfiguration(home: home.nodeHome)
        let lenders = try DirectoryFile.load(configuration.directory)
            .lenders(servedBy: configuration.node)
        guard let id = MemberID(member), lenders.contains(where: { $0.id == id }) else {
            let known = lenders.map(\.id.description).joined(separator: ", ")
            throw CommandFailure(
                "unknown-member", "'\(member)' is no lender of this node; it serves: \(known)")
        }
        return id
    }

    private func report(_ key: RekeyPublicKey) {
        let text = Base64URL.encode(key.bytes)
        output.write(
            [
                "member": .string(member), "publicKey": .string(text),
                "privateKeyFile": .string(out),
            ],
            text: """
                Made the rekey key of \(member). Public half: \(text)
                The private half is in \(out).
                Take it offline now, and keep two copies: whoever has it and the node's store can \
                read every identifier, and nobody can make it again.
                请立即将私钥文件移至离线介质并保存两份：持有该文件和节点数据库者可还原全部证件号码，遗失后无法重建。
                Imports from now on seal identifiers to it; books that were imported before must be \
                imported once more.
                """)
    }
}
