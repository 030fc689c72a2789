extension LoanFacts {
    /// Refuses facts that can't be: numbers out of range, and facts that contradict each other.
    /// Nothing is corrected or guessed.
    ///
    /// A contradiction needs two stated facts; beside an unknown one nothing is impossible.
    ///
    /// - Throws: `FactsError.outOfRange` or `.contradiction`, naming the fact at fault.
    public func check() throws(FactsError) {
        try check(daysPastDue, .daysPastDue, 0...Self.daysPastDueMax)
        try check(expectedLossBasisPoints, .expectedLossBasisPoints, 0...Self.expectedLossMax)
        if case .known = expectedLossBasisPoints, creditImpaired.number == 0 {
            throw .contradiction(.expectedLossBasisPoints, without: .creditImpaired)
        }
        if qualifyingRenewal == .known(true), repaidByNewBorrowing.number == 0 {
            throw .contradiction(.qualifyingRenewal, without: .repaidByNewBorrowing)
        }
    }

    private func check(
        _ fact: Fact<Int>, _ name: Name, _ range: ClosedRange<Int>
    ) throws(FactsError) {
        if case .known(let number) = fact, !range.contains(number) {
            throw .outOfRange(name, range)
        }
    }
}
