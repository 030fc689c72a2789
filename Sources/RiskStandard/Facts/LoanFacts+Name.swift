extension LoanFacts {
    /// The names of the facts on the wire and in the files of standards, in stable order.
    public enum Name: String, CaseIterable, Sendable {
        /// ``LoanFacts/daysPastDue``.
        case daysPastDue
        /// ``LoanFacts/technicalCause``.
        case technicalCause
        /// ``LoanFacts/fundsDiverted``.
        case fundsDiverted
        /// ``LoanFacts/repaidByNewBorrowing``.
        case repaidByNewBorrowing
        /// ``LoanFacts/qualifyingRenewal``.
        case qualifyingRenewal
        /// ``LoanFacts/ratingSlump``.
        case ratingSlump
        /// ``LoanFacts/creditImpaired``.
        case creditImpaired
        /// ``LoanFacts/evadingDebt``.
        case evadingDebt
        /// ``LoanFacts/liquidation``.
        case liquidation
        /// ``LoanFacts/expectedLossBasisPoints``.
        case expectedLossBasisPoints
    }

    /// The closed list of the facts' names, in stable order.
    public static let names: [String] = Name.allCases.map(\.rawValue)
}

extension LoanFacts.Name {
    /// What the fact does to a class when it holds, or when its number grows.
    enum Effect {
        /// Can only make the class worse: a reason for a floor.
        case aggravates
        /// Can only lift a floor: an excuse.
        case excuses
    }

    /// Where the fact is kept, and which numbers it takes.
    enum Slot {
        case flag(WritableKeyPath<LoanFacts, Fact<Bool>>)
        case number(WritableKeyPath<LoanFacts, Fact<Int>>, ClosedRange<Int>)
    }

    var effect: Effect {
        switch self {
        case .technicalCause, .qualifyingRenewal: .excuses
        default: .aggravates
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
        }
    }
}
