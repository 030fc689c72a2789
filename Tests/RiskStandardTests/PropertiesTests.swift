import Foundation
import Testing

@testable import RiskStandard

@Suite("Properties of cn-2023")
struct PropertiesTests {
    @Test("worse facts never give a better class")
    func monotonic() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 1)
        var worsened = 0
        var worse = 0
        for _ in 0..<20_000 {
            let before = LoanFacts.random(unknowns: false, using: &generator)
            guard let after = before.worsened(using: &generator) else { continue }
            let segment: Segment = Bool.random(using: &generator) ? .retail : .nonRetail
            let was = try standard.classify(before, segment: segment).riskClass
            let now = try standard.classify(after, segment: segment).riskClass
            #expect(now >= was, "\(before) -> \(after)")
            worsened += 1
            worse += now > was ? 1 : 0
        }
        #expect(worsened > 5_000)
        #expect(worse > 500)
    }

    @Test("agrees with the articles written out by hand")
    func agreesWithArticles() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<20_000 {
            let facts = LoanFacts.random(
                LoanFacts.floorNames, unknowns: false, using: &generator)
            let result = try standard.classify(facts, segment: .nonRetail)
            #expect(result.riskClass == Self.articles(facts), "\(facts)")
        }
    }

    @Test("the class is that of the worst floor, and the floors fall")
    func worstFloor() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let facts = LoanFacts.random(unknowns: true, using: &generator)
            let result = try standard.classify(facts, segment: .retail)
            let classes = result.floors.map(\.riskClass)
            #expect(result.riskClass == classes.max() ?? .normal)
            #expect(classes == classes.sorted(by: >))
        }
    }

    @Test("the order of the rules changes neither class nor floors", arguments: 0..<10)
    func ruleOrder(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let standard = try cn2023()
        var file = try StandardFile()
        try file.shuffleRules(using: &generator)
        let shuffled = try Standard(json: file.bytes())
        for _ in 0..<500 {
            let facts = LoanFacts.random(unknowns: true, using: &generator)
            let expected = try standard.classify(facts, segment: .retail)
            let result = try shuffled.classify(facts, segment: .retail)
            #expect(result.riskClass == expected.riskClass)
            #expect(result.isAtLeast == expected.isAtLeast)
            #expect(
                Set(result.floors.map(\.rule)) == Set(expected.floors.map(\.rule)))
        }
    }

    @Test("facts sent and read again, in any order, recompute to the same")
    func recompute() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<5_000 {
            let facts = LoanFacts.random(unknowns: true, using: &generator)
            let read = try LoanFacts(fields: facts.fields.shuffled(using: &generator))
            #expect(read == facts)
            #expect(
                try standard.classify(read, segment: .retail)
                    == standard.classify(facts, segment: .retail))
        }
    }

    /// Articles 10 to 13 once more, in the plainest way, for known facts only.
    private static func articles(_ facts: LoanFacts) -> RiskClass {
        func holds(_ fact: Fact<Bool>) -> Bool { fact == .known(true) }
        func number(_ fact: Fact<Int>) -> Int {
            if case .known(let number) = fact { number } else { 0 }
        }
        let days = number(facts.daysPastDue)
        let impaired = holds(facts.creditImpaired)
        let loss = number(facts.expectedLossBasisPoints)
        if days > 360 || holds(facts.liquidation) || impaired && loss >= 9_000 { return .loss }
        if days > 270 || holds(facts.evadingDebt) || impaired && loss >= 5_000 { return .doubtful }
        if days > 90 || impaired || holds(facts.ratingSlump) { return .substandard }
        let isExcused = days <= 7 && holds(facts.technicalCause)
        if days > 0 && !isExcused { return .specialMention }
        if holds(facts.fundsDiverted) { return .specialMention }
        if holds(facts.repaidByNewBorrowing) && !holds(facts.qualifyingRenewal) {
            return .specialMention
        }
        return .normal
    }
}
