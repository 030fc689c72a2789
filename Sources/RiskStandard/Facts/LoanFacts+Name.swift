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
        /// ``LoanFacts/restructuredOn``.
        case restructuredOn
        /// ``LoanFacts/restructuredAgain``.
        case restructuredAgain
        /// ``LoanFacts/firstPaymentOn``.
        case firstPaymentOn
        /// ``LoanFacts/observationRestartedOn``.
        case observationRestartedOn
        /// ``LoanFacts/difficultyOver``.
        case difficultyOver
        /// ``LoanFacts/wasNonPerforming``.
        case wasNonPerforming
        /// ``LoanFacts/arrearsClearedOn``.
        case arrearsClearedOn
        /// ``LoanFacts/periodsPaid``.
        case periodsPaid
        /// ``LoanFacts/paymentPeriodMonths``.
        case paymentPeriodMonths
        /// ``LoanFacts/ableToPerform``.
        case ableToPerform
        /// ``LoanFacts/otherImpairedAsset``.
        case otherImpairedAsset
        /// ``LoanFacts/creditEnhancement``.
        case creditEnhancement
        /// ``LoanFacts/nonPerformingOn``.
        case nonPerformingOn
        /// ``LoanFacts/bankruptcyNoticedOn``.
        case bankruptcyNoticedOn
        /// ``LoanFacts/openEnd``.
        case openEnd
        /// ``LoanFacts/unlikelyToPay``.
        case unlikelyToPay
        /// ``LoanFacts/materialDaysPastDue``.
        case materialDaysPastDue
    }

    /// The closed list of the facts' names, in stable order.
    public static let names: [String] = Name.allCases.map(\.rawValue)
}
