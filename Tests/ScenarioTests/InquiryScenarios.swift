import Exchange
import Testing

@Suite("Scenario: inquiries are shared")
struct InquiryScenarios {
    /// In nobody's book.
    private static let applicant = ScenarioSubject.person(777, name: "申请者")

    @Test("an applicant without a loan who asks five lenders in a row shows five at the sixth")
    func fiveInARow() async throws {
        try await ScenarioConsortium.run { consortium in
            for (count, lender) in ["harbor", "lakeside", "cedar", "maple", "birch"].enumerated() {
                let report = try await consortium.ask(
                    about: Self.applicant, as: lender, caseName: "application")
                #expect(report.countedInquiry, "\(lender)")
                #expect(report.inquiries.days30 == count, "\(lender)")
                #expect(report.isComplete, "\(lender)")
                try await consortium.settle()
            }
            let sixth = try await consortium.ask(about: Self.applicant, as: "willow")
            #expect(sixth.inquiries == InquiryCounts(days30: 5, days90: 5, days365: 5))
            #expect(sixth.story.values.allSatisfy { $0 == "record" })
            #expect(sixth.records.allSatisfy { $0.summary.accounts.isEmpty })
            #expect(sixth.verdict(withDisputed: true) == nil)
            #expect(sixth.lendersWithOpenAccount == 0)
        }
    }

    @Test("asking again within one case counts once, for another case again")
    func repeats() async throws {
        try await ScenarioConsortium.run { consortium in
            let first = try await consortium.ask(about: Self.applicant, caseName: "case 1")
            let again = try await consortium.ask(about: Self.applicant, caseName: "case 1")
            let other = try await consortium.ask(about: Self.applicant, caseName: "case 2")
            #expect([first, again, other].map(\.countedInquiry) == [true, false, true])
            try await consortium.settle()
            let seen = try await consortium.ask(about: Self.applicant, as: "cedar")
            #expect(seen.inquiries.days30 == 2)
        }
    }

    @Test("a soft purpose leaves no trace; an inquiry is shown by a lender whose book is old")
    func softAndOld() async throws {
        try await ScenarioConsortium.run { consortium in
            _ = try await consortium.ask(about: Self.applicant, purpose: .creditLine)
            try await consortium.settle()
            let afterSoft = try await consortium.ask(about: Self.applicant, as: "cedar")
            #expect(afterSoft.inquiries.days365 == 0)
            #expect(afterSoft.story["harbor"] == "no-record")

            consortium.clock.advance(by: .seconds(20 * 86_400))
            try await consortium.settle()
            let later = try await consortium.ask(about: Self.applicant, as: "lakeside")
            #expect(later.inquiries == InquiryCounts(days30: 1, days90: 1, days365: 1))
            // Their books are older than the charter allows by now: a miss is no "no record".
            #expect(later.story["cedar"] == "record")
            #expect(later.story["harbor"] == "stale")
            #expect(!later.isComplete)
        }
    }

    @Test("an inquiry is not shown for a purpose to which the applicant did not agree")
    func inquiryNeedsConsent() async throws {
        try await ScenarioConsortium.run { consortium in
            _ = try await consortium.ask(about: Self.applicant, purpose: .loanApproval)
            try await consortium.settle()
            let report = try await consortium.ask(
                about: Self.applicant, as: "cedar", purpose: .guarantorReview)
            #expect(report.story["harbor"] == "refused consent-purpose")
            #expect(report.inquiries.days30 == 0)
        }
    }

    @Test("inquiries survive a restart of the node that keeps them")
    func restart() async throws {
        try await ScenarioConsortium.run(absent: ["lakeside-node"]) { consortium in
            let homes = [try consortium.home("lakeside-node")]
            for _ in 0..<2 {
                try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                    let all = ScenarioConsortium(
                        site: consortium.site, clock: consortium.clock, log: consortium.log,
                        nodes: consortium.nodes + $0)
                    let asked = try await all.ask(
                        about: Self.applicant, as: "lakeside", caseName: "one")
                    #expect(asked.isComplete)
                }
            }
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) {
                let all = ScenarioConsortium(
                    site: consortium.site, clock: consortium.clock, log: consortium.log,
                    nodes: consortium.nodes + $0)
                try await all.settle()
                let seen = try await all.ask(about: Self.applicant, as: "cedar")
                #expect(seen.inquiries.days30 == 1)
                #expect(seen.story["lakeside"] == "record")
            }
        }
    }
}
