import Book
import Exchange
import RiskStandard
import Testing

@Suite("Scenario: one lender asks all others")
struct MainJobScenarios {
    @Test("a borrower with records at two lenders")
    func twoLenders() async throws {
        try await ScenarioConsortium.run { consortium in
            let report = try await consortium.ask(about: .behind)
            #expect(
                report.story == [
                    "lakeside": "record", "maple": "record", "cedar": "no-record",
                    "birch": "no-record", "willow": "no-record",
                ])
            #expect(report.isComplete)
            let worst = try #require(report.verdict(withDisputed: true))
            #expect(worst.riskClass == .substandard)
            #expect(worst.decidedBy.description == "cn-2023/11.1")
            #expect(worst.member.description == "lakeside")
            #expect(report.lendersWithOpenAccount == 2)
            #expect(report.records.allSatisfy { $0.findings.isEmpty && !$0.isStale })
            #expect(report.own == nil)
            #expect(report.countedInquiry)
        }
    }

    @Test("a borrower whom nobody knows, or of whom nothing may be said")
    func nothingToSay() async throws {
        try await ScenarioConsortium.run { consortium in
            let unknown = try await consortium.ask(about: .unknown)
            #expect(unknown.story.values.allSatisfy { $0 == "no-record" })
            #expect(unknown.story.count == 5)
            #expect(unknown.isComplete)
            #expect(unknown.verdict(withDisputed: true) == nil)

            let elsewhere = try await consortium.ask(about: .postLoanOnly)
            #expect(elsewhere.story["cedar"] == "refused consent-purpose")
            #expect(elsewhere.story["lakeside"] == "no-record")
            #expect(!elsewhere.isComplete)
            #expect(elsewhere.records.isEmpty)

            let ended = try await consortium.ask(about: .consentEnded)
            #expect(ended.story["cedar"] == "refused consent-expired")
            let never = try await consortium.ask(about: .withoutConsent)
            #expect(never.story["lakeside"] == "refused consent-purpose")

            let postLoan = try await consortium.ask(about: .postLoanOnly, purpose: .postLoan)
            #expect(postLoan.story["cedar"] == "record")
            #expect(postLoan.isComplete)
            #expect(!postLoan.countedInquiry)
        }
    }

    @Test("a number that belongs to somebody else")
    func nameMismatch() async throws {
        try await ScenarioConsortium.run { consortium in
            let wrong = try await consortium.ask(about: .small, name: "张打错")
            // A refusal names no lender, so that it stands for all of the node.
            #expect(
                wrong.story == [
                    "lakeside": "no-record", "cedar": "no-record",
                    "maple": "refused name-mismatch", "birch": "refused name-mismatch",
                    "willow": "refused name-mismatch",
                ])
            #expect(!wrong.isComplete)

            let right = try await consortium.ask(about: .small, name: " 吴·示例 ")
            #expect(right.story["birch"] == "record")
            #expect(right.isComplete)
        }
    }

    @Test("the asker's own record stands beside the others")
    func ownRecord() async throws {
        try await ScenarioConsortium.run { consortium in
            let report = try await consortium.ask(about: .shared)
            #expect(report.own?.member.description == "harbor")
            #expect(report.own?.accounts.count == 1)
            #expect(report.story["willow"] == "record")
            #expect(report.story["harbor"] == nil)
            #expect(report.lendersWithOpenAccount == 2)
            #expect(report.verdict(withDisputed: true)?.riskClass == .specialMention)
        }
    }

    @Test("a lender asks the others of its own node by the same rules, without network")
    func sameNode() async throws {
        try await ScenarioConsortium.run { consortium in
            let report = try await consortium.ask(about: .behind, as: "birch")
            #expect(
                report.story == [
                    "harbor": "no-record", "lakeside": "record", "cedar": "no-record",
                    "maple": "record", "willow": "no-record",
                ])
            let mistaken = try await consortium.ask(about: .behind, as: "birch", name: "张打错")
            #expect(mistaken.story["maple"] == "refused name-mismatch")
            #expect(mistaken.story["lakeside"] == "refused name-mismatch")
        }
    }

    @Test("whoever may not ask asks nobody")
    func mayNotAsk() async throws {
        try await ScenarioConsortium.run { consortium in
            await #expect(throws: AskError.mayNotAsk) {
                try await consortium.ask(about: .unknown, as: "regulator")
            }
            await #expect(throws: AskError.purpose) {
                try await consortium.ask(about: .unknown, purpose: .judicial)
            }
            try await consortium.publish { try $0.set(.suspended, ofMember: "harbor") }
            await #expect(throws: AskError.mayNotAsk) {
                try await consortium.ask(about: .unknown)
            }
        }
    }

    @Test("a charter that wants names gets no question without one")
    func nameRequired() async throws {
        let plan = try ScenarioPlan.make(nameCheck: .required)
        try await ScenarioConsortium.run(plan: plan) { consortium in
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["lakeside"] == "record")
            await #expect(throws: AskError.nameMissing) {
                try await consortium.ask(about: .behind, name: "")
            }
        }
    }
}
