import Book
import Exchange
import Foundation
import Membership
import NodeAssembly
import RiskStandard
import Testing

/// A whole consortium with real books, nodes, certificates and files, in one temporary folder.
struct ScenarioConsortium: Sendable {
    let site: LocalConsortium
    let clock: ScenarioClock
    let log: LogCollector
    /// The nodes that serve.
    let nodes: [ScenarioNode]

    /// Makes the consortium, imports and publishes its books, serves while `body` runs, and removes
    /// everything.
    ///
    /// - Parameters:
    ///   - absent: nodes that do not serve.
    ///   - hidden: nodes that serve elsewhere than the directory says, so that a test can put
    ///     something else in their place.
    static func run(
        plan: ConsortiumPlan? = nil, books: [String: [ScenarioLoan]] = ScenarioLoan.books,
        absent: Set<String> = [], hidden: Set<String> = [],
        _ body: (ScenarioConsortium) async throws -> Void
    ) async throws {
        let plan = try plan ?? ScenarioPlan.make()
        try await ScenarioRooms.use(ports: plan.portCount) { folder, ports in
            let clock = ScenarioClock()
            let site = try await LocalConsortium.make(
                in: folder, plan: plan, now: clock.now, ports: ports)
            let made = ScenarioConsortium(site: site, clock: clock, log: LogCollector(), nodes: [])
            for (member, loans) in books.sorted(by: { $0.key < $1.key }) {
                try await made.importBook(loans, of: member)
            }
            for node in hidden { try made.hide(node) }
            let homes = site.directory.nodes.filter { !absent.contains($0.id.description) }
                .compactMap { site.homes[$0.id] }
            try await ScenarioNode.run(homes, clock: clock, log: made.log) { nodes in
                try await body(
                    ScenarioConsortium(site: site, clock: clock, log: made.log, nodes: nodes))
            }
        }
    }

    /// The home of a node.
    func home(_ node: String) throws -> NodeHome {
        try #require(NodeID(node).flatMap { site.homes[$0] }, "no node \(node)")
    }

    /// The home of the node that serves a member.
    func home(ofMember member: String) throws -> NodeHome {
        try home(try entry(ofMember: member).node.description)
    }

    /// A node that serves.
    func node(_ id: String) throws -> ScenarioNode {
        let home = try home(id)
        return try #require(
            nodes.first { $0.home.folder == home.folder }, "\(id) does not serve")
    }

    /// A node as the directory lists it.
    func entry(_ node: String) throws -> NodeEntry {
        try #require(NodeID(node).flatMap { site.directory.node($0) }, "no node \(node)")
    }

    /// A member as the directory lists it.
    func entry(ofMember member: String) throws -> MemberEntry {
        try #require(MemberID(member).flatMap { site.directory.member($0) }, "no member \(member)")
    }

    private func hide(_ node: String) throws {
        let home = try home(node)
        var configuration = try NodeConfiguration(home: home)
        configuration.listenPort = 0
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
    }
}

extension ScenarioConsortium {
    /// Imports a member's whole book and publishes it, while its node does not run.
    ///
    /// - Parameter isTold: whether the log is told of what came, as nodes do; otherwise an operator
    ///   notes in the book that it was.
    func importBook(
        _ loans: [ScenarioLoan], of member: String, asOf: CalendarDate? = nil, isTold: Bool = true
    ) async throws {
        let home = try home(ofMember: member)
        let node = try OfflineNode(
            home: home, configuration: NodeConfiguration(home: home), clock: clock,
            logger: log.logger)
        defer { node.close() }
        var reader = try BookReader(
            mapping: ShippedMapping.plain.mapping(),
            source: .bytes(Array(ScenarioLoan.csv(loans).utf8)),
            asOf: asOf ?? clock.now.date)
        let result = try node.importer().importBook(
            BookHeader(
                member: try entry(ofMember: member).id, part: "main", asOf: reader.asOf,
                importedAt: clock.now, mapping: "plain"),
            options: ImportOptions(acceptsSameDay: true), rows: { try reader.next() },
            reject: { Issue.record("line \($0.line): \($0.reason)") })
        try #require(result.rejected == 0)
        if !isTold {
            let store = node.context.store
            while try await store.takeEvents(limit: 1024, logSize: 0, root: { _ in .empty }) != nil
            {
                try await store.settleEvents(areLogged: true)
            }
        }
        _ = try await BookPublisher(context: node.context, filters: node.publisher).publish()
    }

    /// Lets more time pass than an asker may rely on a manifest, and every node publish what is new,
    /// as they do by themselves every few seconds.
    func settle() async throws {
        clock.advance(by: .seconds(61))
        for node in nodes { try await node.parts.offline.publisher.refresh() }
    }

    /// Puts another directory in force and waits until every node has it.
    func publish(_ change: (inout DirectoryDraft) throws -> Void) async throws {
        let current = nodes.map { $0.parts.offline.directory.current.version }.max() ?? 0
        var draft = DirectoryDraft(site.directory, version: current + 1)
        try change(&draft)
        try site.publish(draft.directory())
        try await eventually("all nodes read the new directory") {
            nodes.allSatisfy { $0.parts.offline.directory.current.version == current + 1 }
        }
    }
}
