import Exchange
import Foundation
import Membership
import Testing
import TransparencyLog

@testable import NodeAssembly

@Suite("Scenario: a member leaves its node")
struct MemberLeaveScenarios {
    private struct PowerCut: Error {}

    private static let books = ["maple", "birch"].reduce(into: [String: [ScenarioLoan]]()) {
        $0[$1] = ScenarioLoan.books[$1]
    }

    @Test(
        "cut off at any point, the same departure goes on, and is told once",
        arguments: DepartureStep.allCases)
    func cutOff(at step: DepartureStep) async throws {
        try await ScenarioConsortium.offline(books: Self.books) { consortium in
            await #expect(throws: PowerCut.self) {
                try await Self.depart(consortium) { if $0 == step { throw PowerCut() } }
            }
            let home = try consortium.home("guild-node")
            let found = HomeDoctor(home, clock: consortium.clock).examine(isRunning: false)
            #expect(found.findings.contains { $0.code == .departure })
            consortium.clock.advance(by: .seconds(3600))
            let record = try await Self.depart(consortium)
            consortium.clock.advance(by: .seconds(3600))
            #expect(try await Self.depart(consortium) == record)
            try await Self.check(record, in: consortium)
        }
    }

    @Test("what a crash leaves after any step is completed by the next call, to the same record")
    func crashed() async throws {
        try await ScenarioConsortium.offline(books: Self.books) { consortium in
            let home = try consortium.home("guild-node")
            var left: [DepartureStep: NodeHome] = [:]
            let record = try await Self.depart(consortium) { step in
                let copy = consortium.site.folder.appending(path: "crashed-\(step)")
                try FileManager.default.copyItem(at: home.folder, to: copy)
                // Shared memory does not outlive the process.
                for file in [home.store, home.log] {
                    let path = String(file.path.dropFirst(home.folder.path.count)) + "-shm"
                    try? FileManager.default.removeItem(at: copy.appending(path: path))
                }
                left[step] = NodeHome(copy)
            }
            #expect(Set(left.keys) == Set(DepartureStep.allCases))
            for (step, home) in left {
                let again = try await Self.depart(consortium, from: home)
                #expect(again == record, "\(step)")
                try await Self.check(again, in: consortium, home)
            }
        }
    }

    @Test("kill -9 in the middle of the command: the same command goes on")
    func killed() async throws {
        try await ScenarioConsortium.offline(books: Self.books) { consortium in
            let home = try consortium.home("guild-node")
            let maple = try #require(MemberID("maple"))
            let keys = home.requestKeys(of: maple)
            // No key, but among those that are destroyed, behind them: it cannot be opened before
            // somebody reads from it, and so the command stays there.
            let pipe = keys.appending(path: "zzz")
            try #require(mkfifo(pipe.path, 0o600) == 0)
            let arguments =
                ["member", "leave", "maple", "--yes", "--json"] + [
                    "--home", home.folder.path,
                ]
            let command = try RunningCommand.start(arguments)
            defer { command.send(SIGKILL) }
            try await eventually("its keys are destroyed") {
                try FileManager.default.contentsOfDirectory(atPath: keys.path) == ["zzz"]
            }
            command.send(SIGKILL)
            #expect(try await command.output().status == -SIGKILL)
            try FileManager.default.removeItem(at: pipe)
            let again = try await Command.run(arguments)
            #expect(again.status == 0, "\(again.errors)")
            try await Self.check(try await Self.depart(consortium), in: consortium)
        }
    }

    @Test("what cannot be decided deletes nothing, and goes on once it can")
    func undecided() async throws {
        try await ScenarioConsortium.offline(books: Self.books) { consortium in
            let home = try consortium.home("guild-node")
            try Data("in the way".utf8).write(to: home.departures)
            await #expect(throws: NodeError.self) { try await Self.depart(consortium) }
            let parts = try await Self.withNode(consortium) { node, maple in
                try await node.context.store.parts(of: maple)
            }
            #expect(parts.count == 1)
            #expect(try !SigningKeys(home: home).requests.isEmpty)
            try FileManager.default.removeItem(at: home.departures)
            try await Self.check(try await Self.depart(consortium), in: consortium)
        }
    }

    /// Nothing of the member is left, the log tells of it once, and the others have all.
    private static func check(
        _ record: DepartureRecord, in consortium: ScenarioConsortium, _ place: NodeHome? = nil
    ) async throws {
        let home = try place ?? consortium.home("guild-node")
        #expect(
            Set(try SigningKeys(home: home).requests.keys.map(\.text)) == ["birch", "willow"])
        try await withNode(consortium, home) { node, maple in
            let store = node.context.store
            #expect(try await store.parts(of: maple).isEmpty)
            #expect(try await store.imports(of: maple, limit: 10).isEmpty)
            #expect(try await store.statements(of: maple, limit: 10).isEmpty)
            let birch = try #require(MemberID("birch"))
            #expect(try await store.parts(of: birch).count == 1)
            let filters = try await store.publishedFilters()
            #expect(filters.map(\.entry.count) == [1])

            let entries = try await entries(of: node).filter { $0.entry.type == .memberLeft }
            let told = try #require(entries.first)
            #expect(entries.count == 1 && told.index == record.logIndex)
            #expect(told.entry.member == maple && told.entry.record?.bytes == record.digest)
            #expect(DepartureRecord.digest(of: record.departure) == record.digest)
        }
        var status = stat()
        let file = home.departures.appending(path: "maple.json")
        #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test(
        "others see it without a book until the officers withdraw it; nothing is done in its name")
    func others() async throws {
        try await ScenarioConsortium.run(absent: ["guild-node"]) { consortium in
            let home = try consortium.home("guild-node")
            let command = { (more: [String]) in
                try await Command.run(
                    ["member", "leave"] + more + ["--home", home.folder.path, "--json"])
            }
            #expect(try await command(["maple"]).errorCode == "usage")
            #expect(try await command(["oak", "--yes"]).errorCode == "unknown-member")
            let left = try await command(["maple", "--yes", "--by", "Order 7 (invented)"])
            try #require(left.status == 0, "\(left.errors)")
            let view = try JSONDecoder().decode(DepartureView.self, from: Data(left.text.utf8))
            #expect(view.departure.deleted["account"] == 1)
            #expect(view.departure.deleted["token"] == 1)
            #expect(view.departure.by == "Order 7 (invented)")
            #expect(view.departure.requestKeys.count == 1 && view.departure.status == "active")
            let again = try await command(["maple", "--yes"])
            #expect(again.text == left.text)
            let file = try consortium.write(
                ScenarioLoan.csv(ScenarioLoan.books["maple"] ?? []), to: "maple.csv")
            let imported = try await Command.run(
                consortium.importing(file, of: "maple", "--mapping", "plain", "--json"))
            #expect(imported.errorCode == "unknown-member")

            try await ScenarioNode.run([home], clock: consortium.clock, log: consortium.log) {
                nodes in
                #expect(try await command(["birch", "--yes"]).errorCode == "in-use")
                let before = try await consortium.ask(about: .behind).story
                #expect(before["maple"] == "stale" && before["birch"] == "no-record")
                #expect(before["lakeside"] == "record")
                let asking = try consortium.querying("--json", asking: "guild-node")
                    .map { $0 == "harbor" ? "maple" : $0 }
                let asked = try await Command.run(asking, input: ScenarioSubject.behind.input)
                #expect(asked.errorCode == "suspended", "\(asked.errors)")
                try await consortium.publish { try $0.set(.withdrawn, ofMember: "maple") }
                let after = try await consortium.ask(about: .behind).story
                #expect(after["maple"] == "not-asked member-withdrawn")
            }
        }
    }

    private static func depart(
        _ consortium: ScenarioConsortium, from place: NodeHome? = nil,
        reached: @escaping (DepartureStep) throws -> Void = { _ in }
    ) async throws -> DepartureRecord {
        let home = try place ?? consortium.home("guild-node")
        return try await withNode(consortium, home) { node, maple in
            try await MemberDeparture(maple, by: nil, home: home, node: node, reached: reached)
                .run()
        }
    }

    private static func withNode<Result>(
        _ consortium: ScenarioConsortium, _ place: NodeHome? = nil,
        _ body: (OfflineNode, MemberID) async throws -> Result
    ) async throws -> Result {
        let home = try place ?? consortium.home("guild-node")
        let node = try OfflineNode(
            home: home, configuration: NodeConfiguration(home: home), clock: consortium.clock,
            logger: consortium.log.logger)
        defer { node.close() }
        return try await body(node, try #require(MemberID("maple")))
    }

    private static func entries(
        of node: OfflineNode
    ) async throws -> [(index: Int, entry: LogEntry)] {
        let log = node.context.log
        let size = try await log.checkpoint().checkpoint.head.size.value
        let id = try #require(EntryBundleID(index: 0, width: size))
        let bundle = try EntryBundle(bytes: try #require(try await log.entries(id)), count: size)
        return try bundle.entries.enumerated().map { ($0, try LogEntry(bytes: $1)) }
    }
}

/// What the tests read of `creditmesh member leave --json`.
private struct DepartureView: Decodable {
    let departure: Departure

    struct Departure: Decodable {
        let by: String?
        let status: String?
        let requestKeys: [String]
        let deleted: [String: Int]
    }
}
