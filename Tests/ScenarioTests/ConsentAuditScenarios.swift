import Foundation
import NodeAssembly
import Testing

@Suite("Scenario: a regulator demands the evidence of consents")
struct ConsentAuditScenarios {
    @Test("the lender answers with the random bytes and its file, and the digest is made anew")
    func demanded() async throws {
        try await ScenarioConsortium.run(absent: ["harbor-node"]) { consortium in
            let harbor = try consortium.home("harbor-node")
            let copy = consortium.site.folder.appending(path: "copy").path
            try await ScenarioNode.run([harbor], clock: consortium.clock, log: consortium.log) {
                _ in
                let asked = try await Command.run(
                    consortium.querying(), input: ScenarioSubject.behind.input)
                #expect(asked.status == 0, "\(asked.errors)")
                try await Self.mirror("harbor-node", to: copy, of: consortium)
            }
            let choice = [copy, "--sample", "5", "--seed", "0000000000000001", "--json"]
            let demand = try await Command.run(["audit", "consents"] + choice)
            #expect(demand.status == 0, "\(demand.errors)")
            let view = try JSONDecoder().decode(DemandView.self, from: Data(demand.text.utf8))
            // Two nodes hold something of the subject; the consent is one.
            #expect(view.consents.count == 2)
            #expect(Set(view.consents.map(\.reference)).count == 1)
            let reference = try #require(view.consents.first).reference

            let handed = consortium.site.folder.appending(path: "handed")
            let answered = try await Command.run([
                "node", "consents", "--home", harbor.folder.path, "--demand",
                try consortium.write(demand.text, to: "demand.json"), "--out", handed.path,
                "--json",
            ])
            #expect(answered.status == 0, "\(answered.errors)")
            let salt = handed.appending(path: "\(reference).salt")
            let attributes = try FileManager.default.attributesOfItem(atPath: salt.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)

            let check = ["audit", "consents"] + choice + ["--files", handed.path]
            let without = try await Command.run(check)
            #expect(without.status == 3)
            #expect(without.text.contains("consent-file-missing"))
            try Data("An invented consent.".utf8)
                .write(to: handed.appending(path: "\(reference).txt"))
            let whole = try await Command.run(check)
            #expect(whole.status == 0, "\(whole.text)")
            try Data("Another.".utf8).write(to: handed.appending(path: "\(reference).txt"))
            let other = try await Command.run(check)
            #expect(other.status == 3)
            #expect(other.text.contains("consent-file-differs"))
        }
    }

    @Test(
        "a lender that answers on a consent that its log was never told of is found, and stays so when it tells it afterwards"
    )
    func untold() async throws {
        try await ScenarioConsortium.run(absent: ["lakeside-node"]) { consortium in
            let lakeside = try consortium.home("lakeside-node")
            let copy = consortium.site.folder.appending(path: "copy").path
            let honest = ScenarioLoan.books["lakeside", default: []]
            try await consortium.importBook(
                honest + [ScenarioLoan(subject: .good, account: "A-3")], of: "lakeside",
                isTold: false)
            try await ScenarioNode.run([lakeside], clock: consortium.clock, log: consortium.log) {
                _ in
                for subject in [ScenarioSubject.behind, .good] {
                    let report = try await consortium.ask(about: subject)
                    #expect(report.story["lakeside"] == "record")
                }
                try await Self.mirror("lakeside-node", to: copy, of: consortium)
            }
            let answers = ["audit", "answers", copy, "--json"]
            let found = try await Command.run(answers)
            #expect(found.status == 3)
            let view = try JSONDecoder().decode(AnswersView.self, from: Data(found.text.utf8))
            // The other answer rests on one that was told when it was imported.
            #expect(view.answers == 2)
            #expect(view.findings.map(\.code) == ["consent-unrecorded"])
            let index = try #require(view.findings.first).index
            #expect(view.findings.map(\.proof) == ["evidence/\(index)"])
            #expect(
                FileManager.default.fileExists(atPath: "\(copy)/evidence/\(index)"))

            // The consent gets another end, and the log is told.
            try await consortium.importBook(
                honest + [
                    ScenarioLoan(
                        subject: .good, account: "A-3", consentEnds: "2098-01-05T09:00:00Z")
                ], of: "lakeside")
            try await ScenarioNode.run([lakeside], clock: consortium.clock, log: consortium.log) {
                _ in try await Self.mirror("lakeside-node", to: copy, of: consortium)
            }
            let later = try await Command.run(answers)
            #expect(later.status == 3)
            let still = try JSONDecoder().decode(AnswersView.self, from: Data(later.text.utf8))
            #expect(still.findings == view.findings)
        }
    }

    /// Copies a log as the regulator; the nodes' clock, which stands, is moved to the command's.
    private static func mirror(
        _ node: String, to copy: String, of consortium: ScenarioConsortium
    ) async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let behind = now - consortium.clock.now.secondsSinceEpoch
        consortium.clock.advance(by: .seconds(max(0, behind)))
        let mirrored = try await Command.run([
            "audit", "mirror", node, copy, "--home",
            consortium.home("regulator-node").folder.path,
        ])
        #expect(mirrored.status == 0, "\(mirrored.errors)")
    }
}

/// What the tests read of `audit answers --json`.
private struct AnswersView: Decodable {
    let answers: Int
    let findings: [Finding]

    struct Finding: Decodable, Equatable {
        let code: String
        let index: Int
        let proof: String
    }
}

/// What the tests read of `audit consents --json`.
private struct DemandView: Decodable {
    let consents: [Consent]

    struct Consent: Decodable {
        let reference: String
    }
}
