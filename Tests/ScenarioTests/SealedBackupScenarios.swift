import Foundation
import Membership
import Testing
import TransparencyLog

@testable import Exchange
@testable import NodeAssembly

@Suite("Scenario: an enciphered backup, and what peers know of a restored log")
struct SealedBackupScenarios {
    private static func command(_ arguments: String...) async throws -> Command.Output {
        try await Command.run(["node"] + arguments + ["--json"])
    }

    @Test("is one file that opens with its passphrase alone, whole, and as it was")
    func sealed() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let folder = consortium.site.folder
            let (path, backup) = (home.folder.path, folder.appending(path: "backup").path)
            let words = folder.appending(path: "words").path
            let others = folder.appending(path: "others").path
            try PrivateFile.write("words of the tests\n".utf8, to: URL(filePath: words))
            try PrivateFile.write("other words\n".utf8, to: URL(filePath: others))
            let made = try await Self.command(
                "backup", "--home", path, "--out", backup, "--passphrase-file", words)
            #expect(made.status == 0, "\(made.errors)")
            let again = try await Self.command(
                "backup", "--home", path, "--out", backup, "--passphrase-file", words)
            #expect(again.errorCode == "file")
            let mode = try FileManager.default.attributesOfItem(atPath: backup)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            // Neither a copy in the clear nor a key is left, or in the file.
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(!names.contains(".backup"))
            let bytes = try Data(contentsOf: URL(filePath: backup))
            let key = try Data(contentsOf: home.certificateKey)
            #expect(bytes.range(of: key) == nil)
            #expect(bytes.range(of: Data("node.yaml".utf8)) == nil)

            try FileManager.default.removeItem(at: home.folder)
            try await Self.refused(bytes, consortium, home, words, others)
            let back = try await Self.command(
                "restore", "--home", path, "--from", backup, "--passphrase-file", words)
            #expect(back.status == 0, "\(back.errors)")
            #expect(try Data(contentsOf: home.certificateKey) == key)
            let run = try await Self.command("run", "--home", path)
            #expect(run.errorCode == "log-restored")
        }
    }

    @Test("fails, fails but persisted, crash: a whole file or none, and no copy in the clear")
    func faults() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let backup = HomeBackup(home: home)
            let (now, words) = (consortium.clock.now, Array("words".utf8))
            let clear = home.folder.appending(path: ".backup")
            for step in HomeBackup.SealingStep.allCases {
                let place = consortium.site.folder.appending(path: "out-\(step)")
                try NodeHome.createFolder(place)
                let file = place.appending(path: "backup")
                var crashed: NodeHome?
                #expect(throws: NodeError.failed("a fault")) {
                    try backup.makeSealed(at: file, under: words, now: now) {
                        reached throws(NodeError) in
                        guard reached == step else { return }
                        crashed = try Self.crash(home, in: consortium, "crashed-\(step)")
                        // While one is made, a second one is refused, and touches nothing.
                        #expect {
                            try backup.makeSealed(
                                at: place.appending(path: "second"), under: words, now: now)
                        } throws: {
                            if case .inUse? = $0 as? NodeError { true } else { false }
                        }
                        #expect(FileManager.default.fileExists(atPath: clear.path))
                        throw .failed("a fault")
                    }
                }
                #expect(!FileManager.default.fileExists(atPath: clear.path))
                // What was moved into place is there, though nobody was told; else nothing is.
                let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
                #expect(names == (step == .placed ? ["backup"] : []))
                try Self.checkSwept(try #require(crashed), consortium)
            }
            let placed = consortium.site.folder.appending(path: "out-placed/backup")
            try FileManager.default.removeItem(at: home.folder)
            try HomeRestore(backup: .sealed(placed, passphrase: words), home: home)
                .run(clock: consortium.clock, logger: consortium.log.logger)
        }
    }

    /// The home as a crash leaves it now.
    private static func crash(
        _ home: NodeHome, in consortium: ScenarioConsortium, _ name: String
    ) throws(NodeError) -> NodeHome {
        let copy = consortium.site.folder.appending(path: name)
        do {
            try FileManager.default.copyItem(at: home.folder, to: copy)
        } catch {
            throw .failed("the home cannot be copied")
        }
        return NodeHome(copy)
    }

    /// A copy in the clear was there, and goes with the first opening of the home.
    private static func checkSwept(
        _ home: NodeHome, _ consortium: ScenarioConsortium
    ) throws {
        let clear = home.folder.appending(path: ".backup").path
        #expect(FileManager.default.fileExists(atPath: clear))
        let node = try OfflineNode(
            home: home, configuration: NodeConfiguration(home: home), clock: consortium.clock,
            logger: consortium.log.logger)
        node.close()
        #expect(!FileManager.default.fileExists(atPath: clear))
    }

    /// Nothing of a bad backup is left, nor of one under another passphrase.
    private static func refused(
        _ good: Data, _ consortium: ScenarioConsortium, _ home: NodeHome, _ words: String,
        _ others: String
    ) async throws {
        let place = consortium.site.folder.appending(path: "bad")
        var spoiled = good
        spoiled[good.count / 2] ^= 1
        let part = 65_553
        let first = 60 + part
        let exchanged =
            good.prefix(60) + good[first..<first + part] + good[60..<first]
            + good[(first + part)...]
        let cases: [(Data, String)] = [
            (good, others), (spoiled, words), (good.dropLast(), words),
            (good.prefix(first), words), (good + Data([0]), words), (good.prefix(59), words),
            (exchanged, words), (Data("no backup".utf8), words),
        ]
        for (bytes, passphrase) in cases {
            try PrivateFile.write(bytes, to: place)
            let output = try await command(
                "restore", "--home", home.folder.path, "--from", place.path,
                "--passphrase-file", passphrase)
            #expect(output.errorCode == "backup", "\(bytes.count): \(output.errors)")
            let left = try FileManager.default.contentsOfDirectory(
                atPath: home.folder.deletingLastPathComponent().path)
            #expect(!left.contains { $0.contains(home.folder.lastPathComponent) })
        }
    }

    @Test(
        "an older state is found out by a peer that holds a receipt, without any witness",
        .timeLimit(.minutes(3)))
    func contradicted() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let old = consortium.site.folder.appending(path: "old")
            let harbor = [try consortium.home("harbor-node")]
            try await ScenarioNode.run(
                harbor + [home], clock: consortium.clock, log: consortium.log
            ) { nodes in
                let running = consortium.with(nodes)
                _ = try await running.ask(about: .good)
                try HomeBackup(home: home).make(in: old, now: consortium.clock.now)
                // What lakeside promises from here on is in no backup.
                let report = try await running.ask(about: .behind)
                #expect(report.story["lakeside"] == "record")
            }
            try FileManager.default.removeItem(at: home.folder)
            try HomeRestore(backup: .folder(old), home: home).run(
                clock: consortium.clock, logger: consortium.log.logger)
            let size = try await Self.size(home)
            let accepted = try await Self.command(
                "restore", "--home", home.folder.path, "--accept-log", "\(size)")
            #expect(accepted.status == 0, "\(accepted.errors)")
            // Harbor was started anew meanwhile: it kept what it saw.
            try await ScenarioNode.run(
                harbor, clock: consortium.clock, log: consortium.log
            ) { _ in
                let node = try RunningNode(
                    home: home, version: "scenario", clock: consortium.clock,
                    logger: consortium.log.logger)
                await #expect {
                    try await node.run()
                } throws: { error in
                    guard case .log(.witnessed, let text)? = error as? NodeError else {
                        return false
                    }
                    return text.contains("'harbor-node' holds a receipt")
                }
            }
            // It is refused again and again, as long as somebody knows better.
            let published = try await Command.run([
                "book", "publish", "--home", home.folder.path, "--json",
            ])
            #expect(published.errorCode == "log-restored")
        }
    }

    @Test(
        "another tree of the same size contradicts, too; where nobody answers, that is said",
        .timeLimit(.minutes(3)))
    func otherTree() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let backup = consortium.site.folder.appending(path: "backup")
            try HomeBackup(home: home).make(in: backup, now: consortium.clock.now)
            try FileManager.default.removeItem(at: home.folder)
            try HomeRestore(backup: .folder(backup), home: home).run(
                clock: consortium.clock, logger: consortium.log.logger)
            let alone = try await Self.refusal(home, consortium)
            #expect(alone.fault == .restored, "\(alone.text)")
            #expect(alone.text.contains("nobody could contradict"), "\(alone.text)")
            let size = try await Self.size(home)
            let harbor = try consortium.home("harbor-node")
            for held in [size, size - 1] {
                try Self.show(harbor, of: consortium, size: held)
                try await ScenarioNode.run([harbor], clock: consortium.clock, log: consortium.log) {
                    _ in
                    let found = try await Self.refusal(home, consortium)
                    #expect(found.fault == .witnessed, "\(found.text)")
                    #expect(found.text.contains("another tree of \(held) entries"))
                }
            }
            try FileManager.default.removeItem(at: harbor.awaited)
            try await ScenarioNode.run([harbor], clock: consortium.clock, log: consortium.log) {
                _ in
                let heard = try await Self.refusal(home, consortium)
                #expect(heard.fault == .restored)
                #expect(heard.text.contains("1 of 4 other nodes answered"), "\(heard.text)")
            }
        }
    }

    /// Why a restored home does not start.
    private static func refusal(
        _ home: NodeHome, _ consortium: ScenarioConsortium
    ) async throws -> (fault: LogFault, text: String) {
        let node = try RunningNode(
            home: home, version: "scenario", clock: consortium.clock,
            logger: consortium.log.logger)
        do {
            try await node.run()
        } catch NodeError.log(let fault, let text) {
            return (fault, text)
        }
        Issue.record("it was served")
        return (.key, "")
    }

    /// Lets a node have seen another tree of lakeside's log, which lakeside's key signed.
    private static func show(
        _ node: NodeHome, of consortium: ScenarioConsortium, size: Int
    ) throws {
        let entry = try consortium.entry("lakeside-node")
        let home = try consortium.home("lakeside-node")
        let key = try #require(try SigningKeys(home: home).log.first)
        let log = try #require(entry.log)
        let name: TransparencyLog.KeyName? = .init(log.origin)
        let origin = try #require(name)
        let head = TreeHead(
            size: try #require(TreeSize(size)),
            root: try #require(MerkleHash(bytes: [UInt8](repeating: 9, count: 32))))
        let signer = try #require(NoteSigner(name: origin, privateKey: key))
        let signed = try SignedCheckpoint(
            Checkpoint(origin: origin, head: head), signedBy: [signer])
        var awaited = AwaitedReceipts()
        _ = awaited.see(signed)
        try NodeHome.createFolder(node.awaited)
        try PrivateFile.write(
            awaited.bytes, to: node.awaited.appending(path: "lakeside-node"))
    }

    /// How many entries the log of a restored home has, as the refusal of a wrong number says.
    private static func size(_ home: NodeHome) async throws -> Int {
        let wrong = try await command(
            "restore", "--home", home.folder.path, "--accept-log", "999999")
        let text = wrong.errors + wrong.text
        let match = try #require(try #/has (\d+) entries/#.firstMatch(in: text))
        return try #require(Int(match.1))
    }
}

extension ScenarioConsortium {
    /// The same, with nodes that serve.
    fileprivate func with(_ nodes: [ScenarioNode]) -> ScenarioConsortium {
        ScenarioConsortium(site: site, clock: clock, log: log, nodes: nodes)
    }
}
