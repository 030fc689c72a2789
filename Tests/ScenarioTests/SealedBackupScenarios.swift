import Exchange
import Foundation
import NodeAssembly
import Testing

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
