/// When a rule applies, as its file says it.
///
/// There is no "not": what lifts a rule is said in the rule's `except`, as laws do, and a reader
/// sees at once in which direction a fact counts.
indirect enum Condition {
    /// A fact's number lies within bounds.
    case fact(FactTest)
    /// The loan belongs to a segment.
    case segment(Segment)
    /// Every one of these.
    case all([Condition])
    /// At least one of these.
    case any([Condition])
}

/// A test of one fact: its number (a flag is 0 or 1) lies within the bounds.
struct FactTest {
    let fact: LoanFacts.Name
    let bounds: ClosedRange<Int>

    /// Whether the test can only begin to hold, never cease, as the debtor's situation worsens.
    var worsens: Bool {
        let growsTowardsIt = bounds.upperBound == fact.numbers.upperBound
        return growsTowardsIt == (fact.effect == .aggravates)
    }
}

extension LoanFacts.Name {
    /// The numbers that the fact takes; a flag is 0 or 1.
    var numbers: ClosedRange<Int> {
        switch slot {
        case .flag: 0...1
        case .number(_, let range): range
        }
    }
}
