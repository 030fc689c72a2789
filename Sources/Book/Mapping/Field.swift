import RiskStandard

/// Everything that a mapping can fill: the terms of ``AccountRecord`` and of the loan's facts.
/// Raw values are the names in mappings and, with the same spelling, on the wire.
enum Field: String, Sendable, CaseIterable {
    case scheme, identifier, name, subjectKind, subjectStatus
    case accountNumber, role, kind, product, retail, status, openedMonth, closedMonth
    case currency, overdue, balance, limit, monthlyDue
    case history, historyEnds, badEventEnded, overduePeak, relief, dispute, ownClass, noticeHeld
    case consentBasis, consentPurposes, consentGrantedAt, consentExpiresAt
    case consentWithdrawnAt, consentEvidenceFile, consentEvidenceDigest
    /// The repayment letter of one period, in files with one row per account and period.
    case letter

    case daysPastDue, technicalCause, fundsDiverted, repaidByNewBorrowing, qualifyingRenewal
    case ratingSlump, creditImpaired, evadingDebt, liquidation, expectedLossBasisPoints
    case restructuredOn, restructuredAgain, firstPaymentOn, observationRestartedOn, difficultyOver
    case wasNonPerforming, arrearsClearedOn, periodsPaid, paymentPeriodMonths, ableToPerform
    case otherImpairedAsset, creditEnhancement
    case nonPerformingOn, bankruptcyNoticedOn, openEnd, unlikelyToPay, materialDaysPastDue

    /// Fields without which a row is no record; a mapping must fill each.
    static let required: [Field] = [
        .scheme, .identifier, .accountNumber, .role, .kind, .product, .retail, .status,
    ]

    /// Whether the field is a fact of the loan, which may be `unknown`.
    var isFact: Bool { Self.facts.contains(self) }

    /// Facts have the names that they have on the wire.
    private static let facts = Set(LoanFacts.names.compactMap(Field.init(rawValue:)))

    /// Whether the text tells who the borrower is, and must never be shown.
    var isPersonal: Bool {
        switch self {
        case .identifier, .name, .accountNumber, .consentEvidenceFile, .consentEvidenceDigest: true
        default: false
        }
    }
}
