import Testing

@testable import RiskStandard

@Suite("Worked cases of cn-2023: rising out of non-performing")
struct CureTests {
    /// Case 30: substandard, monthly, arrears paid on 15 January.
    private static func cured(_ change: (inout LoanFacts) -> Void = { _ in }) -> LoanFacts {
        .with {
            $0.daysPastDue = .known(0)
            $0.wasNonPerforming = .known(true)
            $0.arrearsClearedOn = .known(day("2025-01-15"))
            $0.periodsPaid = .known(6)
            $0.paymentPeriodMonths = .known(1)
            $0.ableToPerform = .known(true)
            change(&$0)
        }
    }

    private func judge(
        _ facts: LoanFacts, on date: String, _ segment: Segment = .nonRetail
    ) throws -> String {
        try cn2023().classify(facts, segment: segment, asOf: day(date)).shown
    }

    @Test("rises on 15 July and not on the day before (30 a, b)")
    func sixMonths() throws {
        let early = Self.cured { $0.periodsPaid = .known(5) }
        #expect(try judge(early, on: "2025-07-14") == "substandard cn-2023/14.1")
        #expect(try judge(Self.cured(), on: "2025-07-15") == "normal cn-2023/6")
        let diverted = Self.cured { $0.fundsDiverted = .known(true) }
        #expect(try judge(diverted, on: "2025-07-15") == "special-mention cn-2023/10.2")
    }

    @Test("another impaired asset here holds it down, stated or seen (30 c)")
    func otherImpaired() throws {
        let stated = Self.cured { $0.otherImpairedAsset = .known(true) }
        #expect(try judge(stated, on: "2025-07-15") == "substandard cn-2023/14.3")
        let standard = try cn2023()
        func account(_ institution: Int, _ facts: LoanFacts, _ balance: Int64) -> DebtorAccount {
            var account = DebtorAccount.at(institution, balance)
            account.facts = facts
            return account
        }
        let impaired = LoanFacts.with { $0.creditImpaired = .known(true) }
        let here = try standard.first([account(1, Self.cured(), 99), account(1, impaired, 1)])
        #expect(here.floors.map(\.rule.description).contains("cn-2023/14.3"))
        #expect(here.riskClass == .substandard)
        let elsewhere = try standard.first([account(1, Self.cured(), 99), account(2, impaired, 1)])
        #expect(elsewhere.shown == "special-mention cn-2023/10.4")
    }

    @Test("a half-yearly payer waits for the second payment (30 d)")
    func halfYearly() throws {
        var facts = Self.cured {
            $0.paymentPeriodMonths = .known(6)
            $0.periodsPaid = .known(1)
        }
        #expect(try judge(facts, on: "2025-07-15") == "substandard cn-2023/14.1")
        #expect(try judge(facts, on: "2025-12-31") == "substandard cn-2023/14.1")
        facts.periodsPaid = .known(2)
        #expect(try judge(facts, on: "2025-07-15") == "normal cn-2023/6")
    }

    @Test("none of the three conditions is enough, nor any two")
    func three() throws {
        let unmet: [(String, (inout LoanFacts) -> Void)] = [
            ("14.1", { $0.arrearsClearedOn = .absent }),
            ("14.2", { $0.ableToPerform = .absent }),
            ("14.3", { $0.otherImpairedAsset = .known(true) }),
        ]
        for (rule, change) in unmet {
            #expect(
                try judge(Self.cured(change), on: "2025-10-31") == "substandard cn-2023/\(rule)")
        }
    }

    @Test("new arrears end the cure")
    func newArrears() throws {
        let facts = Self.cured { $0.daysPastDue = .known(1) }
        #expect(try judge(facts, on: "2025-10-31") == "substandard cn-2023/14.1")
    }

    @Test("a retail loan judged by its days rises at once")
    func retail() throws {
        let facts = Self.cured {
            $0.periodsPaid = .absent
            $0.ableToPerform = .absent
        }
        #expect(try judge(facts, on: "2025-01-15", .retail) == "normal cn-2023/6")
    }

    @Test(
        "six months end on the same day, or on the last of a month that lacks it",
        arguments: [
            ("2024-08-31", "2025-02-27", false), ("2024-08-31", "2025-02-28", true),
            ("2023-08-31", "2024-02-28", false), ("2023-08-31", "2024-02-29", true),
            ("2025-03-31", "2025-09-29", false), ("2025-03-31", "2025-09-30", true),
            ("2024-02-29", "2024-08-28", false), ("2024-02-29", "2024-08-29", true),
            ("2024-12-15", "2025-06-14", false), ("2024-12-15", "2025-06-15", true),
        ])
    func monthEnds(_ cleared: String, _ date: String, _ rises: Bool) throws {
        let facts = Self.cured {
            $0.arrearsClearedOn = .known(day(cleared))
            $0.periodsPaid = .known(2)
        }
        #expect(try judge(facts, on: date).hasPrefix("normal") == rises)
        let months = day(cleared).wholeMonths(to: day(date))
        #expect(months == (rises ? 6 : 5))
        #expect((day(cleared).adding(months: 6).map { $0 <= day(date) }) == rises)
    }
}
