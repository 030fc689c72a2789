import Exchange
import Foundation
import Membership
import NodeAssembly
import TestSupport
import Testing

/// Three nodes as processes of their own, an authority that nobody reaches.
@Suite("Scenario: a bad one is out in a minute")
struct RevocationScenarios {
    @Test(
        "what one node alone has of the officers, or of a regulator, puts a node out at the others",
        .enabled(if: OpenSSLClient.isThere, "\(OpenSSLClient.need)"))
    func outEverywhere() async throws {
        let plan = try ScenarioPlan.make()
        try await ScenarioRooms.use(ports: plan.portCount) { folder, ports in
            let site = try await LocalConsortium.make(
                in: folder, plan: plan, now: SystemClock().now, ports: ports)
            let consortium = ScenarioConsortium(
                site: site, clock: ScenarioClock(), log: LogCollector(), nodes: [])
            let key = try await Self.denialKey(consortium)
            let officers = try await Officers(
                folder.appending(path: "authority"), site, SystemClock())
            try await officers.publish(version: 2) {
                try $0.set(denialKey: key, ofMember: "regulator")
            }
            for home in site.homes.values {
                try await officers.found(home, gossipInterval: .seconds(1))
            }
            let names = ["harbor-node", "lakeside-node", "cedar-node"]
            let nodes = try await Processes.start(
                names.map { try consortium.home($0) })
            do {
                try await suspension(consortium, officers, nodes)
                // Signed by the machine's time, as it is now.
                try await denial(
                    ScenarioConsortium(
                        site: site, clock: ScenarioClock(), log: consortium.log, nodes: []))
            } catch {
                await nodes.end()
                throw error
            }
            await nodes.end()
        }
    }

    /// Officers suspend cedar. Only harbor hears of it; the authority is gone.
    private func suspension(
        _ consortium: ScenarioConsortium, _ officers: Officers, _ nodes: Processes
    ) async throws {
        let session = try await Session(consortium, of: "cedar-node", at: "lakeside-node")
        try await officers.suspend(["cedar-node"])
        let harbor = try consortium.home("harbor-node")
        try await nodes.stop(harbor)
        try await officers.tell(harbor)
        try await nodes.start(harbor)
        try await consortium.call("lakeside-node", as: "cedar-node") { caller in
            try await eventually("lakeside refuses cedar on an open connection") {
                try await caller.get("/v1/node").verdict == "403 suspended"
            }
            #expect(caller.connectionCount == 1)
            #expect(try await caller.get("/v1/manifest").verdict == "403 suspended")
        }
        try await session.isRefused()
        // The officers' own word is still open to it.
        try await consortium.call("lakeside-node", as: "cedar-node") { caller in
            let directory = try await caller.get("/v1/directory/timestamp.json")
            #expect(directory.verdict == "200")
        }
    }

    /// The regulator denies harbor, by its own commands, at one node; the officers know nothing of it.
    private func denial(_ consortium: ScenarioConsortium) async throws {
        let session = try await Session(consortium, of: "harbor-node", at: "lakeside-node")
        let folder = consortium.site.folder
        let note = folder.appending(path: "1.note").path
        let signed = try await Command.run(
            ["denial", "sign", "--key", folder.appending(path: "denial.key").path]
                + Self.regulator + ["--version", "1", "--out", note, "harbor-node"])
        #expect(signed.status == 0, "\(signed.errors)")
        try await consortium.call("lakeside-node", as: "harbor-node") { caller in
            #expect(try await caller.get("/v1/node").verdict == "200")
            let home = try consortium.home("regulator-node")
            let sent = try await Command.run(
                ["denial", "send", note, "--home", home.folder.path, "--node", "cedar-node"])
            #expect(sent.status == 0, "\(sent.errors)")
            #expect(sent.text == "cedar-node: held\n")
            try await eventually("lakeside refuses harbor on an open connection") {
                try await caller.get("/v1/node").verdict == "403 suspended"
            }
            #expect(caller.connectionCount == 1)
            let directory = try await caller.get("/v1/directory/timestamp.json")
            #expect(directory.verdict == "403 suspended")
        }
        try await session.isRefused()
        try await shown(consortium)
    }

    private func shown(_ consortium: ScenarioConsortium) async throws {
        for node in ["lakeside-node", "harbor-node"] {
            let home = try consortium.home(node).folder.path
            try await eventually("\(node) shows the denial") {
                let shown = try await Command.run(["denial", "show", "--home", home])
                return shown.text == "regulator, version 1: denies 停用 harbor-node\n"
            }
        }
        let question = LocalQuestion(about: .behind)
        let answer = try await LocalCaller(home: consortium.home("harbor-node"))
            .report(question.json)
        #expect(answer.verdict == "403 suspended")
        #expect(answer.text.contains("denied by regulator"))
    }

    private static let regulator = [
        "--consortium", "scenario.creditmesh", "--member", "regulator",
    ]

    /// The regulator makes its key with its own command.
    private static func denialKey(_ consortium: ScenarioConsortium) async throws -> VerifierKey {
        let file = consortium.site.folder.appending(path: "denial.key").path
        let arguments = ["denial", "key", "--out", file, "--json"] + regulator
        let made = try await Command.run(arguments)
        #expect(made.status == 0, "\(made.errors)")
        let again = try await Command.run(arguments)
        #expect(again.errorCode == "file")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        let fields = try JSONDecoder().decode([String: String].self, from: Data(made.text.utf8))
        return try #require(fields["denialKey"].flatMap(VerifierKey.init))
    }
}

/// A TLS session that a node got from another while it was welcome.
private struct Session {
    private let file: URL
    private let port: Int
    private let home: NodeHome

    init(_ consortium: ScenarioConsortium, of caller: String, at node: String) async throws {
        file = consortium.site.folder.appending(path: "\(caller).session")
        port = try consortium.entry(node).endpoint.port
        home = try consortium.home(caller)
        let first = try await get(["-sess_out", file.path])
        #expect(first.contains("New, TLSv1.3") && first.contains("200 OK"))
        let second = try await get(["-sess_in", file.path])
        #expect(second.contains("Reused, TLSv1.3") && second.contains("200 OK"))
    }

    /// Neither the session nor a new one is worth anything.
    func isRefused() async throws {
        for (arguments, kind) in [(["-sess_in", file.path], "Reused"), ([], "New")] {
            let answer = try await get(arguments)
            #expect(answer.contains("\(kind), TLSv1.3"))
            #expect(answer.contains("403 Forbidden"))
            #expect(answer.contains(#""code":"suspended""#))
        }
    }

    private func get(_ arguments: [String]) async throws -> String {
        try await OpenSSLClient.get(
            "/v1/node", port: port, certificate: home.certificate, key: home.certificateKey,
            roots: home.roots, arguments)
    }
}

/// Nodes that run as processes.
private actor Processes {
    private var running: [URL: RunningCommand] = [:]

    static func start(_ homes: [NodeHome]) async throws -> Processes {
        let processes = Processes()
        for home in homes { try await processes.start(home) }
        return processes
    }

    /// Starts a node and waits until it serves.
    func start(_ home: NodeHome) async throws {
        running[home.folder] = try RunningCommand.start([
            "node", "run", "--home", home.folder.path,
        ])
        try await eventually("\(home.folder.lastPathComponent) serves") {
            FileManager.default.fileExists(atPath: home.localAddress.path)
        }
    }

    /// Stops a node as an operator would.
    func stop(_ home: NodeHome) async throws {
        let found = running.removeValue(forKey: home.folder)
        let node = try #require(found)
        node.send(SIGTERM)
        let ended = try await node.output()
        #expect(ended.status == 0)
    }

    /// Ends all.
    func end() async {
        for node in running.values {
            node.send(SIGTERM)
            _ = try? await node.output()
        }
        running = [:]
    }
}
