@testable import RiskStandard

extension LoanFacts {
    /// Numbers near every threshold, and far from them.
    private static let days = [0, 1, 6, 7, 8, 90, 91, 270, 271, 360, 361, daysPastDueMax]
    private static let losses = [0, 1, 4_999, 5_000, 8_999, 9_000, expectedLossMax]

    /// The facts of cn-2023, those of single loans first.
    static let ownNames = Name.allCases.filter {
        (try? cn2023().facts.contains($0)) ?? false
    }
    /// Those of them on which articles 10 to 13 rest.
    static let floorNames = Array(ownNames.prefix(10))

    /// Any facts that can be, some of them unknown when wanted.
    static func random(
        _ names: [Name] = ownNames, unknowns: Bool, using generator: inout SeededGenerator
    ) -> LoanFacts {
        while true {
            var facts = LoanFacts()
            for name in names {
                facts.randomise(name, unknowns: unknowns, using: &generator)
            }
            if (try? facts.check(asOf: today)) != nil { return facts }
        }
    }

    /// These facts with every unknown one made known; nil when what came out can't be.
    func completed(using generator: inout SeededGenerator) -> LoanFacts? {
        var facts = self
        for name in Name.allCases where number(of: name) == nil {
            facts.randomise(name, unknowns: false, using: &generator)
        }
        return (try? facts.check(asOf: today)) == nil ? nil : facts
    }

    /// These facts with one thing turned for the worse; nil when there is nothing left to worsen
    /// or what came out can't be.
    func worsened(using generator: inout SeededGenerator) -> LoanFacts? {
        guard let name = Self.ownNames.randomElement(using: &generator) else { return nil }
        var facts = self
        switch (name.slot, name.effect) {
        case (.flag(let path), .aggravates): facts[keyPath: path] = .known(true)
        case (.flag(let path), .excuses): facts[keyPath: path] = .absent
        case (.number(let path, let range), .aggravates):
            let now = number(of: name) ?? 0
            facts[keyPath: path] = .known(Int.random(in: now...range.upperBound, using: &generator))
        case (.number(let path, _), .excuses):
            let now = number(of: name) ?? 0
            facts[keyPath: path] = .known(Int.random(in: 0...now, using: &generator))
        case (.date(let path), .excuses):
            facts[keyPath: path] = Bool.random(using: &generator) ? .absent : .known(today)
        case (.date(let path), .aggravates):
            facts[keyPath: path] = .known(facts.worseDay(than: path, using: &generator))
        case (.flag, .describes), (.number, .describes), (.date, .describes): return nil
        }
        return facts != self && (try? facts.check(asOf: today)) != nil ? facts : nil
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
            let numbers =
                switch name {
                case .daysPastDue: Self.days
                case .periodsPaid, .paymentPeriodMonths: [1, 2, 3, 6]
                default: Self.losses
                }
            self[keyPath: path] =
                switch choice {
                case 0 where unknowns: .unknown
                case 1, 2: .known(numbers.randomElement(using: &generator) ?? 0)
                case 3: .known(Int.random(in: range, using: &generator))
                default: .absent
                }
        case .date(let path):
            self[keyPath: path] =
                switch choice {
                case 0 where unknowns: .unknown
                case 1, 2, 3: .known(Self.randomDay(using: &generator))
                default: .absent
                }
        }
    }

    /// A day near the edges of 6 and 12 months before ``today``, or any of the last two years.
    private static func randomDay(using generator: inout SeededGenerator) -> CalendarDate {
        let near = ["2024-10-30", "2024-10-31", "2024-11-01", "2025-04-30", "2025-05-01"]
        if Bool.random(using: &generator), let text = near.randomElement(using: &generator) {
            return day(text)
        }
        let days = today.daysSinceEpoch - Int.random(in: 0...730, using: &generator)
        return CalendarDate(daysSinceEpoch: days) ?? today
    }

    /// A day on which the fact is at least as bad: restarts are worse the later they are.
    private func worseDay(
        than path: WritableKeyPath<LoanFacts, Fact<CalendarDate>>,
        using generator: inout SeededGenerator
    ) -> CalendarDate {
        guard case .known(let now) = self[keyPath: path] else {
            return Self.randomDay(using: &generator)
        }
        let later = Int.random(in: now.daysSinceEpoch...today.daysSinceEpoch, using: &generator)
        return CalendarDate(daysSinceEpoch: later) ?? today
    }
}
