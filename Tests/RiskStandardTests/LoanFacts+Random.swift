@testable import RiskStandard

extension LoanFacts {
    /// Numbers near every threshold, and far from them.
    private static let days = [0, 1, 6, 7, 8, 90, 91, 270, 271, 360, 361, daysPastDueMax]
    private static let losses = [0, 1, 4_999, 5_000, 8_999, 9_000, expectedLossMax]

    /// Any facts that can be, some of them unknown when wanted.
    static func random(unknowns: Bool, using generator: inout SeededGenerator) -> LoanFacts {
        while true {
            var facts = LoanFacts()
            for name in Name.allCases {
                facts.randomise(name, unknowns: unknowns, using: &generator)
            }
            if (try? facts.check()) != nil { return facts }
        }
    }

    /// These facts with every unknown one made known; nil when what came out can't be.
    func completed(using generator: inout SeededGenerator) -> LoanFacts? {
        var facts = self
        for name in Name.allCases where number(of: name) == nil {
            facts.randomise(name, unknowns: false, using: &generator)
        }
        return (try? facts.check()) == nil ? nil : facts
    }

    /// These facts with one thing turned for the worse; nil when there is nothing left to worsen
    /// or what came out can't be.
    func worsened(using generator: inout SeededGenerator) -> LoanFacts? {
        guard let name = Name.allCases.randomElement(using: &generator) else { return nil }
        var facts = self
        switch (name.slot, name.effect) {
        case (.flag(let path), .aggravates): facts[keyPath: path] = .known(true)
        case (.flag(let path), .excuses): facts[keyPath: path] = .absent
        case (.number(let path, let range), _):
            let now = number(of: name) ?? 0
            facts[keyPath: path] = .known(Int.random(in: now...range.upperBound, using: &generator))
        }
        return facts != self && (try? facts.check()) != nil ? facts : nil
    }

    private mutating func randomise(
        _ name: Name, unknowns: Bool, using generator: inout SeededGenerator
    ) {
        let choice = Int.random(in: 0..<6, using: &generator)
        switch name.slot {
        case .flag(let path):
            self[keyPath: path] =
                switch choice {
                case 0 where unknowns: .unknown
                case 1: .known(true)
                case 2: .known(false)
                default: .absent
                }
        case .number(let path, let range):
            let numbers = name == .daysPastDue ? Self.days : Self.losses
            self[keyPath: path] =
                switch choice {
                case 0 where unknowns: .unknown
                case 1, 2: .known(numbers.randomElement(using: &generator) ?? 0)
                case 3: .known(Int.random(in: range, using: &generator))
                default: .absent
                }
        }
    }
}
