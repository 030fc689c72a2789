import Testing

@testable import RiskStandard

@Suite("Derivations of one loan")
struct DerivationTests {
    private static let debtorRules = ["cn-2023/7", "cn-2023/11.4", "cn-2023/10.4"]

    private func outcomes(_ derivation: Derivation) -> [String: DerivationStep.Outcome] {
        Dictionary(
            uniqueKeysWithValues: derivation.steps.map { ($0.rule.id.description, $0.outcome) })
    }

    private func answers(_ derivation: Derivation) -> Set<DerivedAnswer> {
        Set(
            derivation.steps.flatMap(\.inputs).compactMap { input in
                switch input {
                case .share(let share): share.isExceeded
                case .other(_, _, let answer): answer
                default: nil
                }
            })
    }

    @Test("what asks for the debtor's other accounts was not considered")
    func alone() throws {
        let standard = try cn2023()
        let derivation = try standard.derive(.overdue(0), segment: .nonRetail, asOf: today)
        #expect(answers(derivation) == [.notConsidered])
        let outcomes = outcomes(derivation)
        for rule in Self.debtorRules { #expect(outcomes[rule] == .notConsidered, "\(rule)") }
        // A loan that was never non-performing has nothing to rise from.
        #expect(outcomes["cn-2023/14.3"] == .doesNotApply)
        #expect(derivation.classification.riskClass == .normal)
    }

    @Test("a rule that leaves the loan alone whatever its debtor owes does not apply")
    func decided() throws {
        let standard = try cn2023()
        let retail = outcomes(try standard.derive(.overdue(0), segment: .retail, asOf: today))
        for rule in Self.debtorRules { #expect(retail[rule] == .doesNotApply, "\(rule)") }
        let secured = LoanFacts.with { $0.creditEnhancement = .known(true) }
        let excepted = outcomes(try standard.derive(secured, segment: .nonRetail, asOf: today))
        #expect(excepted["cn-2023/7"] == .doesNotApply)
    }

    @Test("article 14(3): the loan's own fact decides, else the debtor was not considered")
    func risen() throws {
        let standard = try cn2023()
        let risen = LoanFacts.with { $0.wasNonPerforming = .known(true) }
        let open = outcomes(try standard.derive(risen, segment: .nonRetail, asOf: today))
        #expect(open["cn-2023/14.3"] == .notConsidered)
        var told = risen
        told.otherImpairedAsset = .known(true)
        let held = outcomes(try standard.derive(told, segment: .nonRetail, asOf: today))
        #expect(held["cn-2023/14.3"] == .applies)
        told.otherImpairedAsset = .unknown
        let unknown = outcomes(try standard.derive(told, segment: .nonRetail, asOf: today))
        #expect(unknown["cn-2023/14.3"] == .unknown)
    }

    @Test("with the debtor's accounts beside it nothing is left unconsidered")
    func together() throws {
        let derivations = try cn2023().derive([.at(0, 100), .at(0, 50)], isComplete: true)
        for derivation in derivations {
            #expect(answers(derivation) == [.no])
            #expect(!outcomes(derivation).values.contains(.notConsidered))
        }
    }

    @Test("no rule that does not apply to a loan alone applies among others")
    func property() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<500 {
            let loan = DebtorAccount.at(
                0, .random(in: 0...100, using: &generator),
                segment: .random(using: &generator) ? .retail : .nonRetail
            ) { $0 = .random(unknowns: true, using: &generator) }
            let alone = try standard.derive(loan.facts, segment: loan.segment, asOf: today)
            let others = (0..<3).map { place in
                DebtorAccount.at(
                    place % 2, .random(in: 1...1_000, using: &generator),
                    overdue: [0, 91, 400].randomElement(using: &generator) ?? 0)
            }
            let among = try standard.assess([loan] + others, isComplete: true)[0]
            let excluded = alone.steps.filter { $0.outcome == .doesNotApply }.map(\.rule.id)
            #expect(Set(excluded).isDisjoint(with: among.floors.map(\.rule)))
        }
    }
}
