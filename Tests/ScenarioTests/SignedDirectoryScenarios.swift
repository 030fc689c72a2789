import Exchange
import Foundation
import Logging
import Membership
import TUF
import Testing

@testable import NodeAssembly

@Suite("Scenario: officers sign who belongs")
struct SignedDirectoryScenarios {
    @Test("nodes take the directory from each other, close when it expires, and open again")
    func life() async throws {
        let plan = try ScenarioPlan.make()
        try await ScenarioRooms.use(ports: plan.portCount) { folder, ports in
            let clock = ScenarioClock()
            let site = try await LocalConsortium.make(
                in: folder, plan: plan, now: clock.now, ports: ports)
            let officers = try await Officers(folder.appending(path: "authority"), site, clock)
            for home in site.homes.values { try await officers.found(home) }
            let consortium = ScenarioConsortium(
                site: site, clock: clock, log: LogCollector(), nodes: [])
            for (member, loans) in ScenarioLoan.books.sorted(by: { $0.key < $1.key }) {
                try await consortium.importBook(loans, of: member)
            }
            let homes = ["harbor-node", "lakeside-node"].compactMap { id in
                NodeID(id).flatMap { site.homes[$0] }
            }
            try await ScenarioNode.run(homes, clock: clock, log: consortium.log) { nodes in
                try await story(
                    ScenarioConsortium(
                        site: site, clock: clock, log: consortium.log, nodes: nodes), officers)
            }
        }
    }

    private func story(_ consortium: ScenarioConsortium, _ officers: Officers) async throws {
        let harbor = try consortium.signedDirectory(of: "harbor-node")
        let lakeside = try consortium.signedDirectory(of: "lakeside-node")
        let open = try await consortium.ask(about: .behind)
        #expect(open.story["lakeside"] == "record")

        // Only harbor reaches the authority; lakeside hears of it from harbor.
        try await officers.publish(version: 2) { try $0.set(.suspended, ofMember: "lakeside") }
        await harbor.refresh(from: officers.repository, named: "authority")
        #expect(harbor.current.version == 2)
        try await eventually("lakeside is told") { lakeside.current.version == 2 }
        let suspended = try await consortium.ask(about: .behind)
        #expect(suspended.story["lakeside"] == "not-asked member-suspended")

        // Nobody renews: both are closed at the moment of the expiry.
        consortium.clock.advance(by: .seconds(86_400))
        #expect(harbor.current.nodes.allSatisfy { $0.status != .active })
        #expect(lakeside.current.nodes.allSatisfy { $0.status != .active })
        let closed = try await consortium.ask(about: .behind)
        #expect(closed.members.allSatisfy { $0.outcome.word == "not-asked" })
        harbor.warn()
        #expect(consortium.log.lines.contains { $0.contains("the directory has expired") })

        try await officers.publish(version: 3) { _ in }
        await harbor.refresh(from: officers.repository, named: "authority")
        try await eventually("lakeside is told") { lakeside.current.version == 3 }
        try await consortium.settle()
        let again = try await consortium.ask(about: .behind)
        #expect(again.story["lakeside"] == "record")
    }

    @Test(
        "a warning gets louder from half of the time left",
        arguments: [
            (43_201, nil, nil), (43_199, Logger.Level.warning, 3_600), (21_599, .error, 1_800),
            (10_799, .critical, 600), (0, .critical, 60), (-5, .critical, 60),
        ] as [(Int, Logger.Level?, Int?)])
    func warnings(left: Int, level: Logger.Level?, silence: Int?) {
        let warning = DirectoryExpiry.warning(left: .seconds(left))
        #expect(warning?.level == level)
        #expect(warning?.silence == silence.map { .seconds($0) })
    }

    @Test(
        "node.yaml names a repository, or one file, and nothing between", arguments: [true, false])
    func configuration(hasCertificates: Bool) throws {
        let folder = URL(filePath: "/srv/home", directoryHint: .isDirectory)
        let lines = ["node: harbor-node", "directory:", "  authority: https://a.example/d/"]
        let certificates = hasCertificates ? ["  certificates: ca.pem"] : []
        let read = { (lines: [String]) throws(NodeError) in
            try NodeConfiguration(yaml: lines.joined(separator: "\n"), relativeTo: folder)
        }
        let configuration = try read(lines + ["  root: 1.root.json"] + certificates)
        #expect(configuration.origin?.root.path == "/srv/home/1.root.json")
        #expect(configuration.directory.path == "/srv/home/directory/members.json")
        #expect(try read([configuration.yaml]) == configuration)
        #expect(throws: NodeError.configuration(key: "directory.root", "is missing")) {
            try read(lines)
        }
        for url in ["http://a.example/", "ftp://a.example/", "https://a.example/?x=1", "nothing"] {
            #expect(throws: NodeError.self) {
                try read([
                    "node: harbor-node", "directory:", "  authority: \(url)", "  root: 1.root.json",
                ])
            }
        }
    }
}

extension ScenarioConsortium {
    fileprivate func signedDirectory(of node: String) throws -> SignedDirectory {
        try #require(try self.node(node).parts.offline.directory as? SignedDirectory)
    }
}
