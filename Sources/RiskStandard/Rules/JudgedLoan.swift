/// One loan on the day on which it is judged, with what is known of its debtor.
struct JudgedLoan {
    let facts: LoanFacts
    let segment: Segment
    let asOf: CalendarDate
    let debtor: DebtorTruths

    /// Whether what is measured of a fact lies within bounds.
    @inline(__always)
    borrowing func truth(
        _ name: LoanFacts.Name, _ measure: FactTest.Measure, _ atLeast: Int, _ atMost: Int
    ) -> Truth {
        if case .number = measure {
            guard let number = facts.number(of: name) else { return .unknown }
            return atLeast <= number && number <= atMost ? .yes : .no
        }
        switch facts.date(of: name) {
        case .absent: return measure == .monthsOrAbsent ? .yes : .no
        case .unknown: return .unknown
        case .known(let day):
            let age = measure == .days ? asOf.days(since: day) : day.wholeMonths(to: asOf)
            return atLeast <= age && age <= atMost ? .yes : .no
        }
    }
}

/// What the tests of a debtor gave: two bits a test.
struct DebtorTruths: Equatable {
    /// Nothing is known of the debtor but the loan itself.
    static let none = DebtorTruths()

    private var holding: UInt32 = 0
    private var open: UInt32 = 0

    /// Whether no test holds or is open.
    var isEmpty: Bool { holding | open == 0 }

    /// What the test of that place in ``RuleProgram/debtorTests`` gave.
    subscript(test: Int) -> Truth {
        get {
            let bit: UInt32 = 1 << UInt32(test)
            return holding & bit != 0 ? .yes : open & bit != 0 ? .unknown : .no
        }
        set {
            let bit: UInt32 = 1 << UInt32(test)
            holding = newValue == .yes ? holding | bit : holding & ~bit
            open = newValue == .unknown ? open | bit : open & ~bit
        }
    }
}
