import Testing

@testable import RiskStandard

@Suite("Properties of debtors under cn-2023")
struct DebtorPropertiesTests {
    private func random(using generator: inout SeededGenerator) -> [DebtorAccount] {
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            var account = DebtorAccount.at(
                Int.random(in: 1...3, using: &generator),
                Int64.random(in: 0...100, using: &generator),
                segment: Int.random(in: 0..<3, using: &generator) == 0 ? .retail : .nonRetail)
            if Bool.random(using: &generator) {
                account.facts = .random(
                    unknowns: Int.random(in: 0..<3, using: &generator) == 0, using: &generator)
            }
            if Int.random(in: 0..<6, using: &generator) == 0 { account.debt = nil }
            return account
        }
    }

    @Test("the order of the accounts does not matter")
    func order() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<2_000 {
            let accounts = random(using: &generator)
            let order = Array(accounts.indices).shuffled(using: &generator)
            let results = try standard.assess(accounts, isComplete: true)
            let shuffled = try standard.assess(order.map { accounts[$0] }, isComplete: true)
            #expect(shuffled == order.map { results[$0] })
        }
    }

    @Test("the order of the rules changes no class")
    func ruleOrder() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 32)
        var file = try StandardFile()
        try file.shuffleRules(using: &generator)
        let shuffled = try Standard(json: file.bytes())
        for _ in 0..<1_000 {
            let accounts = random(using: &generator)
            let results = try standard.assess(accounts, isComplete: true)
            let others = try shuffled.assess(accounts, isComplete: true)
            #expect(others.map(\.riskClass) == results.map(\.riskClass))
            #expect(others.map(\.couldBe) == results.map(\.couldBe))
        }
    }

    @Test("an account's class is never better than by its own facts, nor than any floor")
    func floors() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 33)
        for _ in 0..<2_000 {
            let accounts = random(using: &generator)
            let results = try standard.assess(accounts, isComplete: true)
            for (account, result) in zip(accounts, results) {
                let alone = try standard.classify(account.facts, segment: account.segment)
                #expect(result.riskClass >= alone.riskClass)
                #expect(result.floors.allSatisfy { $0.riskClass <= result.riskClass })
                #expect(Set(alone.floors.map(\.rule)).isSubset(of: result.floors.map(\.rule)))
                #expect(result.couldBe >= result.riskClass)
            }
        }
    }

    @Test("worse facts of one account never give any account a better class")
    func monotonic() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 34)
        var worse = 0
        for _ in 0..<3_000 {
            let before = random(using: &generator)
            var after = before
            let index = Int.random(in: before.indices, using: &generator)
            guard let facts = before[index].facts.worsened(using: &generator) else { continue }
            after[index].facts = facts
            let was = try standard.assess(before, isComplete: true)
            let now = try standard.assess(after, isComplete: true)
            for (was, now) in zip(was, now) {
                #expect(now.couldBe >= was.riskClass)
                if !was.isAtLeast { #expect(now.riskClass >= was.riskClass) }
                worse += now.riskClass > was.riskClass ? 1 : 0
            }
        }
        #expect(worse > 200)
    }

    @Test("whatever unknown facts turn out to be lies between the class and what it could be")
    func completions() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 35)
        var open = 0
        for _ in 0..<2_000 {
            let accounts = random(using: &generator)
            let results = try standard.assess(accounts, isComplete: true)
            var known = accounts
            for index in known.indices {
                guard let facts = known[index].facts.completed(using: &generator) else { break }
                known[index].facts = facts
            }
            guard known.allSatisfy({ !$0.facts.fields.contains { $0.value == .null } }) else {
                continue
            }
            for (result, outcome) in zip(results, try standard.assess(known, isComplete: true)) {
                #expect(outcome.riskClass >= result.riskClass)
                #expect(outcome.riskClass <= result.couldBe)
                open += result.isAtLeast ? 1 : 0
            }
        }
        #expect(open > 150)
    }

    @Test("an institution's published classes, read as reported, recompute to the same")
    func republished() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 36)
        for _ in 0..<2_000 {
            var accounts = random(using: &generator)
            for index in accounts.indices { accounts[index].institution = 1 }
            let published = try standard.assess(accounts, isComplete: true)
            for index in accounts.indices { accounts[index].reported = published[index].riskClass }
            let read = try standard.assess(accounts, isComplete: true)
            #expect(read.map(\.riskClass) == published.map(\.riskClass))
            #expect(read.map(\.decidedBy) == published.map(\.decidedBy))
        }
    }

    @Test("a derivation ends in the same class and names every floor as applying")
    func derivations() throws {
        let standard = try cn2023()
        var generator = SeededGenerator(seed: 37)
        for _ in 0..<300 {
            let accounts = random(using: &generator)
            let results = try standard.assess(accounts, isComplete: false)
            let derived = try standard.derive(accounts, isComplete: false)
            #expect(derived.map(\.classification) == results)
            for derivation in derived {
                #expect(derivation.steps.map(\.rule) == standard.rules)
                let applying = derivation.steps.filter { $0.outcome == .applies }.map(\.rule.id)
                #expect(Set(applying) == Set(derivation.classification.floors.map(\.rule)))
                #expect(derivation.steps.allSatisfy { !$0.inputs.isEmpty })
            }
        }
    }
}
