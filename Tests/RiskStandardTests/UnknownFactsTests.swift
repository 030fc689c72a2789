import Testing

@testable import RiskStandard

@Suite("Unknown facts")
struct UnknownFactsTests {
    @Test("says at least, when an unknown fact could make it worse")
    func atLeast() throws {
        let standard = try cn2023()
        let sufficient = LoanFacts.floorNames + [.restructuredOn, .restructuredAgain]
        for name in sufficient where name.effect == .aggravates {
            guard name != .expectedLossBasisPoints else { continue }
            let facts = try LoanFacts(fields: [(name.rawValue, .null)])
            let result = try standard.classify(facts, segment: .retail)
            #expect(result.isAtLeast, "\(name)")
            #expect(result.riskClass == .normal)
            #expect(result.decidedBy.description == "cn-2023/6")
        }
    }

    @Test("says is, when the class can't be worse")
    func worst() throws {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(361)
            $0.creditImpaired = .unknown
            $0.evadingDebt = .unknown
        }
        #expect(try !cn2023().classify(facts, segment: .retail).isAtLeast)
    }

    @Test("says is, when the unknown fact leads to the class that stands anyway")
    func sameClass() throws {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(30)
            $0.fundsDiverted = .unknown
        }
        let result = try cn2023().classify(facts, segment: .retail)
        #expect(result.riskClass == .specialMention)
        #expect(!result.isAtLeast)
    }

    @Test("an unknown expected loss matters only when the loan may be impaired")
    func expectedLoss() throws {
        let standard = try cn2023()
        var facts = LoanFacts.with { $0.expectedLossBasisPoints = .unknown }
        #expect(try !standard.classify(facts, segment: .retail).isAtLeast)
        facts.creditImpaired = .known(true)
        let result = try standard.classify(facts, segment: .retail)
        #expect(result.riskClass == .substandard)
        #expect(result.isAtLeast)
    }

    @Test("an unknown excuse does not excuse, and leaves the class open")
    func excuse() throws {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(5)
            $0.technicalCause = .unknown
        }
        let result = try cn2023().classify(facts, segment: .retail)
        #expect(result.isAtLeast)
        #expect(result.floors.isEmpty)
    }

    @Test("an unknown excuse for a delay that it can't excuse changes nothing")
    func uselessExcuse() throws {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(8)
            $0.technicalCause = .unknown
        }
        let result = try cn2023().classify(facts, segment: .retail)
        #expect(result.riskClass == .specialMention)
        #expect(!result.isAtLeast)
    }

    @Test("whatever turns out, the class is never better; and the same when it said is")
    func completions() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 11)
        var settled = 0
        var open = 0
        for _ in 0..<4_000 {
            let facts = LoanFacts.random(unknowns: true, using: &generator)
            let result = try standard.classify(facts, segment: .retail)
            for _ in 0..<8 {
                guard let known = facts.completed(using: &generator) else { continue }
                let outcome = try standard.classify(known, segment: .retail)
                #expect(!outcome.isAtLeast)
                #expect(outcome.riskClass >= result.riskClass)
                if result.isAtLeast {
                    open += 1
                } else {
                    settled += 1
                    #expect(outcome.riskClass == result.riskClass)
                }
            }
        }
        #expect(settled > 1_000)
        #expect(open > 1_000)
    }
}
