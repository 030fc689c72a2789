import Exchange
import Foundation
import NodeAssembly
import Testing

@Suite("Scenario: an operator looks at a node")
struct DoctorScenarios {
    @Test("a running node shows how it stands")
    func status() async throws {
        try await ScenarioConsortium.run { consortium in
            let home = try consortium.home("harbor-node")
            _ = try await consortium.ask(about: .behind)
            let ended = try await Command.run(["status", "--home", home.folder.path, "--json"])
            #expect(ended.status == 0, "\(ended.errors)")
            let view = try JSONDecoder().decode(StatusView.self, from: Data(ended.text.utf8))
            #expect(view.node == "harbor-node" && view.directory.version == 1)
            #expect(view.directory.nodeStatus == "active" && view.alarms == 0)
            #expect(view.log.size >= 4 && (view.filters?.count ?? 0) >= 1)
            #expect(view.members.contains { $0.member == "harbor" && $0.bookAsOf != nil })
            let lakeside = try #require(view.peers.first { $0.node == "lakeside-node" })
            #expect(lakeside.last?.code == nil && lakeside.last?.asOf != nil)
            let text = try await Command.run(["status", "--home", home.folder.path])
            #expect(text.text.contains("lakeside-node"))
            #expect(text.text.contains("alarms: 0"))
        }
    }

    @Test("a node that runs well, and one that stopped, have no errors")
    func healthy() async throws {
        try await ScenarioConsortium.run { consortium in
            let node = try consortium.node("harbor-node")
            let running = try await DoctorReport.of(node.home)
            #expect(running.view.findings.allSatisfy { $0.severity != "error" }, "\(running.text)")
            try await node.stop()
            let stopped = try await DoctorReport.of(node.home)
            #expect(stopped.view.findings.allSatisfy { $0.severity != "error" }, "\(stopped.text)")
            #expect(stopped.status < 2)
            #expect(stopped.view.unseen.contains { $0.hasPrefix("peers") })
            let status = try await Command.run(["status", "--home", node.home.folder.path])
            #expect(status.status == 1 && status.errors.contains("[not-running]"))
        }
    }

    @Test("what is wrong is told by code, with what to do")
    func wrong() async throws {
        try await ScenarioConsortium.run(absent: ["harbor-node"]) { consortium in
            let home = try consortium.home("harbor-node")
            chmod(home.certificateKey.path, 0o644)
            let exposed = try await DoctorReport.of(home)
            #expect(exposed.status == 2)
            #expect(exposed.view.codes.contains("file-exposed"))
            #expect(exposed.view.findings.allSatisfy { !$0.next.isEmpty })
            chmod(home.certificateKey.path, 0o600)

            let record = try Data(contentsOf: home.logRecord)
            try FileManager.default.removeItem(at: home.logRecord)
            #expect(try await DoctorReport.of(home).view.codes.contains("node"))
            try record.write(to: home.logRecord)
            chmod(home.logRecord.path, 0o600)

            try FileManager.default.removeItem(at: home.certificate)
            #expect(try await DoctorReport.of(home).view.codes.contains("certificate"))
            try Data("node: harbor-node\nodd: 1\n".utf8).write(to: home.configuration)
            let odd = try await DoctorReport.of(home)
            #expect(odd.status == 2 && odd.view.codes.contains("configuration"))
        }
    }

    @Test("who does not answer, who does not reach the node, and who does not tell is named")
    func bothWays() async throws {
        let hidden: Set = ["harbor-node"]
        try await ScenarioConsortium.run(absent: ["cedar-node"], hidden: hidden) { consortium in
            try await consortium.publish { try $0.set(ofNode: "guild-node") }
            let found = try await DoctorReport.of(consortium.home("harbor-node"))
            #expect(found.status == 1, "\(found.text)")
            let details = found.view.findings.map { "\($0.code) \($0.detail)" }
            #expect(details.contains("peer cedar-node: unreachable"))
            #expect(details.contains("unreached lakeside-node: unreachable"))
            #expect(details.contains("unreached regulator-node: unreachable"))
            #expect(!details.contains { $0.contains("guild-node") })
            #expect(found.view.unseen.contains { $0.hasPrefix("whether guild-node reaches") })
            let lakeside = try await DoctorReport.of(consortium.home("lakeside-node"))
            #expect(!lakeside.view.codes.contains("unreached"), "\(lakeside.text)")
        }
    }

    @Test("alarms of a running node are an error")
    func alarms() async throws {
        try await ScenarioConsortium.run { consortium in
            let node = try consortium.node("harbor-node")
            node.parts.alarms.raise(
                LogAlarm(
                    .shrunk, node: try consortium.entry("lakeside-node").id, first: nil,
                    second: nil))
            let found = try await DoctorReport.of(node.home)
            #expect(found.status == 2 && found.view.codes.contains("alarms"))
        }
    }
}

/// What the tests read of `creditmesh status --json`.
private struct StatusView: Decodable {
    let node: String
    let directory: Directory
    let log: Log
    let filters: Filters?
    let members: [Member]
    let peers: [Peer]
    let alarms: Int

    struct Directory: Decodable {
        let version: Int
        let nodeStatus: String
    }

    struct Log: Decodable { let size: Int }

    struct Filters: Decodable { let count: Int }

    struct Member: Decodable {
        let member: String
        let bookAsOf: String?
    }

    struct Peer: Decodable {
        let node: String
        let last: Last?

        struct Last: Decodable {
            let asOf: String?
            let code: String?
        }
    }
}
