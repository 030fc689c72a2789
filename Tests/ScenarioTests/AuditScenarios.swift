import Foundation
import Testing

@Suite("Scenario: a regulator copies, checks and compares the logs of all nodes")
struct AuditScenarios {
    /// The folder of a node's copy.
    private static func copy(_ node: String, of consortium: ScenarioConsortium) -> String {
        consortium.site.folder.appending(path: "copies/\(node)").path
    }

    private static func mirror(
        _ node: String, of consortium: ScenarioConsortium, as reader: String = "regulator-node"
    ) async throws -> Command.Output {
        catchUp(consortium)
        return try await Command.run([
            "audit", "mirror", node, copy(node, of: consortium), "--home",
            consortium.home(reader).folder.path, "--json",
        ])
    }

    /// Moves the nodes' clock, which stands, to that of the command, which does not.
    private static func catchUp(_ consortium: ScenarioConsortium) {
        let now = Int64(Date().timeIntervalSince1970)
        let behind = now - consortium.clock.now.secondsSinceEpoch
        consortium.clock.advance(by: .seconds(max(0, behind)))
    }

    @Test("what was asked stands in the logs of both sides, with all evidence")
    func wholeConsortium() async throws {
        try await ScenarioConsortium.run { consortium in
            _ = try await consortium.ask(about: .behind)
            let nodes = ["harbor-node", "lakeside-node", "cedar-node", "guild-node"]
            for node in nodes {
                let mirrored = try await Self.mirror(node, of: consortium)
                #expect(mirrored.status == 0, "\(node): \(mirrored.errors)")
                let verified = try await Command.run([
                    "audit", "verify", Self.copy(node, of: consortium), "--json",
                ])
                #expect(verified.status == 0, "\(node): \(verified.text)")
                let view = try JSONDecoder().decode(
                    VerificationView.self, from: Data(verified.text.utf8))
                #expect(view.findingCount == 0)
                #expect(view.entries["filter-published", default: 0] >= 1)
                #expect(view.entries["evaluation-answered", default: 0] >= 1)
                #expect(!verified.text.contains(ScenarioSubject.behind.identifier))
            }
            let folders = nodes.map { Self.copy($0, of: consortium) }
            let compared = try await Command.run(["audit", "reconcile"] + folders + ["--json"])
            #expect(compared.status == 0, "\(compared.text)")
            let chinese = try await Command.run(
                ["audit", "reconcile", "--lang", "zh"] + folders)
            #expect(chinese.text.contains("未发现问题"))
            try await Self.report(folders, in: consortium.site.folder)
        }
    }

    /// The report of copies that are without fault, in all its forms.
    private static func report(_ folders: [String], in folder: URL) async throws {
        let (page, tables) = (folder.appending(path: "page.html"), folder.appending(path: "csv"))
        let made = try await Command.run(
            ["audit", "report", "--json", "--html", page.path, "--csv", tables.path] + folders)
        #expect(made.status == 0, "\(made.text)\(made.errors)")
        let view = try JSONDecoder().decode(AuditReportView.self, from: Data(made.text.utf8))
        #expect(view.findingCount == 0 && view.zone == "Asia/Shanghai")
        #expect(view.members.map(\.member) == ["harbor"])
        // Two nodes hold the borrower.
        #expect(view.members.map(\.hits) == [2])
        let csv = try FileManager.default.contentsOfDirectory(atPath: tables.path)
        #expect(csv.count == 11)
        for file in [page] + csv.map({ tables.appending(path: $0) }) {
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[
                .posixPermissions]
            #expect(mode as? Int == 0o600)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains(ScenarioSubject.behind.identifier))
        }
        let zone = try await Command.run(["audit", "report", "--json", "--zone", "x"] + folders)
        #expect(zone.status == 1 && zone.errorCode == "usage")
    }

    @Test("a lender may not read another's entries, and hears the stable code")
    func notSupervised() async throws {
        try await ScenarioConsortium.run { consortium in
            Self.catchUp(consortium)
            let refused = try await Command.run([
                "audit", "mirror", "lakeside-node", Self.copy("lakeside-node", of: consortium),
                "--home", consortium.home("harbor-node").folder.path, "--member", "harbor",
                "--json",
            ])
            #expect(refused.status == 1)
            #expect(refused.errorCode == "unreachable")
            #expect(refused.errors.contains("not-supervised"))
        }
    }

    @Test("what is no copy, or was changed, is told with the stable code")
    func noCopy() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let verified = try await Command.run(["audit", "verify", folder.path, "--json"])
        #expect(verified.status == 1)
        #expect(verified.errorCode == "file")
    }
}

/// What the tests read of `audit verify --json`.
private struct VerificationView: Decodable {
    let size: Int
    let findingCount: Int
    let entries: [String: Int]
}

/// What the tests read of `audit report --json`.
private struct AuditReportView: Decodable {
    let findingCount: Int
    let zone: String
    let members: [Member]

    struct Member: Decodable {
        let member: String
        let hits: Int
    }
}
