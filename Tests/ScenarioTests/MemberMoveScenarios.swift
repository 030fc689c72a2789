import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import Testing

/// As protocol/leaving.md has it ("To another node"): by the commands that there are.
@Suite("Scenario: a member moves to another node")
struct MemberMoveScenarios {
    @Test("its book goes along under the other node's key, and the old node keeps nothing of it")
    func move() async throws {
        try await ScenarioConsortium.offline(books: ["birch": [ScenarioLoan(subject: .small)]]) {
            consortium in
            let scene = MoveScene(consortium)
            try await scene.importSealed()
            let exported = try await scene.export()
            let key = try await scene.makeKey()
            try scene.publish(key)

            try await scene.run(
                "node", "rekey-key", at: "cedar-node",
                [
                    "--member", "maple", "--out", scene.file("there.rekey"),
                ])
            let imported = try await scene.run(
                "book", "import", at: "cedar-node",
                [
                    exported, "--member", "maple", "--mapping", "plain", "--as-of", scene.today,
                ])
            #expect(imported.text.contains("\"rejected\": 0"), "\(imported.text)")
            try await scene.run("book", "publish", at: "cedar-node", [])
            // Not before the other node has it all.
            let left = try await scene.run("member", "leave", at: "guild-node", ["maple", "--yes"])
            #expect(left.text.contains("\"account\": 1"))

            let homes = try ["harbor-node", "cedar-node", "guild-node"].map {
                try consortium.home($0)
            }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                nodes in
                let running = ScenarioConsortium(
                    site: consortium.site, clock: consortium.clock, log: consortium.log,
                    nodes: nodes)
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
    }
}

/// The two operators and the officers, one command after the other.
private struct MoveScene {
    private let consortium: ScenarioConsortium

    init(_ consortium: ScenarioConsortium) { self.consortium = consortium }

    var today: String { consortium.clock.now.date.map { "\($0)" } ?? "" }

    func file(_ name: String) -> String { consortium.site.folder.appending(path: name).path }

    /// A book whose identifiers are sealed, so that they can be given back.
    func importSealed() async throws {
        try await run(
            "node", "rekey-key", at: "guild-node",
            ["--member", "maple", "--out", file("here.rekey")])
        let book = try consortium.write(
            ScenarioLoan.csv([ScenarioLoan(subject: .behind, daysPastDue: 95)]), to: "maple.csv")
        try await run(
            "book", "import", at: "guild-node",
            [
                book, "--member", "maple", "--mapping", "plain", "--as-of", today,
            ])
    }

    /// The source's operator gives the book back; returns its file.
    func export() async throws -> String {
        try await run(
            "book", "export", at: "guild-node",
            [
                "--member", "maple", "--private-key", file("here.rekey"), "--out",
                file("moving.csv"),
            ])
        return file("moving.csv")
    }

    /// The other node's operator makes the key of the member's requests.
    func makeKey() async throws -> SigningKeyEntry {
        let made = try await run("node", "signing-key", at: "cedar-node", ["--member", "maple"])
        let view = try JSONDecoder().decode(KeyView.self, from: Data(made.text.utf8))
        return SigningKeyEntry(
            keyID: try #require(KeyName(view.keyid)),
            publicKey: try #require(PublicKeyBytes(try Base64URL.decode(view.publicKey))))
    }

    /// The officers list the member on the other node, with that key.
    func publish(_ key: SigningKeyEntry) throws {
        var draft = DirectoryDraft(consortium.site.directory, version: 2)
        try draft.move(member: "maple", to: "cedar-node", requestKeys: [key])
        try consortium.site.publish(draft.directory())
    }

    @discardableResult
    func run(
        _ words: String..., at node: String, _ more: [String]
    ) async throws -> Command.Output {
        let home = try consortium.home(node).folder.path
        let output = try await Command.run(words + more + ["--home", home, "--json"])
        try #require(output.status == 0, "\(words): \(output.errors)")
        return output
    }

    private struct KeyView: Decodable {
        let keyid: String
        let publicKey: String
    }
}
