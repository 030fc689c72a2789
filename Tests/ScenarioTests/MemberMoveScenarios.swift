import Crypto
import Exchange
import Foundation
import Membership
import Pseudonym
import Testing

@testable import NodeAssembly

/// As protocol/leaving.md has it ("To another node").
@Suite("Scenario: a member moves to another node")
struct MemberMoveScenarios {
    private struct PowerCut: Error {}

    @Test(
        "all that is its own goes along under the other node's keys, and the old node keeps nothing"
    )
    func move() async throws {
        try await ScenarioConsortium.offline(books: ["birch": [ScenarioLoan(subject: .small)]]) {
            consortium in
            let scene = try MoveScene(consortium)
            try await scene.importSealed()
            #expect(try await scene.export("early").errorCode == "directory")
            try await scene.list()
            let exported = try await scene.export("maple.move")
            try #require(exported.status == 0, "\(exported.errors)")
            #expect(exported.text.contains("\"account\": 1"))
            try scene.checkSealed("maple.move")

            try await Self.cutOff(scene)
            let imported = try await scene.take("maple.move")
            try #require(imported.status == 0, "\(imported.errors)")
            #expect(imported.text.contains("\"account\": 1"))
            #expect(try await scene.take("maple.move").text == imported.text)
            let statements = try await Command.run(
                ["book", "statements", "--home", scene.home("cedar-node"), "--member", "maple"])
            #expect(statements.status == 0 && !statements.text.isEmpty)
            // Not before the other node has it all.
            let left = try await scene.run("member", "leave", at: "guild-node", ["maple", "--yes"])
            #expect(left.text.contains("\"account\": 1"))
            #expect(try await scene.export("late").errorCode == "unknown-member")
            try await Self.ask(consortium)
        }
    }

    /// Cut off after each step: what was done stays, and the same call goes on.
    private static func cutOff(_ scene: MoveScene) async throws {
        for step in MoveStep.allCases {
            await #expect(throws: PowerCut.self) {
                _ = try await scene.takeHere("maple.move") { if $0 == step { throw PowerCut() } }
            }
        }
        try await scene.withNode("cedar-node") { node in
            #expect(try await node.context.store.parts(of: scene.maple).map(\.accounts) == [1])
            let filters = try await node.context.store.publishedFilters()
            #expect(filters.map(\.entry.count).reduce(0, +) == 1)
        }
    }

    private static func ask(_ consortium: ScenarioConsortium) async throws {
        let homes = try ["harbor-node", "cedar-node", "guild-node"].map { try consortium.home($0) }
        try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { nodes in
            let running = ScenarioConsortium(
                site: consortium.site, clock: consortium.clock, log: consortium.log, nodes: nodes)
            let story = try await running.ask(about: .behind).story
            #expect(story["maple"] == "record", "\(story)")
            #expect(story["birch"] == "no-record")
            let own = try await running.ask(about: .small, as: "birch").story
            #expect(own["maple"] == "no-record")
            // It asks from where it is now.
            let asking = try consortium.querying("--json", asking: "cedar-node")
                .map { $0 == "harbor" ? "maple" : $0 }
            let asked = try await Command.run(asking, input: ScenarioSubject.small.input)
            #expect([0, 3].contains(asked.status), "\(asked.errors)")
            #expect(asked.text.contains("\"member\": \"birch\""))
        }
    }

    @Test("of another member, node or version, cut off, altered or not sealed: refused with a code")
    func refused() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let scene = try MoveScene(consortium)
            try await scene.importSealed()
            try await scene.list()
            try #require(try await scene.export("maple.move").status == 0)
            let take = { (file: String, from: String, keys: [String]) in
                try await scene.code(file, from: from, keys: keys)
            }
            let keys = ["here.rekey"]
            #expect(try await take("maple.move", "harbor-node", keys) == "move-other")
            #expect(try await take("maple.move", "guild-node", []) == "move-unopened")
            #expect(try await take("maple.move", "guild-node", ["there.rekey"]) == "move-unopened")
            let whole = try Data(contentsOf: URL(filePath: scene.file("maple.move")))
            for (name, bytes) in Self.spoiled(whole) {
                try bytes.write(to: URL(filePath: scene.file(name)))
                #expect(try await take(name, "guild-node", keys) == "move-file", "\(name)")
            }
            let forms = try await scene.forged()
            for (name, code) in forms {
                #expect(try await take(name, "guild-node", keys) == code, "\(name)")
            }
            let home = try consortium.home("cedar-node")
            let publicHalf = home.rekeyKey(of: scene.maple)
            let aside = URL(filePath: scene.file("aside.pub"))
            try FileManager.default.moveItem(at: publicHalf, to: aside)
            #expect(try await take("maple.move", "guild-node", keys) == "file")
            try FileManager.default.moveItem(at: aside, to: publicHalf)
            // Nothing was lost on the way.
            #expect(try await take("maple.move", "guild-node", keys) == nil)
            try #require(try await scene.export("again.move").status == 0)
            #expect(try await take("again.move", "guild-node", keys) == "move-not-empty")
        }
    }

    private static func spoiled(_ whole: Data) -> [(String, Data)] {
        var cases = [0, 18, 100, 130, whole.count / 2, whole.count - 1].map { place in
            var bytes = whole
            bytes[place] ^= 1
            return ("altered at \(place)", bytes)
        }
        for length in [0, 10, 110, 130, whole.count - 1] {
            cases.append(("cut off after \(length)", whole.prefix(length)))
        }
        cases.append(("more behind it", whole + [0]))
        return cases
    }
}

/// The two operators and the officers, one command after the other.
private struct MoveScene {
    let consortium: ScenarioConsortium
    let maple: MemberID

    init(_ consortium: ScenarioConsortium) throws {
        self.consortium = consortium
        maple = try #require(MemberID("maple"))
    }

    var today: String { consortium.clock.now.date.map { "\($0)" } ?? "" }

    func file(_ name: String) -> String { consortium.site.folder.appending(path: name).path }

    func home(_ node: String) throws -> String { try consortium.home(node).folder.path }

    /// A book whose identifiers are sealed, so that they can be opened elsewhere; published.
    func importSealed() async throws {
        try await run(
            "node", "rekey-key", at: "guild-node",
            ["--member", "maple", "--out", file("here.rekey")])
        let book = try consortium.write(
            ScenarioLoan.csv([ScenarioLoan(subject: .behind, daysPastDue: 95)]), to: "maple.csv")
        try await run(
            "book", "import", at: "guild-node",
            [book, "--member", "maple", "--mapping", "plain", "--as-of", today])
        try await run("book", "publish", at: "guild-node", [])
    }

    func export(_ name: String) async throws -> Command.Output {
        try await Command.run([
            "member", "move", "export", "maple", "--home", try home("guild-node"), "--out",
            file(name), "--json",
        ])
    }

    func take(
        _ name: String, from: String = "guild-node", keys: [String] = ["here.rekey"]
    ) async throws -> Command.Output {
        try await Command.run(
            [
                "member", "move", "import", "maple", file(name), "--home", try home("cedar-node"),
                "--from", from, "--json",
            ] + keys.flatMap { ["--private-key", file($0)] })
    }

    /// The same in this process, with the rekey keys that there are.
    func takeHere(
        _ name: String, from: String = "guild-node", keys: [String] = ["here.rekey"],
        reached: @escaping (MoveStep) throws -> Void = { _ in }
    ) async throws -> Arrival {
        let halves = try RekeyKeys.privateHalves(keys.map { URL(filePath: file($0)) })
        return try await withNode("cedar-node") { node in
            try await MemberMoveImport(
                from: try #require(NodeID(from)), home: try consortium.home("cedar-node"),
                node: node, reached: reached
            ).run(
                maple, file: URL(filePath: file(name)), privateHalves: halves[maple] ?? [],
                leavesUnopened: false)
        }
    }

    /// The code with which a file is refused; nil when it is taken.
    func code(_ name: String, from: String, keys: [String]) async throws -> String? {
        do {
            _ = try await takeHere(name, from: from, keys: keys)
            return nil
        } catch NodeError.move(let refusal, _) {
            return refusal.rawValue
        } catch NodeError.file {
            return "file"
        }
    }

    func withNode<Result>(
        _ name: String, _ body: (OfflineNode) async throws -> Result
    ) async throws -> Result {
        let home = try consortium.home(name)
        let node = try OfflineNode(
            home: home, configuration: NodeConfiguration(home: home), clock: consortium.clock,
            logger: consortium.log.logger)
        defer { node.close() }
        return try await body(node)
    }

    /// Nothing in the file can be read, and nobody else may.
    func checkSealed(_ name: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: file(name)))
        for word in ["maple", "guild-node", "daysPastDue", "loan-approval"] {
            #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)")
        }
        var status = stat()
        #expect(stat(file(name), &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    /// Files that the right key opens and that are wrong otherwise, with their codes.
    func forged() async throws -> [(name: String, code: String)] {
        let form = try await withNode("cedar-node") { try await $0.context.store.moveForm() }
        let other = MoveForm(steps: form.steps + ["v99-later"], tables: form.tables)
        let short = MoveForm(steps: form.steps, tables: Array(form.tables.dropLast()))
        let cases: [(String, String, MemberID, String, MoveForm, String)] = [
            ("another version", "guild-node", maple, "cedar-node", other, "move-version"),
            ("other tables", "guild-node", maple, "cedar-node", short, "move-version"),
            (
                "another member", "guild-node", try #require(MemberID("birch")), "cedar-node", form,
                "move-other"
            ),
            ("another target", "guild-node", maple, "lakeside-node", form, "move-other"),
            ("another signature", "harbor-node", maple, "cedar-node", form, "move-file"),
        ]
        return try cases.map { name, signer, member, target, form, code in
            try forge(name, signer: signer, member, to: target, form)
            return (name, code)
        }
    }

    /// A file without rows from the old node, as `signer` would make it.
    private func forge(
        _ name: String, signer: String, _ member: MemberID, to target: String, _ form: MoveForm
    ) throws {
        let directory = try DirectoryFile.load(
            NodeConfiguration(home: try consortium.home("cedar-node")).directory)
        let key = try #require(
            try SigningKeys.files(in: try consortium.home(signer).answerKeys).first?.key)
        let source = try #require(NodeID("guild-node"))
        let header = MoveHeader(
            consortium: directory.consortium, member: member, source: source,
            target: try #require(NodeID(target)),
            name: [UInt8](repeating: 1, count: MoveHeader.nameBytes), at: consortium.clock.now,
            keyID: try #require(directory.node(source)?.answerKeys.first?.keyID), form: form)
        var writer = try MoveFileWriter(
            URL(filePath: file(name)), header: header,
            recipient: try #require(directory.member(maple)?.requestKeys.first).publicKey.bytes,
            key: key)
        try writer.finish()
    }

    /// The other node's operator makes the key of the member's requests, the officers list the member
    /// there with it, and then its operator makes the rekey key.
    func list() async throws {
        let made = try await run("node", "signing-key", at: "cedar-node", ["--member", "maple"])
        let view = try JSONDecoder().decode(KeyView.self, from: Data(made.text.utf8))
        let key = SigningKeyEntry(
            keyID: try #require(KeyName(view.keyid)),
            publicKey: try #require(PublicKeyBytes(try Base64URL.decode(view.publicKey))))
        var draft = DirectoryDraft(consortium.site.directory, version: 2)
        try draft.move(member: "maple", to: "cedar-node", requestKeys: [key])
        try consortium.site.publish(draft.directory())
        try await run(
            "node", "rekey-key", at: "cedar-node",
            ["--member", "maple", "--out", file("there.rekey")])
    }

    @discardableResult
    func run(
        _ words: String..., at node: String, _ more: [String]
    ) async throws -> Command.Output {
        let output = try await Command.run(words + more + ["--home", try home(node), "--json"])
        try #require(output.status == 0, "\(words): \(output.errors)")
        return output
    }

    private struct KeyView: Decodable {
        let keyid: String
        let publicKey: String
    }
}
