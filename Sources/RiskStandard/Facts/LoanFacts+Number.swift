extension LoanFacts {
    /// The fact as the number that rules test, nil when it is unknown: a flag is 0 or 1, and an
    /// absent fact is 0.
    ///
    /// The same table as ``Name``'s slots, spelt out because a key path costs more than a whole
    /// classification may; a test holds the two together.
    @inline(__always)
    func number(of name: Name) -> Int? {
        switch name {
        case .daysPastDue: daysPastDue.number
        case .technicalCause: technicalCause.number
        case .fundsDiverted: fundsDiverted.number
        case .repaidByNewBorrowing: repaidByNewBorrowing.number
        case .qualifyingRenewal: qualifyingRenewal.number
        case .ratingSlump: ratingSlump.number
        case .creditImpaired: creditImpaired.number
        case .evadingDebt: evadingDebt.number
        case .liquidation: liquidation.number
        case .expectedLossBasisPoints: expectedLossBasisPoints.number
        }
    }
}

extension Fact<Int> {
    var number: Int? {
        switch self {
        case .absent: 0
        case .unknown: nil
        case .known(let value): value
        }
    }
}

extension Fact<Bool> {
    var number: Int? {
        switch self {
        case .absent: 0
        case .unknown: nil
        case .known(let holds): holds ? 1 : 0
        }
    }
}
