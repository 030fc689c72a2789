import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh member move …`
struct MemberMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Take a member from one node to another, with everything held of it.",
        discussion: """
            In this order: make the member's key of requests at the new node (node signing-key), have \
            the officers list it there, export at the old node, make its rekey key at the new one \
            (node rekey-key) and import, and only then let it leave the old one (member leave). \
            顺序：新节点生成签名密钥、签署官改列、旧节点导出、新节点生成换钥密钥并导入、最后在旧节点退出。
            """,
        subcommands: [MemberMoveExportCommand.self, MemberMoveImportCommand.self])
}

/// `creditmesh member move export`
struct MemberMoveExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "At the old node: write everything held of a member into one enciphered file.",
        discussion: """
            Only the node at which the officers list the member opens the file; it needs no \
            passphrase. Borrowers and account numbers stay sealed in it. Nothing is deleted here. \
            The node must be stopped. 文件仅新节点可解密；旧节点数据保持不变。

            Example:
              creditmesh member move export maple --home ./guild --out /media/stick/maple.move
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The member.")
    var member: String
    @Option(name: .long, help: "The file to make; nothing is there yet.")
    var out: String

    func run() async throws {
        try await output.run {
            let outcome = try await home.withOfflineNode { node in
                let member = try await held(node)
                return try await MemberMoveExport(member, home: home.nodeHome, node: node)
                    .run(to: URL(filePath: out))
            }
            output.write(
                [
                    "member": .string(member), "to": .string(outcome.target.text),
                    "file": .string(out), "rows": Departure.json(outcome.rows),
                ],
                text: """
                    \(member): \(outcome.rows["account", default: 0]) accounts in \(out), which only \
                    \(outcome.target) opens. Let the member leave here once it is imported there.
                    \(member)：已导出，仅 \(outcome.target) 可解密；新节点导入完成后再在此办理退出。
                    """)
        }
    }

    /// A member of whom the node holds something, wherever it is listed.
    private func held(_ node: OfflineNode) async throws -> MemberID {
        let store = node.context.store
        if let id = MemberID(member) {
            if try await !store.parts(of: id).isEmpty { return id }
            if try await !store.sealedSubjects(of: id, after: 0, limit: 1).isEmpty { return id }
        }
        throw CommandFailure("unknown-member", "this node holds nothing of '\(member)'")
    }
}

/// `creditmesh member move import`
struct MemberMoveImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "At the new node: take a member's file from its old node.",
        discussion: """
            Everything in the file is taken, or nothing. Cut off at any point, the same command goes \
            on; done twice, it changes nothing. The private half of the member's rekey key opens \
            borrowers and account numbers, which are sealed again to its rekey key here. \
            The node must be stopped. 全部导入或完全不导入；中断后可重复执行。

            Example:
              creditmesh member move import maple /media/stick/maple.move --home ./cedar \\
                --from guild-node --private-key /media/stick/maple.rekey
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The member.")
    var member: String
    @Argument(help: "The file that its old node wrote.")
    var file: String
    @Option(name: .long, help: "The old node, which signed the file.")
    var from: String
    @Option(
        name: .long, parsing: .singleValue,
        help: "The private half of the member's rekey key; once for each of its keys.")
    var privateKey: [String] = []
    @Flag(help: "Leave out what is not sealed, or does not open.")
    var withoutUnopened = false

    func run() async throws {
        try await output.run {
            guard let source = NodeID(from) else {
                throw CommandFailure("usage", "--from takes the id of a node")
            }
            let arrival = try await home.withOfflineNode { node in
                let member = try node.lender(named: member)
                let keys = try RekeyKeys.privateHalves(privateKey.map { URL(filePath: $0) })
                if let stranger = keys.keys.first(where: { $0 != member }) {
                    throw CommandFailure(
                        "unknown-member",
                        "a private half is that of '\(stranger)', not of '\(member)'")
                }
                return try await MemberMoveImport(
                    from: source, home: home.nodeHome, node: node
                ).run(
                    member, file: URL(filePath: file), privateHalves: keys[member, default: []],
                    leavesUnopened: withoutUnopened)
            }
            write(arrival)
        }
    }

    private func write(_ arrival: Arrival) {
        let left = arrival.left.values.reduce(0, +)
        output.write(
            [
                "member": .string(member), "from": .string(arrival.source.text),
                "at": .string(arrival.at.description), "rows": Departure.json(arrival.taken),
                "leftOut": Departure.json(arrival.left),
            ],
            text: """
                \(member): \(arrival.taken["account", default: 0]) accounts from \(arrival.source), \
                \(left) rows left out. Now let it leave there: creditmesh member leave \(member)
                \(member)：已从 \(arrival.source) 导入，未导入记录 \(left) 条；请在旧节点办理退出。
                """)
    }
}
