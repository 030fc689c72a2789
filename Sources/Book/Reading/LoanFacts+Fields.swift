import RiskStandard

extension LoanFacts {
    /// Sets a fact; a flag that is false leaves it absent, which says the same.
    mutating func set(_ field: Field, _ value: FieldValue) {
        switch field {
        case .daysPastDue: daysPastDue = value.count
        case .expectedLossBasisPoints: expectedLossBasisPoints = value.count
        case .technicalCause: technicalCause = value.flag
        case .fundsDiverted: fundsDiverted = value.flag
        case .repaidByNewBorrowing: repaidByNewBorrowing = value.flag
        case .qualifyingRenewal: qualifyingRenewal = value.flag
        case .ratingSlump: ratingSlump = value.flag
        case .creditImpaired: creditImpaired = value.flag
        case .evadingDebt: evadingDebt = value.flag
        case .liquidation: liquidation = value.flag
        default: break
        }
    }
}

extension FieldValue {
    fileprivate var count: Fact<Int> {
        switch self {
        case .count(let count): .known(count)
        case .unknown: .unknown
        default: .absent
        }
    }

    fileprivate var flag: Fact<Bool> {
        switch self {
        case .flag(true): .known(true)
        case .unknown: .unknown
        default: .absent
        }
    }
}
