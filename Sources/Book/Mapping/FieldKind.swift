import RiskStandard

/// What texts a field takes.
enum FieldKind: Sendable {
    /// Any text of at most so many bytes.
    case text(bytesMax: Int)
    /// 1 to 40 of `a`–`z`, `0`–`9`, `-`.
    case word
    /// Such words, separated by `;`.
    case words
    /// `true`, `yes`, `1`, `false`, `no`, `0`.
    case flag
    /// A whole number in bounds.
    case count(ClosedRange<Int>)
    /// Days past due, stated or derived.
    case daysPastDue
    /// A decimal number of currency units.
    case amount
    case currency, month, date, instant, letter, letters, digest
    /// One of a closed list.
    case choice([ValueTable.Entry])
}

extension Field {
    /// What texts the field takes.
    var fieldKind: FieldKind {
        switch self {
        case .identifier: .text(bytesMax: BookLimits.identifierBytesMax)
        case .name: .text(bytesMax: BookLimits.nameBytesMax)
        case .accountNumber: .text(bytesMax: BookLimits.accountNumberBytesMax)
        case .ownClass: .text(bytesMax: BookLimits.ownClassBytesMax)
        case .consentEvidenceFile: .text(bytesMax: BookLimits.evidencePathBytesMax)
        case .scheme, .product, .relief: .word
        case .consentPurposes: .words
        case .subjectKind: Self.subjectKinds
        case .subjectStatus: Self.subjectStatuses
        case .role: Self.roles
        case .kind: Self.kinds
        case .status: Self.statuses
        case .dispute: Self.disputes
        case .consentBasis: Self.bases
        case .retail, .noticeHeld, .technicalCause, .fundsDiverted, .repaidByNewBorrowing,
            .qualifyingRenewal,
            .ratingSlump, .creditImpaired, .evadingDebt, .liquidation, .restructuredAgain,
            .difficultyOver, .wasNonPerforming, .ableToPerform, .otherImpairedAsset,
            .creditEnhancement, .openEnd, .unlikelyToPay:
            .flag
        case .expectedLossBasisPoints: .count(0...LoanFacts.expectedLossMax)
        case .periodsPaid: .count(0...LoanFacts.periodsPaidMax)
        case .paymentPeriodMonths: .count(1...LoanFacts.paymentPeriodMonthsMax)
        case .materialDaysPastDue: .count(0...LoanFacts.daysPastDueMax)
        case .daysPastDue: .daysPastDue
        case .overdue, .balance, .limit, .monthlyDue, .overduePeak: .amount
        case .currency: .currency
        case .openedMonth, .closedMonth, .historyEnds: .month
        case .badEventEnded, .restructuredOn, .firstPaymentOn, .observationRestartedOn,
            .arrearsClearedOn, .nonPerformingOn, .bankruptcyNoticedOn:
            .date
        case .consentGrantedAt, .consentExpiresAt, .consentWithdrawnAt: .instant
        case .letter: .letter
        case .history: .letters
        case .consentEvidenceDigest: .digest
        }
    }

    private static let subjectKinds = choice(SubjectKind.self) { .subjectKind($0) }
    private static let subjectStatuses = choice(SubjectStatus.self) { .subjectStatus($0) }
    private static let roles = choice(AccountRole.self) { .role($0) }
    private static let kinds = choice(AccountKind.self) { .kind($0) }
    private static let statuses = choice(AccountStatus.self) { .status($0) }
    private static let disputes = choice(DisputeKind.self) { .dispute($0) }
    private static let bases = choice(ConsentRecord.Basis.self) { .basis($0) }

    private static func choice<Term: CaseIterable & RawRepresentable>(
        _ terms: Term.Type, value: (Term) -> FieldValue
    ) -> FieldKind where Term.RawValue == String {
        .choice(terms.allCases.map { .init(text: $0.rawValue, value: value($0)) })
    }
}
