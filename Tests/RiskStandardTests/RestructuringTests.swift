import Testing

@testable import RiskStandard

@Suite("Worked cases of cn-2023: restructuring and observation")
struct RestructuringTests {
    /// Restructured on 10 January 2024, first payment after it on 1 February 2024, monthly.
    private static func restructured(_ change: (inout LoanFacts) -> Void = { _ in }) -> LoanFacts {
        .with {
            $0.restructuredOn = .known(day("2024-01-10"))
            $0.firstPaymentOn = .known(day("2024-02-01"))
            $0.periodsPaid = .known(11)
            $0.paymentPeriodMonths = .known(1)
            $0.difficultyOver = .known(true)
            change(&$0)
        }
    }

    private func judge(
        _ facts: LoanFacts, on date: String, _ segment: Segment = .retail
    ) throws -> Classification {
        try cn2023().classify(facts, segment: segment, asOf: day(date))
    }

    @Test(
        "a normal loan is at least special mention for a year from the first payment date (27)",
        arguments: [
            ("2024-01-10", "special-mention cn-2023/21"),
            ("2024-02-01", "special-mention cn-2023/21"),
            ("2025-01-01", "special-mention cn-2023/21"),
            ("2025-01-31", "special-mention cn-2023/21"), ("2025-02-01", "normal cn-2023/6"),
        ])
    func observation(_ date: String, _ expected: String) throws {
        var facts = Self.restructured()
        if day(date) < day("2025-01-01") { facts.periodsPaid = .absent }
        let result = try judge(facts, on: date)
        #expect(result.shown == expected)
        #expect(result.observation == (expected.hasPrefix("normal") ? nil : .running))
    }

    @Test("the observation goes on while fewer than two periods are paid: a yearly payer")
    func yearlyPayer() throws {
        var facts = Self.restructured {
            $0.periodsPaid = .known(1)
            $0.paymentPeriodMonths = .known(12)
        }
        #expect(try judge(facts, on: "2025-10-31").shown == "special-mention cn-2023/21")
        facts.periodsPaid = .known(2)
        #expect(try judge(facts, on: "2025-02-01").shown == "normal cn-2023/6")
    }

    @Test("the observation goes on while the difficulty does")
    func difficulty() throws {
        let facts = Self.restructured { $0.difficultyOver = .absent }
        #expect(try judge(facts, on: "2025-10-31").shown == "special-mention cn-2023/21")
    }

    @Test("without a first payment date the observation has not begun, and can't end")
    func notBegun() throws {
        let facts = Self.restructured {
            $0.firstPaymentOn = .absent
            $0.periodsPaid = .absent
        }
        #expect(try judge(facts, on: "2030-01-01").shown == "special-mention cn-2023/21")
    }

    @Test("95 days past due under observation: substandard, and the observation restarts (28)")
    func missed() throws {
        let facts = Self.restructured {
            $0.daysPastDue = .known(95)
            $0.periodsPaid = .known(0)
        }
        let result = try judge(facts, on: "2024-09-01")
        #expect(result.shown == "substandard cn-2023/11.1")
        #expect(result.observation == .restarted)
        #expect(result.floors.map(\.rule.description).contains("cn-2023/21"))
    }

    @Test("a missed payment makes the observation count anew from that day")
    func restart() throws {
        let facts = Self.restructured {
            $0.observationRestartedOn = .known(day("2024-12-15"))
            $0.periodsPaid = .known(3)
        }
        let before = try judge(facts, on: "2025-12-14")
        #expect(before.shown == "special-mention cn-2023/21")
        #expect(before.observation == .restarted)
        #expect(try judge(facts, on: "2025-12-15").shown == "normal cn-2023/6")
    }

    @Test("restructured again under observation: substandard, anew from the first payment (29)")
    func again() throws {
        let facts = Self.restructured {
            $0.restructuredAgain = .known(true)
            $0.observationRestartedOn = .known(day("2024-01-05"))
        }
        let result = try judge(facts, on: "2024-12-31")
        #expect(result.shown == "substandard cn-2023/22")
        #expect(result.observation == .restarted)
        #expect(try judge(facts, on: "2025-01-31").shown == "substandard cn-2023/22")
        #expect(try judge(facts, on: "2025-02-01").shown == "normal cn-2023/6")
    }

    @Test("formerly non-performing, it may rise to special mention after article 14 and no higher")
    func formerlyBad() throws {
        var facts = Self.restructured {
            $0.wasNonPerforming = .known(true)
            $0.arrearsClearedOn = .known(day("2024-02-01"))
            $0.periodsPaid = .known(6)
        }
        for segment: Segment in [.retail, .nonRetail] {
            facts.ableToPerform = .known(true)
            #expect(
                try judge(facts, on: "2024-07-31", segment).shown == "substandard cn-2023/14.1")
            #expect(
                try judge(facts, on: "2024-08-01", segment).shown == "special-mention cn-2023/21")
            facts.ableToPerform = .absent
            #expect(
                try judge(facts, on: "2024-08-01", segment).shown == "substandard cn-2023/14.2")
        }
    }

    @Test("day by day under observation the class never improves, but as article 21 allows")
    func neverImproves() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<200 {
            var facts = LoanFacts.random(unknowns: false, using: &generator)
            facts.restructuredOn = .known(day("2023-10-10"))
            facts.firstPaymentOn = .known(day("2023-11-01"))
            var worst = RiskClass.normal
            for step in 0..<24 {
                let date = try #require(day("2023-11-01").adding(months: step))
                guard (try? facts.check(asOf: date)) != nil else { continue }
                let now = try standard.classify(facts, segment: .retail, asOf: date)
                guard now.observation != nil else { continue }
                #expect(now.riskClass >= .specialMention)
                // With the same facts only time passes, and time alone cures by article 14 only.
                if now.riskClass < worst { #expect(facts.wasNonPerforming == .known(true)) }
                worst = now.riskClass
            }
        }
    }
}
