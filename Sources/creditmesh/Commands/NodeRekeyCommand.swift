import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh node rekey`: the steps of a change of the node's pseudonym key (protocol/rekey.md).
struct NodeRekeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Change the node's pseudonym key without a new import.",
        discussion: """
            First without a flag: makes the next key and the tokens of all subjects under it, from \
            what is sealed; may be ended and begun again. When the directory lists the key: \
            --activate, which a running node does by itself. When the directory no longer lists the \
            old one: --retire. 先生成新密钥与令牌；目录登记后 --activate（节点运行时自动完成），旧密钥移出目录后 --retire。

            Exit status: 0 done, 3 the next key is not ready, 1 it failed.

            Example:
              creditmesh node rekey --home ./lakeside --private-key /media/stick/lakeside.rekey
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Make tokens for this member only.")
    var member: String?
    @Option(
        name: .long, parsing: .singleValue,
        help: "The private half of a rekey key; once for each member and each of its keys.")
    var privateKey: [String] = []
    @Flag(help: "Which later step: make the next key current, or destroy what was replaced.")
    var step: Step?

    /// The later steps.
    enum Step: String, EnumerableFlag {
        case activate, retire
    }

    func run() async throws {
        try await output.run {
            let isReady: Bool
            do {
                isReady = try await offline()
            } catch let failure as CommandFailure where failure.code == "in-use" {
                isReady = try await RunningKeyChange(home: home.nodeHome, output: output)
                    .run(step, files: member == nil ? privateKey : nil)
            }
            if !isReady { throw ExitCode(3) }
        }
    }

    private func offline() async throws -> Bool {
        try await home.withOfflineNode(isKeyChange: step == .activate) { node in
            do {
                let change = try KeyChangeTask(home: home.nodeHome, node: node, output: output)
                switch step {
                case nil: return try await change.prepare(member, keys: privateKeys())
                case .activate: try await change.activate()
                case .retire: try await change.retire()
                }
                return true
            } catch let error as StoreError {
                throw CommandFailure(error, doing: "Run the same command again.")
            }
        }
    }

    private func privateKeys() throws(NodeError) -> [MemberID: [RekeyPrivateKey]] {
        try RekeyKeys.privateHalves(privateKey.map { URL(filePath: $0) })
    }
}
