import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing
import TransparencyLog

@Suite("Scenario: a regulator opens blind evaluations")
struct OpeningScenarios {
    private static let nodes = ["harbor-node", "lakeside-node", "cedar-node", "guild-node"]

    /// The usual consortium, whose charter wants evaluations openable.
    private static func plan() throws -> ConsortiumPlan {
        let plan = try ScenarioPlan.make()
        var charter = plan.charter
        let regulator: MemberID = try #require(MemberID("regulator"))
        charter.openingRegulator = regulator
        return ConsortiumPlan(
            consortium: plan.consortium, charter: charter, nodes: plan.nodes)
    }

    private static func copy(_ node: String, of consortium: ScenarioConsortium) -> String {
        consortium.site.folder.appending(path: "copies/\(node)").path
    }

    /// Copies and checks the logs of all nodes.
    private static func mirror(_ consortium: ScenarioConsortium) async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let behind = now - consortium.clock.now.secondsSinceEpoch
        consortium.clock.advance(by: .seconds(max(0, behind)))
        for node in nodes {
            let mirrored = try await Command.run([
                "audit", "mirror", node, copy(node, of: consortium), "--home",
                consortium.home("regulator-node").folder.path, "--json",
            ])
            #expect(mirrored.status == 0, "\(node): \(mirrored.errors)")
            let verified = try await Command.run([
                "audit", "verify", copy(node, of: consortium), "--json",
            ])
            #expect(verified.status == 0, "\(node): \(verified.text)")
        }
    }

    private static func open(
        _ consortium: ScenarioConsortium, _ arguments: [String]
    ) async throws -> Command.Output {
        try await Command.run(
            ["audit", "open"] + nodes.map { copy($0, of: consortium) }
                + ["--keys", consortium.site.openingKeys.path, "--json"] + arguments)
    }

    @Test("what was asked blindly opens, and both nodes log for what it was handed over")
    func opens() async throws {
        try await ScenarioConsortium.run(plan: Self.plan()) { consortium in
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["lakeside"] == "record")
            try await Self.mirror(consortium)
            let live = [
                "--home", try consortium.home("regulator-node").folder.path, "--authority",
                "Order 2026/113", "--sample", "10", "--seed", "00000000000000ab",
            ]
            let opened = try await Self.open(consortium, live)
            #expect(opened.status == 0, "\(opened.text) \(opened.errors)")
            #expect(!opened.text.contains(ScenarioSubject.behind.identifier))
            let view = try JSONDecoder().decode(OpeningView.self, from: Data(opened.text.utf8))
            // One evaluation at each of the other three nodes, of which two hold something.
            #expect(view.opened == 3)
            #expect(view.compared == 3)
            #expect(view.followed == 2)
            #expect(view.seed == "00000000000000ab")

            let again = try await Self.open(
                consortium, ["--offline", "--member", "harbor", "--identifiers"])
            #expect(again.status == 0, "\(again.errors)")
            let shown = try JSONDecoder().decode(OpeningView.self, from: Data(again.text.utf8))
            #expect(
                shown.evaluations.flatMap(\.subjects).map(\.identifier)
                    == Array(repeating: ScenarioSubject.behind.identifier, count: 3))
            for node in ["harbor-node": 3, "lakeside-node": 1, "cedar-node": 1] {
                let reads = try await consortium.node(node.key).openingReads()
                #expect(reads.count == node.value, "\(node.key)")
                #expect(reads.allSatisfy { $0.peerMember?.text == "regulator" })
            }
            // The entries of the opening check, and so does their evidence.
            try await Self.mirror(consortium)
            try await Self.search(consortium)
        }
    }

    /// The regulator types an identifier; it is found through the boxes, each entry with its proof.
    private static func search(_ consortium: ScenarioConsortium) async throws {
        let proofs = consortium.site.folder.appending(path: "proofs")
        let search = ["audit", "search"] + nodes.map { copy($0, of: consortium) } + ["--json"]
        let keys = [
            "--scheme", "cn-rid", "--subject", "-", "--opening-keys",
            consortium.site.openingKeys.path,
        ]
        let found = try await Command.run(
            search + keys + ["--proofs", proofs.path], input: ScenarioSubject.behind.identifier)
        #expect(found.status == 0, "\(found.errors)")
        #expect(!found.text.contains(ScenarioSubject.behind.identifier))
        let view = try JSONDecoder().decode(SearchView.self, from: Data(found.text.utf8))
        let kinds = Set(view.matches.map(\.type))
        #expect(kinds.isSuperset(of: ["evaluation-asked", "evaluation-answered", "query-asked"]))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: proofs.path).count == view.count)
        for (subject, count) in [(ScenarioSubject.unknown, 0), (.good, 0)] {
            let none = try await Command.run(search + keys, input: subject.identifier)
            #expect(none.status == 0, "\(none.errors)")
            let view = try JSONDecoder().decode(SearchView.self, from: Data(none.text.utf8))
            #expect(view.count == count)
        }
        let mistyped = try await Command.run(
            search + keys, input: ScenarioSubject.behind.mistyped)
        #expect(mistyped.status == 1 && mistyped.errorCode == "invalid-identifier")
        #expect(!mistyped.errors.contains(ScenarioSubject.behind.mistyped))
        let byOutcome = try await Command.run(
            search + ["--member", "harbor", "--outcome", "found"])
        let asked = try JSONDecoder().decode(SearchView.self, from: Data(byOutcome.text.utf8))
        #expect(asked.matches.contains { $0.node == "harbor-node" })
    }

    @Test("nobody else gets boxes, whatever the authority, and the keys lie on no node")
    func others() async throws {
        try await ScenarioConsortium.run(plan: Self.plan()) { consortium in
            _ = try await consortium.ask(about: .behind)
            try await consortium.call("harbor-node", as: "lakeside-node") { caller in
                let answer = try await caller.get("/v1/evidence/0?authority=QQ")
                #expect(answer.verdict == "403 not-supervised")
            }
            try await consortium.call("harbor-node", as: "regulator-node") { caller in
                let entries = try await consortium.node("harbor-node").allEntries()
                let place = try #require(
                    entries.firstIndex { $0.type == .evaluationAsked })
                let bare = try await caller.get("/v1/evidence/\(place)")
                #expect(bare.verdict == "200")
                #expect(String(decoding: bare.body, as: UTF8.self).contains(#""boxes":[]"#))
                let odd = try await caller.get("/v1/evidence/1?authority=")
                #expect(odd.verdict == "404 not-found")
            }
            for node in consortium.nodes {
                let files = try FileManager.default.subpathsOfDirectory(
                    atPath: node.home.folder.path)
                #expect(!files.contains { $0.contains("opening") })
            }
        }
    }

    @Test("an asking that is not sealed is refused, after it was signed and before it costs quota")
    func unsealed() async throws {
        try await ScenarioConsortium.run(plan: Self.plan()) { consortium in
            try await consortium.call("lakeside-node", as: "harbor-node") { caller in
                let answer = try await caller.post(
                    "/v1/evaluations", MessageText.evaluation())
                #expect(answer.verdict == "400 bad-request")
                let sealed = String(repeating: "A", count: 43)
                let body = String(decoding: MessageText.evaluation(), as: UTF8.self)
                    .replacingOccurrences(of: "}", with: ",\"sealed\":\"\(sealed)\"}")
                let answered = try await caller.post("/v1/evaluations", Array(body.utf8))
                #expect(answered.verdict == "200")
            }
        }
    }

    @Test("keys are made for months, one each, and printed for the directory")
    func keys() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "opening-keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = [
            "audit", "opening-key", "--month", "2026-12", "--months", "2", "--out", folder.path,
            "--json",
        ]
        let made = try await Command.run(arguments)
        #expect(made.status == 0, "\(made.errors)")
        let view = try JSONDecoder().decode(KeysView.self, from: Data(made.text.utf8))
        #expect(view.openingKeys.map(\.month) == ["2026-12", "2027-01"])
        for key in view.openingKeys {
            let file = folder.appending(path: "\(key.kid).key")
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(attributes[.size] as? Int == 32)
            #expect(
                !made.text.contains(try Data(contentsOf: file).base64EncodedString().prefix(40)))
        }
        let again = try await Command.run(arguments)
        #expect(again.status == 1)
        #expect(again.errorCode == "file")
        let wrong = try await Command.run([
            "audit", "opening-key", "--month", "2026-13", "--out", folder.path, "--json",
        ])
        #expect(wrong.errorCode == "usage")
    }
}

extension ScenarioNode {
    /// The entries of what was read for an authority, of its first 256.
    fileprivate func openingReads() async throws -> [LogEntry] {
        try await allEntries().filter { $0.type == .auditRead && $0.caseCommitment != nil }
    }

    /// The entries of its log, of its first 256.
    fileprivate func allEntries() async throws -> [LogEntry] {
        let log = parts.offline.context.log
        let size = try await log.checkpoint().checkpoint.head.size.value
        let id = try #require(EntryBundleID(index: 0, width: min(size, 256)))
        let bytes = try #require(try await log.entries(id))
        return try EntryBundle(bytes: bytes, count: id.width).entries.map(LogEntry.init(bytes:))
    }
}

/// What the tests read of `audit open --json`.
private struct OpeningView: Decodable {
    let seed: String?
    let opened: Int
    let compared: Int
    let followed: Int
    let evaluations: [Evaluation]

    struct Evaluation: Decodable {
        let subjects: [Subject]
    }

    struct Subject: Decodable {
        let identifier: String?
    }
}

/// What the tests read of `audit opening-key --json`.
private struct KeysView: Decodable {
    let openingKeys: [Key]

    struct Key: Decodable {
        let kid: String
        let month: String
    }
}

/// What the tests read of `audit search --json`.
private struct SearchView: Decodable {
    let count: Int
    let matches: [Match]

    struct Match: Decodable {
        let node: String
        let type: String
    }
}
