import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON
import Synchronization

/// Says how a join goes: lines for people, or a line of JSON each.
final class JoinTeller: Sendable {
    private let isJSON: Bool
    private let language: ReportLanguage
    /// What was said last of the wait, so that the same is not said every five seconds.
    private let lastWait = Mutex<Bool?>(nil)

    init(isJSON: Bool, language: ReportLanguage) {
        self.isJSON = isJSON
        self.language = language
    }

    /// Says a step.
    func tell(_ progress: JoinProgress) {
        switch progress {
        case .invited(let invitation):
            let members = invitation.members.map { "  \($0.role) \($0.id), \($0.legalName)" }
            say(
                ["step": "invited", "invitation": invitation.json],
                "Invited into \(invitation.consortium): node \(invitation.node) of "
                    + "\(invitation.operatorName) at \(invitation.endpoint)",
                "受邀加入 \(invitation.consortium)：节点 \(invitation.node)，"
                    + "运营方 \(invitation.operatorName)，地址 \(invitation.endpoint)",
                lines: members)
        case .keysMade(let fingerprint):
            say(
                ["step": "keys", "fingerprint": .string(fingerprint)],
                "All keys are made. Read this fingerprint out to the authority:",
                "密钥均已生成。请向管理机构报出此指纹：", lines: ["  \(fingerprint)"])
        case .waiting(let isReachable): wait(isReachable)
        case .installed(let path):
            say(
                ["step": "installed", "home": .string(path)],
                "Approved. The node's home is \(path)", "已获批准。节点目录：\(path)")
        case .fetched(let version):
            say(
                ["step": "directory", "version": .integer(version)],
                "Directory version \(version) is in force", "成员目录版本 \(version) 已生效")
        }
    }

    /// Says what each peer said.
    func tell(_ answers: [PeerTest.Answer]) {
        let lines = answers.map { answer in
            switch answer.result {
            case .success(let version):
                words("  \(answer.node) answers, \(version)", "  \(answer.node) 已应答，\(version)")
                    + wayBack(answer.back)
            case .failure(let failure):
                words(
                    "  \(answer.node) does not answer: \(failure.word)",
                    "  \(answer.node) 未应答：\(failure.word)")
            }
        }
        say(
            ["step": "peers", "peers": .array(answers.map(\.json))],
            answers.isEmpty ? "There are no other nodes yet" : "The other nodes:",
            answers.isEmpty ? "目前没有其他节点" : "其他节点：", lines: lines)
    }

    private func wayBack(_ back: Reachability?) -> String {
        guard let back else { return "" }
        guard let code = back.code else {
            return words(", and reaches this node", "，且可连通本节点")
        }
        return words(", and does not reach this node: \(code)", "，但无法连通本节点：\(code)")
    }

    /// Says that the node serves, and where.
    func serves(_ node: NodeID, _ addresses: NodeAddresses) {
        say(
            .members([
                "step": "serving", "node": .string(node.text),
                "peerPort": .integer(addresses.peerPort), "localApi": .string(addresses.localURL),
            ]),
            "\(node) serves peers on port \(addresses.peerPort), its own people on "
                + addresses.localURL,
            "\(node) 已启动：对等端口 \(addresses.peerPort)，本机接口 \(addresses.localURL)")
    }

    /// Says that all is done, and how the node is started from now on.
    func end(_ home: NodeHome, isRunning: Bool) {
        let command = "creditmesh node run --home \(home.folder.path)"
        say(
            ["step": "joined", "home": .string(home.folder.path)],
            isRunning
                ? "Joined; the node runs until it is stopped. Later start it with: \(command)"
                : "Start it: \(command)",
            isRunning ? "已加入，节点运行中，直至停止。以后启动：\(command)" : "启动节点：\(command)")
    }

    private func wait(_ isReachable: Bool) {
        let isNew = lastWait.withLock { last in
            defer { last = isReachable }
            return last != isReachable
        }
        guard isNew else { return }
        say(
            ["step": "waiting", "authority": isReachable ? "waits" : "unreachable"],
            isReachable
                ? "Waiting for the authority's officers to approve; this may be cut off and begun again"
                : "The authority does not answer; it is tried again",
            isReachable ? "等待管理机构的签署官批准；可随时中断，之后重新运行本命令" : "管理机构暂无应答，将继续尝试")
    }

    private func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }

    private func say(
        _ json: JSONValue, _ english: String, _ chinese: String, lines: [String] = []
    ) {
        let text =
            isJSON
            ? String(decoding: json.encoded, as: UTF8.self)
            : ([words(english, chinese)] + lines).joined(separator: "\n")
        // Whoever waits reads along, through a pipe as well.
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
