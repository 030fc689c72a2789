import Exchange
import Foundation
import Membership
import StrictJSON
import Testing

@testable import Audit

@Suite("The examiner's report")
struct ReportTests {
    private func report(
        _ scene: AuditScene, of nodes: [SceneNode]? = nil, zone: String = "+08:00"
    ) throws -> AuditReport {
        try ReportBuilder(
            (nodes ?? [scene.harbor, scene.lakeside]).map(scene.copy),
            zone: sample(ReportZone(zone)), at: scene.clock.now
        ).run()
    }

    /// The rows of a table, by its stable names.
    private func rows(_ report: AuditReport, _ name: String) throws -> [[String: String]] {
        let section = try sample(report.sections(in: .english).first { $0.name == name })
        return section.rows.map { row in
            Dictionary(uniqueKeysWithValues: zip(section.columns.map(\.name), row.map(\.text)))
        }
    }

    @Test("counts an exchange once, whichever sides' logs there are")
    func volumes() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<5)
        try await scene.mirrorBoth()
        for nodes in [[scene.harbor, scene.lakeside], [scene.harbor], [scene.lakeside]] {
            let report = try report(scene, of: nodes)
            #expect(report.findingCount == 0)
            let member = try sample(try rows(report, "members").first)
            #expect(member["member"] == "harbor" && member["node"] == "harbor-node")
            #expect(member["queries"] == "5" && member["subjects"] == "5")
            let purpose = try sample(try rows(report, "purposes").first)
            #expect(purpose["purpose"] == "loan-approval" && purpose["subjects"] == "5")
        }
        // The answerer's log says by its evidence how it ended.
        let alone = try rows(try report(scene, of: [scene.lakeside]), "members")
        #expect(alone.first?["none"] == "5")
    }

    @Test("counts refusals by their code, and repeats no code that is none")
    func refusals() async throws {
        let scene = try AuditScene()
        let codes = ["name-mismatch", "name-mismatch", "held-back", "<b>9999</b>"]
        for (number, code) in codes.enumerated() {
            try await scene.exchange(
                number, result: ["outcome": "refused", "code": .string(code)]
            ).log()
        }
        let found: JSONValue = [
            "outcome": "found", "withheld": [["member": "reed", "code": "consent-purpose"]],
        ]
        try await scene.exchange(9, result: found).log()
        try await scene.mirrorBoth()
        let rows = try rows(try report(scene), "refusals")
        let texts = rows.map { "\($0["code"] ?? "") \($0["extent"] ?? "") \($0["count"] ?? "")" }
        #expect(
            texts == [
                "consent-purpose record 1", "held-back subject 1", "name-mismatch subject 2",
                "unknown subject 1",
            ])
    }

    @Test("sets purposes against the consents that came with them")
    func consents() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0, consentPurposes: ["loan-approval"]).log()
        for number in 1..<3 {
            try await scene.exchange(
                number, consentPurposes: ["post-loan"],
                result: ["outcome": "refused", "code": "consent-purpose"]
            ).log()
        }
        try await scene.exchange(
            3, consentPurposes: ["post-loan"], result: ["outcome": "found"]
        ).log()
        try await scene.mirrorBoth()
        for nodes in [[scene.harbor, scene.lakeside], [scene.lakeside]] {
            let seen = try report(scene, of: nodes).observations
            #expect(seen.map(\.code) == [.consentMismatch, .disclosedWithoutConsent])
            #expect(seen.map(\.count) == [2, 1])
            #expect(seen.map(\.index) == [1, 3])
            #expect(seen.map(\.node) == [scene.lakeside.id, scene.lakeside.id])
        }
        // Without the answerer's log the asker's says what was asked, not what was handed out.
        let alone = try report(scene, of: [scene.harbor]).observations
        #expect(alone.map(\.code) == [.consentMismatch])
        #expect(alone.map(\.count) == [3])
    }

    @Test("lists what is wrong with the logs, with what to look at next")
    func findings() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<3)
        try await scene.exchange(3).logAnswered()
        try await scene.mirrorBoth()
        try scene.copy(of: scene.harbor).folder.appending(path: "tile/0/000.p/6")
            .changeByte(at: 7)
        try FileManager.default.removeItem(
            at: scene.copy(of: scene.lakeside).folder.appending(path: "evidence/1"))
        let report = try report(scene)
        #expect(report.findingCount == 3)
        #expect(report.findings.map(\.code) == [.tileAltered, .evidenceMissing, .askerLacks])
        let codes = try rows(report, "finding-codes")
        #expect(codes.map { $0["code"] } == ["asker-lacks", "evidence-missing", "tile-altered"])
        #expect(codes.allSatisfy { $0["next"]?.isEmpty == false })
        #expect(try rows(report, "findings").map { $0["node"] }.count == 3)
    }

    @Test("names a copy without a signed checkpoint, and counts nothing of it")
    func unsigned() async throws {
        let scene = try AuditScene()
        try await scene.exchange(0..<3)
        try await scene.mirrorBoth()
        try scene.copy(of: scene.harbor).folder.appending(path: "checkpoint").changeByte(at: 60)
        let report = try report(scene)
        #expect(report.findings.map(\.code) == [.checkpointUnsigned])
        #expect(report.logs.map(\.verification.node) == [scene.harbor.id, scene.lakeside.id])
        #expect(report.logs.map { $0.span == nil } == [true, false])
    }

    @Test(
        "says what to do about everything that can be found", arguments: AuditFinding.Code.allCases)
    func next(code: AuditFinding.Code) {
        #expect(!code.next.english.isEmpty && !code.next.chinese.isEmpty)
        #expect(code.next.english != code.next.chinese)
    }

    @Test("puts quotes where CSV needs them, and an apostrophe before a formula")
    func csv() {
        let section = ReportSection(
            name: "x", title: "X", method: "",
            columns: [.init(name: "a", heading: "A"), .init(name: "b", heading: "B")],
            rows: [
                [.text("=1+1"), .count(-3)], [.text(#"say "no", or"#), .none],
                [.text("two\r\nlines"), .text("@x")],
            ])
        #expect(
            section.csv == "a,b\r\n'=1+1,'-3\r\n\"say \"\"no\"\", or\",\r\n"
                + "\"two\r\nlines\",'@x\r\n")
    }
}
