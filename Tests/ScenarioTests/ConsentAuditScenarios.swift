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
                let now = Int64(Date().timeIntervalSince1970)
                let behind = now - consortium.clock.now.secondsSinceEpoch
                consortium.clock.advance(by: .seconds(max(0, behind)))
                let mirrored = try await Command.run([
                    "audit", "mirror", "harbor-node", copy, "--home",
                    consortium.home("regulator-node").folder.path,
                ])
                #expect(mirrored.status == 0, "\(mirrored.errors)")
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
}

/// What the tests read of `audit consents --json`.
private struct DemandView: Decodable {
    let consents: [Consent]

    struct Consent: Decodable {
        let reference: String
    }
}
