import Testing

@testable import RiskStandard

/// One row of the table of worked cases.
struct WorkedCase: Sendable, CustomTestStringConvertible {
    let number: Int
    let facts: LoanFacts
    var segment = Segment.retail
    let riskClass: RiskClass
    let rule: String

    var testDescription: String { "case \(number)" }
}

@Suite("Worked cases of cn-2023")
struct WorkedCasesTests {
    static let cases = [
        WorkedCase(number: 1, facts: .overdue(0), riskClass: .normal, rule: "6"),
        WorkedCase(number: 2, facts: technical(7), riskClass: .normal, rule: "6"),
        WorkedCase(number: 3, facts: .overdue(7), riskClass: .specialMention, rule: "10.1"),
        WorkedCase(number: 4, facts: technical(8), riskClass: .specialMention, rule: "10.1"),
        WorkedCase(number: 5, facts: .overdue(90), riskClass: .specialMention, rule: "10.1"),
        WorkedCase(number: 6, facts: .overdue(91), riskClass: .substandard, rule: "11.1"),
        WorkedCase(number: 7, facts: .overdue(270), riskClass: .substandard, rule: "11.1"),
        WorkedCase(number: 8, facts: .overdue(271), riskClass: .doubtful, rule: "12"),
        WorkedCase(number: 9, facts: .overdue(360), riskClass: .doubtful, rule: "12"),
        WorkedCase(number: 10, facts: .overdue(361), riskClass: .loss, rule: "13"),
        WorkedCase(number: 11, facts: .impaired(4_999), riskClass: .substandard, rule: "11.2"),
        WorkedCase(number: 12, facts: .impaired(5_000), riskClass: .doubtful, rule: "12"),
        WorkedCase(number: 13, facts: .impaired(8_999), riskClass: .doubtful, rule: "12"),
        WorkedCase(number: 14, facts: .impaired(9_000), riskClass: .loss, rule: "13"),
        WorkedCase(
            number: 15, facts: .with { $0.liquidation = .known(true) },
            riskClass: .loss, rule: "13"),
        WorkedCase(
            number: 16,
            facts: .with {
                $0.daysPastDue = .known(30)
                $0.evadingDebt = .known(true)
            }, riskClass: .doubtful, rule: "12"),
        WorkedCase(
            number: 17, facts: .with { $0.repaidByNewBorrowing = .known(true) },
            riskClass: .specialMention, rule: "10.3"),
        WorkedCase(
            number: 18,
            facts: .with {
                $0.repaidByNewBorrowing = .known(true)
                $0.qualifyingRenewal = .known(true)
            }, riskClass: .normal, rule: "6"),
        WorkedCase(
            number: 19, facts: .with { $0.fundsDiverted = .known(true) },
            riskClass: .specialMention, rule: "10.2"),
        WorkedCase(
            number: 20, facts: .with { $0.ratingSlump = .known(true) }, segment: .nonRetail,
            riskClass: .substandard, rule: "11.3"),
    ]

    @Test("gives the class and the rule that decides", arguments: cases)
    func decides(_ row: WorkedCase) throws {
        let result = try cn2023().classify(row.facts, segment: row.segment)
        #expect(result.riskClass == row.riskClass)
        #expect(result.decidedBy.description == "cn-2023/\(row.rule)")
        #expect(!result.isAtLeast)
    }

    @Test("judges the floors of single loans alike in both segments", arguments: cases)
    func segments(_ row: WorkedCase) throws {
        let standard = try cn2023()
        #expect(
            try standard.classify(row.facts, segment: .retail)
                == standard.classify(row.facts, segment: .nonRetail))
    }

    @Test(
        "moves at the first day and nowhere else",
        arguments: [
            (0...0, RiskClass.normal), (1...90, .specialMention), (91...270, .substandard),
            (271...360, .doubtful), (361...1_000, .loss),
            (LoanFacts.daysPastDueMax...LoanFacts.daysPastDueMax, .loss),
        ])
    func days(_ days: ClosedRange<Int>, _ riskClass: RiskClass) throws {
        let standard = try cn2023()
        for day in days {
            #expect(try standard.classify(.overdue(day), segment: .retail).riskClass == riskClass)
        }
    }

    @Test(
        "moves at 50.00 % and 90.00 % of expected loss and nowhere else",
        arguments: [
            (0...4_999, RiskClass.substandard), (5_000...8_999, .doubtful),
            (9_000...10_000, .loss),
        ])
    func losses(_ losses: ClosedRange<Int>, _ riskClass: RiskClass) throws {
        let standard = try cn2023()
        for loss in losses {
            #expect(
                try standard.classify(.impaired(loss), segment: .retail).riskClass == riskClass)
        }
    }

    @Test("lifts 10(1) for a technical cause on day 1 to 7 only")
    func technicalCause() throws {
        let standard = try cn2023()
        for day in 1...7 {
            let result = try standard.classify(Self.technical(day), segment: .retail)
            #expect(result.floors.isEmpty)
        }
        for day in 8...90 {
            let result = try standard.classify(Self.technical(day), segment: .retail)
            #expect(result.riskClass == .specialMention)
        }
    }

    @Test("a technical cause lifts no other rule")
    func technicalCauseElsewhere() throws {
        var facts = Self.technical(7)
        facts.fundsDiverted = .known(true)
        let result = try cn2023().classify(facts, segment: .retail)
        #expect(result.decidedBy.description == "cn-2023/10.2")
    }

    @Test("lists every rule that applies, worst first, then in the order of the file")
    func floors() throws {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(271)
            $0.fundsDiverted = .known(true)
            $0.creditImpaired = .known(true)
        }
        let result = try cn2023().classify(facts, segment: .retail)
        #expect(
            result.floors.map(\.rule.description) == [
                "cn-2023/12", "cn-2023/11.1", "cn-2023/11.2", "cn-2023/10.1", "cn-2023/10.2",
            ])
        #expect(result.decidedBy == result.floors[0].rule)
    }

    private static func technical(_ days: Int) -> LoanFacts {
        .with {
            $0.daysPastDue = .known(days)
            $0.technicalCause = .known(true)
        }
    }
}
