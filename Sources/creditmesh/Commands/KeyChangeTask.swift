import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON

/// What `creditmesh node rekey` does on an opened home, and says.
struct KeyChangeTask {
    private let home: NodeHome
    private let node: OfflineNode
    private let change: KeyChange
    private let lenders: [MemberID]
    private let output: OutputOptions

    init(home: NodeHome, node: OfflineNode, output: OutputOptions) throws {
        let directory = node.context.directory.current
        guard let entry = directory.node(node.context.node) else {
            throw CommandFailure("directory", "the directory does not list this node")
        }
        self.home = home
        self.node = node
        self.output = output
        change = KeyChange(home: home, entry: entry)
        lenders = directory.lenders(servedBy: entry.id).map(\.id)
    }

    /// Makes the next key and the tokens under it; whether the key is ready.
    func prepare(
        _ only: String?, keys: [MemberID: [RekeyPrivateKey]]
    ) async throws -> Bool {
        try check(only, keys)
        let next = try change.announce(now: SystemClock().now)
        let rekeyer = Rekeyer(context: node.context, key: next)
        let progress = Progress(of: "\(next.kid)", unit: "subjects")
        var counts: [KeyPreparation.Count] = []
        for lender in lenders {
            let isMeant = only == nil || only == lender.description
            let count = try await rekeyer.rekey(
                lender, privateHalves: isMeant ? keys[lender, default: []] : []
            ) { progress.update($0.subjects) }
            counts.append(.init(member: lender, count: count))
        }
        progress.finish()
        let preparation = KeyPreparation(
            kid: next.kid.rawValue, publicKey: next.secret.publicKey.bytes, counts: counts)
        Self.report(preparation, to: output)
        return preparation.isReady
    }

    /// Makes the next key current.
    func activate() async throws {
        if let next = node.keys.ring.keys.first(where: { $0.state == .next }) {
            let rekeyer = Rekeyer(context: node.context, key: next)
            var lacking = 0
            for lender in lenders {
                lacking += try await rekeyer.rekey(lender, privateHalves: []).lacking
            }
            guard lacking == 0 else {
                throw CommandFailure(
                    "not-ready",
                    "\(lacking) subjects have no token under '\(next.kid)'; "
                        + "run: creditmesh node rekey --private-key FILE, or import their books")
            }
        } else if !node.keys.ring.keys.contains(where: { $0.state == .retiring }) {
            throw CommandFailure("not-ready", "there is no next key; run: creditmesh node rekey")
        }
        let current = try change.activate()
        try await node.renewFilters(of: home)
        output.write(
            ["kid": .string(current.kid.rawValue), "state": .string("current")],
            text: """
                '\(current.kid)' is the current key; older ones are answered until they are retired.
                Start the node, then let the directory list it so.
                新密钥已启用，请启动节点并更新目录。
                """)
    }

    /// Destroys retiring keys that the directory no longer lists.
    func retire() async throws {
        let kids = try change.unlisted()
        for kid in kids {
            // The tokens first: without them the key is of no use, without the key they would stay.
            try await node.context.store.forgetTokens(kid: kid.rawValue)
            try change.destroy(kid)
        }
        Self.reportDestroyed(kids.map(\.rawValue), to: output)
    }

    /// Says which keys were destroyed.
    static func reportDestroyed(_ kids: [String], to output: OutputOptions) {
        let names = kids.joined(separator: ", ")
        output.write(
            ["destroyed": .array(kids.map { .string($0) })],
            text: kids.isEmpty
                ? "There is no retiring key." : "Destroyed: \(names). 旧密钥已销毁：\(names)。")
    }

    private func check(_ only: String?, _ keys: [MemberID: [RekeyPrivateKey]]) throws {
        let known = lenders.map(\.description)
        let named = [only].compactMap(\.self) + keys.keys.map(\.description).sorted()
        guard let stranger = named.first(where: { !known.contains($0) }) else { return }
        throw CommandFailure(
            "unknown-member",
            "'\(stranger)' is no lender of this node; it serves: \(known.joined(separator: ", "))")
    }

    /// Says how far the coming key is, and what to do next.
    static func report(_ preparation: KeyPreparation, to output: OutputOptions) {
        let (kid, lacking) = (preparation.kid, preparation.lacking)
        let publicKey = Base64URL.encode(preparation.publicKey)
        let lines = preparation.counts.map { line in
            let count = line.count
            return "  \(line.member): \(count.subjects) subjects, \(count.had) had a token, "
                + "\(count.made) made, \(count.unsealed) not sealed, "
                + "\(count.unopened) not opened by the keys given"
        }
        let verdict =
            preparation.isReady
            ? "The key is ready. State it: creditmesh node rotate voprf. When the directory lists it, a "
                + "running node uses it; else: creditmesh node rekey --activate"
                + "\n新密钥已就绪；目录登记后运行中的节点自动启用，否则运行 --activate。"
            : "Not ready: \(lacking) subjects that belong into the filters have no token. "
                + "Give their members' private halves, or import their books."
                + "\n新密钥未就绪：\(lacking) 个信息主体尚无令牌。"
        output.write(
            preparation.json,
            text: """
                Next key, for the directory, under voprfKeys of the node:
                  {"kid":"\(kid)","state":"next","publicKey":"\(publicKey)"}
                \(lines.joined(separator: "\n"))
                \(verdict)
                """)
    }
}
