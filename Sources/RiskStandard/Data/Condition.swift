/// When a rule applies, as its file says it.
///
/// There is no "not": what lifts a rule is said in the rule's `except`, as laws do, and a reader
/// sees at once in which direction a fact counts.
indirect enum Condition {
    /// A fact of the loan.
    case fact(FactTest)
    /// The loan belongs to a segment.
    case segment(Segment)
    /// All accounts of the debtor together.
    case debtor(DebtorTest)
    /// Every one of these.
    case all([Condition])
    /// At least one of these.
    case any([Condition])
}

extension Condition {
    /// Whether the debtor's other accounts count.
    var asksDebtor: Bool {
        switch self {
        case .debtor: true
        case .fact, .segment: false
        case .all(let parts), .any(let parts): parts.contains(where: \.asksDebtor)
        }
    }

    /// Whether the classes or shares of the debtor's accounts count.
    var asksClasses: Bool {
        switch self {
        case .debtor(let test): test.subject != .otherImpaired
        case .fact, .segment: false
        case .all(let parts), .any(let parts): parts.contains(where: \.asksClasses)
        }
    }

    /// Whether it can't hold, or be unknown, while nothing of the debtor holds.
    var requiresDebtor: Bool {
        switch self {
        case .debtor: true
        case .fact, .segment: false
        case .all(let parts): parts.contains(where: \.requiresDebtor)
        case .any(let parts): parts.allSatisfy(\.requiresDebtor)
        }
    }

    /// The same of a file that counts the due date itself as the first day past due, while facts
    /// count the day after it.
    var countedFromDueDate: Condition {
        switch self {
        case .fact(let test): .fact(test.countedFromDueDate)
        case .segment: self
        case .debtor(let test): .debtor(test.countedFromDueDate)
        case .all(let parts): .all(parts.map(\.countedFromDueDate))
        case .any(let parts): .any(parts.map(\.countedFromDueDate))
        }
    }

    /// Facts of which at least one must say more than "not so" for the condition to hold or to be
    /// unknown; nil when it may hold whatever the facts are.
    var needs: UInt64? {
        switch self {
        case .fact(let test): test.holdsOnSilence ? nil : test.fact.bit
        case .segment, .debtor: nil
        case .all(let parts): parts.lazy.compactMap(\.needs).first
        case .any(let parts):
            parts.reduce(UInt64?(0)) { set, part in
                set.flatMap { set in part.needs.map { set | $0 } }
            }
        }
    }
}

/// When a rule applies and what lifts it, as its file says, for people to read.
struct RuleCondition {
    let when: Condition
    let except: Condition?
}
