import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh node rotate`: states keys for the directory (protocol/directory.md, "Changing keys").
struct NodeRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Change the node's keys while it runs: signing, log, voprf.",
        discussion: """
            First: makes the coming keys (for voprf: states those that `node rekey` made) and writes \
            a statement for the officers, who draft the directory with `creditmesh authority keys`. \
            The running node takes them into use. Then --leave writes the statement without the old \
            ones, and --retire destroys these once the directory has left them out. \
            节点无须停止：先生成新密钥并写出声明，签署官据此更新目录；之后 --leave，最后 --retire。

            Example:
              creditmesh node rotate signing --home ./lakeside --out lakeside.keys
            """)

    /// Which keys.
    enum Keys: String, ExpressibleByArgument, CaseIterable {
        case signing, log, voprf
    }

    /// Which later step.
    enum Step: String, EnumerableFlag {
        case leave, retire
    }

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "signing, log or voprf.")
    var keys: Keys
    @Option(name: .long, help: "With signing: only the keys of this member's requests.")
    var member: String?
    @Option(name: .long, help: "Where the statement goes.")
    var out: String?
    @Flag(help: "The later steps: let the old keys leave the directory; destroy them.")
    var step: Step?

    func validate() throws {
        guard step == .retire || out != nil else { throw ValidationError("give --out FILE") }
        guard member == nil || keys == .signing else {
            throw ValidationError("--member goes with signing")
        }
        guard step != .retire || keys != .voprf else {
            throw ValidationError("pseudonym keys are destroyed by: creditmesh node rekey --retire")
        }
    }

    func run() async throws {
        try await output.run {
            do throws(NodeError) {
                let configuration = try NodeConfiguration(home: home.nodeHome)
                let rotation = try KeyRotation(
                    home: home.nodeHome, node: configuration.node,
                    directory: DirectoryFile.load(configuration.directory))
                switch step {
                case nil: try write(rotation.begin(kind()))
                case .leave: try write(rotation.leave(kind()))
                case .retire: report(try rotation.retire())
                }
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private func kind() throws(NodeError) -> KeyRotation.Kind {
        switch keys {
        case .log: return .log
        case .voprf: return .voprf
        case .signing:
            guard let member else { return .signing(nil) }
            guard let id = MemberID(member) else {
                throw .failed("--member must be an id, [a-z0-9-]{3,40}")
            }
            return .signing(id)
        }
    }

    private func write(_ statement: SignedKeyStatement) throws(NodeError) {
        let place = out ?? ""
        try PrivateFile.write(statement.bytes, to: URL(filePath: place))
        output.write(
            ["statement": .string(place)],
            text: """
                \(place) is for the officers: creditmesh authority keys DIR \(place)
                请将该文件交给签署官更新成员目录。
                """)
    }

    private func report(_ names: [String]) {
        output.write(
            ["destroyed": .array(names.map { .string($0) })],
            text: names.isEmpty
                ? "No key has left the directory. 没有移出目录的密钥。"
                : "Destroyed: \(names.joined(separator: ", ")). 旧密钥已销毁。")
    }
}
