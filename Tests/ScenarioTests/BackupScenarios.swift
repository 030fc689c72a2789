import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing
import TransparencyLog

@Suite("Scenario: a node's home is backed up while it runs, and brought back")
struct BackupScenarios {
    private static func place(_ name: String, in consortium: ScenarioConsortium) -> URL {
        consortium.site.folder.appending(path: name)
    }

    private static func command(_ arguments: String...) async throws -> Command.Output {
        try await Command.run(["node"] + arguments + ["--json"])
    }

    /// The home of lakeside, lost.
    private static func lose(_ home: NodeHome) throws {
        try FileManager.default.removeItem(at: home.folder)
    }

    @Test("without witnesses it takes an explicit word, and then everything is there as before")
    func wholeLife() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let (path, backup) = (home.folder.path, Self.place("backup", in: consortium))
            let homes = [home, try consortium.home("harbor-node")]
            var size = 0
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                nodes in
                let running = ScenarioConsortium(
                    site: consortium.site, clock: consortium.clock, log: consortium.log,
                    nodes: nodes)
                async let asked = running.ask(about: .behind, purpose: .postLoan)
                let made = try await Self.command(
                    "backup", "--plain", "--home", path, "--out", backup.path)
                #expect(made.status == 0, "\(made.errors)")
                #expect(try await asked.story["lakeside"] == "record")
                // What is there already is not written over.
                let again = try await Self.command(
                    "backup", "--plain", "--home", path, "--out", backup.path)
                #expect(again.errorCode == "file")
            }
            try Self.expectPrivate(backup)
            try Self.lose(home)
            let restored = try await Self.command(
                "restore", "--home", path, "--from", backup.path)
            #expect(restored.status == 0, "\(restored.errors)")
            try Self.expectPrivate(home.folder)

            // Nothing serves, and nothing is added to the log, before somebody takes it upon himself.
            #expect(try await Self.command("run", "--home", path).errorCode == "log-restored")
            let published = try await Command.run(["book", "publish", "--home", path, "--json"])
            #expect(published.errorCode == "log-restored")
            let wrong = try await Self.command("restore", "--home", path, "--accept-log", "999999")
            #expect(wrong.errorCode == "log-restored")
            size = try Self.promised(home, of: consortium)
            let accepted = try await Self.command(
                "restore", "--home", path, "--accept-log", "\(size)")
            #expect(accepted.status == 0, "\(accepted.errors)")
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                nodes in
                let running = ScenarioConsortium(
                    site: consortium.site, clock: consortium.clock, log: consortium.log,
                    nodes: nodes)
                let report = try await running.ask(about: .behind)
                #expect(report.story["lakeside"] == "record")
            }
        }
    }

    @Test("an older state is found out by witnesses; the newest is confirmed by them")
    func witnessed() async throws {
        let plan = try ScenarioPlan.make()
        var charter = plan.charter
        charter.witnessQuorum = 2
        let witnessed = ConsortiumPlan(
            consortium: plan.consortium, charter: charter, nodes: plan.nodes,
            witnesses: try ["cedar-node", "guild-node"].map { try #require(NodeID($0)) })
        try await ScenarioConsortium.run(plan: witnessed, absent: ["lakeside-node"]) {
            consortium in
            let home = try consortium.home("lakeside-node")
            let (old, new) = (
                Self.place("old", in: consortium), Self.place("new", in: consortium)
            )
            let clock = consortium.clock
            try await ScenarioNode.run([home], clock: clock, log: consortium.log) { nodes in
                let node = try #require(nodes.first)
                try HomeBackup(home: home).make(in: old, now: clock.now)
                var entry = LogEntry(
                    .consentWithdrawn, at: clock.now, node: try consortium.entry("lakeside-node").id
                )
                entry.count = 1
                _ = try await node.parts.offline.context.log.append(
                    entry, evidence: nil, nonce: nil)
                #expect(await node.parts.pusher.push(deadline: .now + .seconds(30)).isEmpty)
            }
            try HomeBackup(home: home).make(in: new, now: clock.now)

            try Self.lose(home)
            try HomeRestore(backup: .folder(old), home: home).run(
                clock: clock, logger: consortium.log.logger)
            let node = try RunningNode(
                home: home, version: "scenario", clock: clock, logger: consortium.log.logger)
            do {
                try await node.run()
                Issue.record("an older log was served")
            } catch NodeError.log(let fault, _) {
                #expect(fault == .witnessed)
            }

            try Self.lose(home)
            try HomeRestore(backup: .folder(new), home: home).run(
                clock: clock, logger: consortium.log.logger)
            try await ScenarioNode.run([home], clock: clock, log: consortium.log) { nodes in
                #expect(nodes.count == 1)
            }
            let lines = consortium.log.lines
            #expect(lines.contains { $0.contains("witnesses confirmed the log") })
            // From then on it starts like any other.
            try await ScenarioNode.run([home], clock: clock, log: consortium.log) { _ in }
        }
    }

    @Test(
        "a restore that was cut off at any point is run again", arguments: HomeRestore.Step.allCases
    )
    func cutOff(_ step: HomeRestore.Step) async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let backup = Self.place("backup", in: consortium)
            try HomeBackup(home: home).make(in: backup, now: consortium.clock.now)
            try Self.lose(home)
            let (clock, logger) = (consortium.clock, consortium.log.logger)
            let cut = HomeRestore(backup: .folder(backup), home: home) {
                reached throws(NodeError) in
                if reached == step { throw .failed("cut off") }
            }
            #expect(throws: NodeError.failed("cut off")) {
                try cut.run(clock: clock, logger: logger)
            }
            let isPlaced = FileManager.default.fileExists(atPath: home.folder.path)
            #expect(isPlaced == (step == .placed))
            if !isPlaced {
                try HomeRestore(backup: .folder(backup), home: home).run(
                    clock: clock, logger: logger)
            }
            #expect(throws: NodeError.self) {
                try HomeRestore(backup: .folder(backup), home: home).run(
                    clock: clock, logger: logger)
            }
            let run = try await Self.command("run", "--home", home.folder.path)
            #expect(run.errorCode == "log-restored")
        }
    }

    @Test("a backup that is damaged or not whole brings nothing back")
    func damaged() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let backup = Self.place("backup", in: consortium)
            try HomeBackup(home: home).make(in: backup, now: consortium.clock.now)
            try Self.lose(home)
            let names = [
                "store/creditmesh.sqlite", "log/log.sqlite", "keys/reference.key", "node.yaml",
                "promised/checkpoint", "tls/node.key",
            ]
            for name in names {
                let file = backup.appending(path: name)
                let good = try Data(contentsOf: file)
                var spoiled = good
                spoiled[good.count / 2] ^= 1
                for bad in [spoiled, Data(good.dropLast()), nil] {
                    try FileManager.default.removeItem(at: file)
                    if let bad { try PrivateFile.write(Array(bad), to: file) }
                    let output = try await Self.command(
                        "restore", "--home", home.folder.path, "--from", backup.path)
                    #expect(output.errorCode == "backup", "\(name): \(output.errors)")
                    #expect(!FileManager.default.fileExists(atPath: home.folder.path))
                    try PrivateFile.write(Array(good), to: file)
                }
            }
            // A backup without its manifest is none.
            try FileManager.default.removeItem(at: backup.appending(path: "backup.json"))
            let output = try await Self.command(
                "restore", "--home", home.folder.path, "--from", backup.path)
            #expect(output.errorCode == "file")
        }
    }

    /// How many entries the log of a home promised.
    private static func promised(
        _ home: NodeHome, of consortium: ScenarioConsortium
    ) throws -> Int {
        let bytes = try Data(contentsOf: home.logRecord)
        let sizes = [0, 4096].compactMap { offset -> Int? in
            let slot = bytes.dropFirst(offset).prefix(4096).prefix { $0 != 0 }
            return (try? SignedCheckpoint(bytes: Array(slot)))?.checkpoint.head.size.value
        }
        return try #require(sizes.max())
    }

    /// Folders have mode 0700, files 0600.
    private static func expectPrivate(_ folder: URL) throws {
        let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
        #expect(names.count > 10)
        for case let name as String in names {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder.appending(path: name).path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name) has mode \(String(mode, radix: 8))")
        }
    }
}
