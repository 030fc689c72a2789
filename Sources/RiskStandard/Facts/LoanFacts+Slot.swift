extension LoanFacts.Name {
    /// What the fact does to a class when it holds, or when its number grows.
    enum Effect {
        /// Can only make the class worse: a reason for a floor.
        case aggravates
        /// Can only lift a floor: an excuse.
        case excuses
        /// Decides nothing.
        case describes
    }

    /// Where the fact is kept, and which values it takes.
    enum Slot {
        case flag(WritableKeyPath<LoanFacts, Fact<Bool>>)
        case number(WritableKeyPath<LoanFacts, Fact<Int>>, ClosedRange<Int>)
        case date(WritableKeyPath<LoanFacts, Fact<CalendarDate>>)
    }

    var effect: Effect {
        switch self {
        case .technicalCause, .qualifyingRenewal, .firstPaymentOn, .difficultyOver,
            .arrearsClearedOn, .periodsPaid, .ableToPerform, .creditEnhancement, .openEnd:
            .excuses
        case .paymentPeriodMonths: .describes
        default: .aggravates
        }
    }

    /// What the passing of time since a dated fact does.
    var ageEffect: Effect {
        switch self {
        case .firstPaymentOn, .observationRestartedOn, .arrearsClearedOn: .excuses
        case .nonPerformingOn, .bankruptcyNoticedOn: .aggravates
        default: .describes
        }
    }

    var slot: Slot {
        switch self {
        case .daysPastDue: .number(\.daysPastDue, 0...LoanFacts.daysPastDueMax)
        case .technicalCause: .flag(\.technicalCause)
        case .fundsDiverted: .flag(\.fundsDiverted)
        case .repaidByNewBorrowing: .flag(\.repaidByNewBorrowing)
        case .qualifyingRenewal: .flag(\.qualifyingRenewal)
        case .ratingSlump: .flag(\.ratingSlump)
        case .creditImpaired: .flag(\.creditImpaired)
        case .evadingDebt: .flag(\.evadingDebt)
        case .liquidation: .flag(\.liquidation)
        case .expectedLossBasisPoints:
            .number(\.expectedLossBasisPoints, 0...LoanFacts.expectedLossMax)
        case .restructuredOn: .date(\.restructuredOn)
        case .restructuredAgain: .flag(\.restructuredAgain)
        case .firstPaymentOn: .date(\.firstPaymentOn)
        case .observationRestartedOn: .date(\.observationRestartedOn)
        case .difficultyOver: .flag(\.difficultyOver)
        case .wasNonPerforming: .flag(\.wasNonPerforming)
        case .arrearsClearedOn: .date(\.arrearsClearedOn)
        case .periodsPaid: .number(\.periodsPaid, 0...LoanFacts.periodsPaidMax)
        case .paymentPeriodMonths:
            .number(\.paymentPeriodMonths, 1...LoanFacts.paymentPeriodMonthsMax)
        case .ableToPerform: .flag(\.ableToPerform)
        case .otherImpairedAsset: .flag(\.otherImpairedAsset)
        case .creditEnhancement: .flag(\.creditEnhancement)
        case .nonPerformingOn: .date(\.nonPerformingOn)
        case .bankruptcyNoticedOn: .date(\.bankruptcyNoticedOn)
        case .openEnd: .flag(\.openEnd)
        case .unlikelyToPay: .flag(\.unlikelyToPay)
        case .materialDaysPastDue: .number(\.materialDaysPastDue, 0...LoanFacts.daysPastDueMax)
        }
    }

    /// The numbers that the fact takes; a flag is 0 or 1, and so is a date: stated or not.
    var numbers: ClosedRange<Int> {
        switch slot {
        case .flag, .date: 0...1
        case .number(_, let range): range
        }
    }
}
