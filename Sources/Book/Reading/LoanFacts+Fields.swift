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
        default: setHistory(field, value)
        }
    }

    /// Facts about what has been, which few loans have.
    private mutating func setHistory(_ field: Field, _ value: FieldValue) {
        switch field {
        case .restructuredOn: restructuredOn = value.day
        case .restructuredAgain: restructuredAgain = value.flag
        case .firstPaymentOn: firstPaymentOn = value.day
        case .observationRestartedOn: observationRestartedOn = value.day
        case .difficultyOver: difficultyOver = value.flag
        case .wasNonPerforming: wasNonPerforming = value.flag
        case .arrearsClearedOn: arrearsClearedOn = value.day
        case .periodsPaid: periodsPaid = value.count
        case .paymentPeriodMonths: paymentPeriodMonths = value.count
        case .ableToPerform: ableToPerform = value.flag
        case .otherImpairedAsset: otherImpairedAsset = value.flag
        case .creditEnhancement: creditEnhancement = value.flag
        case .nonPerformingOn: nonPerformingOn = value.day
        case .bankruptcyNoticedOn: bankruptcyNoticedOn = value.day
        case .openEnd: openEnd = value.flag
        case .unlikelyToPay: unlikelyToPay = value.flag
        case .materialDaysPastDue: materialDaysPastDue = value.count
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

    fileprivate var day: Fact<CalendarDate> {
        switch self {
        case .date(let date): .known(date)
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
