import Testing

@testable import RiskStandard

@Suite("Worked cases of cn-2023: the debtor as a whole")
struct DebtorCasesTests {
    /// Accounts, of which the first is judged, and what is expected of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let accounts: [DebtorAccount]
        let expected: String

        var testDescription: String { name }
    }

    /// Cases 21 to 26; A is institution 1, B is institution 2.
    static let cases = [
        Case(
            name: "21: 20.00 % of all debt over 90 days, at B",
            accounts: [.at(1, 80_00), .at(2, 20_00, overdue: 91)],
            expected: "special-mention cn-2023/10.4"),
        Case(
            name: "22: 20.01 %",
            accounts: [.at(1, 79_99), .at(2, 20_01, overdue: 91)],
            expected: "substandard cn-2023/11.4"),
        Case(
            name: "22a: 20.01 % at day 90 is not over 90 days",
            accounts: [.at(1, 79_99), .at(2, 20_01, overdue: 90)],
            expected: "normal cn-2023/6"),
        Case(
            name: "22b: one part in 2^53 above a fifth",
            accounts: [.at(1, 4_000_000_000_000_000), .at(2, 1_000_000_000_000_001, overdue: 91)],
            expected: "substandard cn-2023/11.4"),
        Case(
            name: "22c: exactly a fifth of the largest amounts",
            accounts: [.at(1, 4_000_000_000_000_000), .at(2, 1_000_000_000_000_000, overdue: 91)],
            expected: "special-mention cn-2023/10.4"),
        Case(
            name: "22d: the fifth is spread over two other institutions",
            accounts: [
                .at(1, 79_99), .at(2, 10_00, overdue: 91), .at(3, 10_01, overdue: 400),
            ], expected: "substandard cn-2023/11.4"),
        Case(
            name: "23: retail, 60 % over 90 days elsewhere",
            accounts: [.at(1, 40_00, segment: .retail), .at(2, 60_00, overdue: 91)],
            expected: "normal cn-2023/6"),
        Case(
            name: "24: 10.00 % of the claims here non-performing",
            accounts: [.at(1, 90_00), .at(1, 10_00, overdue: 91)],
            expected: "special-mention cn-2023/10.4"),
        Case(
            name: "25: 10.01 %",
            accounts: [.at(1, 89_99), .at(1, 10_01, overdue: 91)],
            expected: "substandard cn-2023/7"),
        Case(
            name: "25a: 10.01 % non-performing by impairment, nothing overdue",
            accounts: [.at(1, 89_99), .at(1, 10_01) { $0.creditImpaired = .known(true) }],
            expected: "substandard cn-2023/7"),
        Case(
            name: "25b: 10.01 %, but at another institution",
            accounts: [.at(1, 89_99), .at(2, 10_01, overdue: 91)],
            expected: "special-mention cn-2023/10.4"),
        Case(
            name: "26: 12 % and recognised credit enhancement",
            accounts: [
                .at(1, 88_00) { $0.creditEnhancement = .known(true) }, .at(1, 12_00, overdue: 91),
            ], expected: "special-mention cn-2023/10.4"),
        Case(
            name: "26a: the enhancement is the other loan's",
            accounts: [
                .at(1, 88_00),
                .at(1, 12_00, overdue: 91) { $0.creditEnhancement = .known(true) },
            ], expected: "substandard cn-2023/7"),
        Case(
            name: "26b: enhancement does not help against the 20 % rule",
            accounts: [
                .at(1, 79_99) { $0.creditEnhancement = .known(true) },
                .at(1, 20_01, overdue: 91),
            ], expected: "substandard cn-2023/11.4"),
        Case(
            name: "a loan still in its cure counts as non-performing for the others",
            accounts: [.at(1, 89_99), .at(1, 10_01) { $0.wasNonPerforming = .known(true) }],
            expected: "substandard cn-2023/7"),
        Case(
            name: "a loan does not count against itself in 10(4)",
            accounts: [.at(1, 100, overdue: 91)], expected: "substandard cn-2023/11.1"),
        Case(
            name: "its own floor is worse",
            accounts: [.at(1, 50, overdue: 361), .at(2, 50, overdue: 361)],
            expected: "loss cn-2023/13"),
        Case(
            name: "nothing is owed any more",
            accounts: [.at(1, 0), .at(2, 0)], expected: "normal cn-2023/6"),
    ]

    @Test("gives the class and the rule that decides", arguments: cases)
    func decides(_ row: Case) throws {
        let result = try cn2023().first(row.accounts)
        #expect(result.shown == row.expected)
        #expect(!result.isAtLeast)
    }

    @Test("a retail loan gets a watch flag for each rule that leaves it alone (case 23)")
    func watch() throws {
        let standard = try cn2023()
        let elsewhere = DebtorAccount.at(2, 60_00, overdue: 91)
        let result = try standard.first([.at(1, 40_00, segment: .retail), elsewhere])
        #expect(result.watch.map(\.description) == ["cn-2023/11.4", "cn-2023/10.4"])
        #expect(result.floors.isEmpty)
        let other = try standard.first([.at(1, 40_00), elsewhere])
        #expect(other.watch.isEmpty)
        let alone = try standard.first([.at(1, 40_00, segment: .retail)])
        #expect(alone.watch.isEmpty)
    }

    @Test("what the institution reports worse counts against the others, and floors nothing")
    func reported() throws {
        let standard = try cn2023()
        var reported = DebtorAccount.at(1, 20_00)
        reported.reported = .doubtful
        let results = try standard.assess([.at(1, 80_00), reported], isComplete: true)
        #expect(results[0].shown == "substandard cn-2023/7")
        // By the other, pulled down, the account that pulled is held too.
        #expect(results[1].riskClass == .substandard)
        var better = DebtorAccount.at(1, 20_00, overdue: 91)
        better.reported = .normal
        #expect(try standard.first([.at(1, 80_00), better]).shown == "substandard cn-2023/7")
    }

    @Test("an account that is no debt of the debtor neither counts nor is pulled down")
    func noDebt() throws {
        let standard = try cn2023()
        var settled = DebtorAccount.at(1, 50_00, overdue: 91)
        settled.debt = nil
        let results = try standard.assess([.at(1, 50_00), settled], isComplete: true)
        #expect(results.map(\.riskClass) == [.normal, .substandard])
        var guarantee = DebtorAccount.at(1, 50_00)
        guarantee.debt = nil
        let others = try standard.assess([.at(1, 50_00, overdue: 91), guarantee], isComplete: true)
        #expect(others.map(\.riskClass) == [.substandard, .normal])
    }

    @Test("missing institutions make every result at least, never is")
    func incomplete() throws {
        let standard = try cn2023()
        let known = try standard.assess(
            [.at(1, 79_99), .at(2, 20_01, overdue: 91)], isComplete: false)
        #expect(known[0].shown == "substandard cn-2023/11.4")
        let clean = try standard.assess([.at(1, 100)], isComplete: false)
        #expect(clean[0].riskClass == .normal)
        #expect(clean[0].isAtLeast && clean[0].couldBe == .substandard)
        let retail = try standard.assess([.at(1, 100, segment: .retail)], isComplete: false)
        #expect(!retail[0].isAtLeast, "rules of the debtor leave a retail loan alone")
    }

    @Test("names the account whose facts can't be")
    func fault() throws {
        let standard = try cn2023()
        let bad = DebtorAccount.at(2, 1) { $0.expectedLossBasisPoints = .known(1) }
        #expect(
            throws: DebtorError(
                account: 1,
                fault: .contradiction(.expectedLossBasisPoints, without: .creditImpaired))
        ) {
            try standard.assess([.at(1, 1), bad], isComplete: true)
        }
        #expect(try standard.assess([], isComplete: true).isEmpty)
    }
}
