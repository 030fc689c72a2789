extension LoanFacts {
    /// The fact as the number that rules test, nil when it is unknown: a flag is 0 or 1, a date 1,
    /// and an absent fact is 0.
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
        case .restructuredOn: restructuredOn.number
        case .restructuredAgain: restructuredAgain.number
        case .firstPaymentOn: firstPaymentOn.number
        case .observationRestartedOn: observationRestartedOn.number
        case .difficultyOver: difficultyOver.number
        case .wasNonPerforming: wasNonPerforming.number
        case .arrearsClearedOn: arrearsClearedOn.number
        case .periodsPaid: periodsPaid.number
        case .paymentPeriodMonths: paymentPeriodMonths.number
        case .ableToPerform: ableToPerform.number
        case .otherImpairedAsset: otherImpairedAsset.number
        case .creditEnhancement: creditEnhancement.number
        case .nonPerformingOn: nonPerformingOn.number
        case .bankruptcyNoticedOn: bankruptcyNoticedOn.number
        case .openEnd: openEnd.number
        case .unlikelyToPay: unlikelyToPay.number
        case .materialDaysPastDue: materialDaysPastDue.number
        }
    }

    /// A dated fact; absent for those that are none.
    @inline(__always)
    func date(of name: Name) -> Fact<CalendarDate> {
        switch name {
        case .restructuredOn: restructuredOn
        case .firstPaymentOn: firstPaymentOn
        case .observationRestartedOn: observationRestartedOn
        case .arrearsClearedOn: arrearsClearedOn
        case .nonPerformingOn: nonPerformingOn
        case .bankruptcyNoticedOn: bankruptcyNoticedOn
        default: .absent
        }
    }

    /// Which facts say anything, and which of them say more than "not so": a rule none of whose
    /// facts does can be passed over.
    @inline(__always)
    var marks: FactMarks {
        var marks = FactMarks()
        marks.add(.daysPastDue, daysPastDue.state)
        marks.add(.technicalCause, technicalCause.state)
        marks.add(.fundsDiverted, fundsDiverted.state)
        marks.add(.repaidByNewBorrowing, repaidByNewBorrowing.state)
        marks.add(.qualifyingRenewal, qualifyingRenewal.state)
        marks.add(.ratingSlump, ratingSlump.state)
        marks.add(.creditImpaired, creditImpaired.state)
        marks.add(.evadingDebt, evadingDebt.state)
        marks.add(.liquidation, liquidation.state)
        marks.add(.expectedLossBasisPoints, expectedLossBasisPoints.state)
        marks.add(.restructuredOn, restructuredOn.state)
        marks.add(.restructuredAgain, restructuredAgain.state)
        marks.add(.firstPaymentOn, firstPaymentOn.state)
        marks.add(.observationRestartedOn, observationRestartedOn.state)
        marks.add(.difficultyOver, difficultyOver.state)
        marks.add(.wasNonPerforming, wasNonPerforming.state)
        marks.add(.arrearsClearedOn, arrearsClearedOn.state)
        marks.add(.periodsPaid, periodsPaid.state)
        marks.add(.paymentPeriodMonths, paymentPeriodMonths.state)
        marks.add(.ableToPerform, ableToPerform.state)
        marks.add(.otherImpairedAsset, otherImpairedAsset.state)
        marks.add(.creditEnhancement, creditEnhancement.state)
        marks.add(.nonPerformingOn, nonPerformingOn.state)
        marks.add(.bankruptcyNoticedOn, bankruptcyNoticedOn.state)
        marks.add(.openEnd, openEnd.state)
        marks.add(.unlikelyToPay, unlikelyToPay.state)
        marks.add(.materialDaysPastDue, materialDaysPastDue.state)
        return marks
    }
}

/// Sets of facts, one bit a fact.
struct FactMarks {
    /// Set in the needs of a rule that may matter whatever the facts are.
    static var always: UInt64 { 1 << 63 }

    /// Facts that are not absent.
    private(set) var stated: UInt64 = 0
    /// Facts that are unknown, or known and neither false nor 0.
    private(set) var pressing: UInt64 = 0

    /// Whether one of these facts says something, or nothing has to.
    @inline(__always)
    func says(_ needs: UInt64) -> Bool { needs & (pressing | Self.always) != 0 }

    @inline(__always)
    fileprivate mutating func add(_ name: LoanFacts.Name, _ state: FactState) {
        guard state != .silent else { return }
        let bit = name.bit
        stated |= bit
        if state == .pressing { pressing |= bit }
    }
}

extension LoanFacts.Name {
    /// The fact's bit in ``FactMarks``.
    @inline(__always)
    var bit: UInt64 {
        switch self {
        case .daysPastDue: 1 << 0
        case .technicalCause: 1 << 1
        case .fundsDiverted: 1 << 2
        case .repaidByNewBorrowing: 1 << 3
        case .qualifyingRenewal: 1 << 4
        case .ratingSlump: 1 << 5
        case .creditImpaired: 1 << 6
        case .evadingDebt: 1 << 7
        case .liquidation: 1 << 8
        case .expectedLossBasisPoints: 1 << 9
        case .restructuredOn: 1 << 10
        case .restructuredAgain: 1 << 11
        case .firstPaymentOn: 1 << 12
        case .observationRestartedOn: 1 << 13
        case .difficultyOver: 1 << 14
        case .wasNonPerforming: 1 << 15
        case .arrearsClearedOn: 1 << 16
        case .periodsPaid: 1 << 17
        case .paymentPeriodMonths: 1 << 18
        case .ableToPerform: 1 << 19
        case .otherImpairedAsset: 1 << 20
        case .creditEnhancement: 1 << 21
        case .nonPerformingOn: 1 << 22
        case .bankruptcyNoticedOn: 1 << 23
        case .openEnd: 1 << 24
        case .unlikelyToPay: 1 << 25
        case .materialDaysPastDue: 1 << 26
        }
    }
}

/// How much a fact says.
enum FactState {
    case silent
    case denied
    case pressing
}

extension Fact<Int> {
    @inline(__always)
    var number: Int? {
        switch self {
        case .absent: 0
        case .unknown: nil
        case .known(let value): value
        }
    }

    @inline(__always)
    var state: FactState {
        switch self {
        case .absent: .silent
        case .known(0): .denied
        default: .pressing
        }
    }
}

extension Fact<Bool> {
    @inline(__always)
    var number: Int? {
        switch self {
        case .absent: 0
        case .unknown: nil
        case .known(let holds): holds ? 1 : 0
        }
    }

    @inline(__always)
    var state: FactState {
        switch self {
        case .absent: .silent
        case .known(false): .denied
        default: .pressing
        }
    }
}

extension Fact<CalendarDate> {
    @inline(__always)
    var number: Int? {
        switch self {
        case .absent: 0
        case .unknown: nil
        case .known: 1
        }
    }

    @inline(__always)
    var state: FactState {
        if case .absent = self { .silent } else { .pressing }
    }
}
