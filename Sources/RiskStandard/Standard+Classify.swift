extension Standard {
    /// Classifies one loan by its own facts; what the debtor's other accounts demand is left out
    /// (``assess(_:isComplete:)``).
    ///
    /// With unknown facts the class is what the known ones demand, and `isAtLeast` says whether
    /// it could be worse.
    ///
    /// - Parameters:
    ///   - asOf: the day for which the facts stand: observation and cure are counted to it.
    ///   - opened: the month in which the account was opened, where that is known.
    /// - Throws: `FactsError`: the facts can't be, or this version does not define one of them.
    public func classify(
        _ facts: LoanFacts, segment: Segment, asOf: CalendarDate, opened: YearMonth? = nil
    ) throws(FactsError) -> Classification {
        let marks = try checked(facts, asOf: asOf, opened: opened)
        let loan = JudgedLoan(facts: facts, segment: segment, asOf: asOf, debtor: .none)
        let isObserved = marks.says(compiled.observationNeeds)
        return classification(
            compiled.outcome(loan, marks: marks),
            observation: isObserved ? compiled.observation(loan) : nil)
    }

    /// Checks the facts of one loan and sums them up.
    @inline(__always)
    func checked(
        _ facts: LoanFacts, asOf: CalendarDate, opened: YearMonth?
    ) throws(FactsError) -> FactMarks {
        let marks = facts.marks
        try facts.check(marks: marks, asOf: asOf, opened: opened)
        guard marks.stated & compiled.undefined == 0 else {
            throw .notInStandard(
                LoanFacts.Name.allCases[(marks.stated & compiled.undefined).trailingZeroBitCount])
        }
        return marks
    }

    /// What the rules gave, in words.
    func classification(
        _ outcome: Outcome, observation: Observation?, watch: [RuleID] = []
    ) -> Classification {
        var floors: [Floor] = []
        if outcome.applying != 0 {
            floors.reserveCapacity(outcome.applying.nonzeroBitCount)
            var rest = outcome.applying
            while rest != 0 {
                floors.append(compiled.floors[rest.trailingZeroBitCount])
                rest &= rest - 1
            }
        }
        return Classification(
            riskClass: compiled.riskClass(outcome.deciding),
            decidedBy: floors.first?.rule ?? otherwise.id,
            couldBe: compiled.riskClass(outcome.worst), floors: floors,
            observation: observation, watch: watch)
    }
}
