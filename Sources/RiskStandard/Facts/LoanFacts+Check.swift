extension LoanFacts {
    /// Refuses facts that can't be: numbers out of range, and facts that contradict each other, the
    /// day or the opening of the account. Nothing is corrected or guessed.
    ///
    /// A contradiction needs two stated facts; beside an unknown one nothing is impossible.
    ///
    /// - Parameters:
    ///   - asOf: the day for which the facts stand; nil leaves out what only a day can show.
    ///   - opened: the month in which the account was opened, where that is known.
    /// - Throws: `FactsError`, naming the fact at fault.
    public func check(asOf: CalendarDate? = nil, opened: YearMonth? = nil) throws(FactsError) {
        try check(marks: marks, asOf: asOf, opened: opened)
    }

    @inline(__always)
    func check(
        marks: FactMarks, asOf: CalendarDate?, opened: YearMonth?
    ) throws(FactsError) {
        try check(daysPastDue, .daysPastDue, 0...Self.daysPastDueMax)
        try check(expectedLossBasisPoints, .expectedLossBasisPoints, 0...Self.expectedLossMax)
        guard marks.stated & Self.rarelyStated != 0 else { return }
        try checkNeeds()
        try check(periodsPaid, .periodsPaid, 0...Self.periodsPaidMax)
        try check(paymentPeriodMonths, .paymentPeriodMonths, 1...Self.paymentPeriodMonthsMax)
        try check(materialDaysPastDue, .materialDaysPastDue, 0...Self.daysPastDueMax)
        try checkOrder(opened: opened)
        if let asOf { try checkDates(asOf: asOf) }
    }

    /// Facts that take part in a contradiction; most loans state none of them.
    private static let rarelyStated = Name.allCases.reduce(UInt64(0)) { set, name in
        switch (name, name.slot) {
        case (.expectedLossBasisPoints, _), (.qualifyingRenewal, _), (.restructuredAgain, _),
            (.difficultyOver, _), (.periodsPaid, _), (.paymentPeriodMonths, _),
            (.materialDaysPastDue, _), (_, .date):
            set | name.bit
        default: set
        }
    }

    private func check(
        _ fact: Fact<Int>, _ name: Name, _ range: ClosedRange<Int>
    ) throws(FactsError) {
        if case .known(let number) = fact, !range.contains(number) {
            throw .outOfRange(name, range)
        }
    }

    /// Facts that can't hold without another one.
    private func checkNeeds() throws(FactsError) {
        if case .known = expectedLossBasisPoints, creditImpaired.number == 0 {
            throw .contradiction(.expectedLossBasisPoints, without: .creditImpaired)
        }
        if qualifyingRenewal == .known(true), repaidByNewBorrowing.number == 0 {
            throw .contradiction(.qualifyingRenewal, without: .repaidByNewBorrowing)
        }
        guard restructuredOn == .absent else { return }
        if restructuredAgain == .known(true) {
            throw .contradiction(.restructuredAgain, without: .restructuredOn)
        }
        if case .known = firstPaymentOn {
            throw .contradiction(.firstPaymentOn, without: .restructuredOn)
        }
        if case .known = observationRestartedOn {
            throw .contradiction(.observationRestartedOn, without: .restructuredOn)
        }
        if difficultyOver == .known(true) {
            throw .contradiction(.difficultyOver, without: .restructuredOn)
        }
    }
}

// MARK: - Dates

extension LoanFacts {
    /// Dates that can't lie before others.
    private func checkOrder(opened: YearMonth?) throws(FactsError) {
        if let opened {
            for name in Self.afterOpening {
                if case .known(let day) = date(of: name), day.yearMonth < opened {
                    throw .beforeOpening(name)
                }
            }
        }
        if case .known(let payment) = firstPaymentOn, case .known(let change) = restructuredOn,
            payment < change
        {
            throw .before(.firstPaymentOn, .restructuredOn)
        }
    }

    private static let afterOpening: [Name] = [
        .restructuredOn, .firstPaymentOn, .observationRestartedOn, .arrearsClearedOn,
        .nonPerformingOn,
    ]

    /// Dates that can't lie after the day, and what can't be on that day.
    ///
    /// The first payment date after a change may still lie ahead.
    private func checkDates(asOf: CalendarDate) throws(FactsError) {
        for name in Self.happened {
            if case .known(let day) = date(of: name), day > asOf { throw .afterAsOf(name) }
        }
        // Arrears that were all cleared leave no older due date unpaid.
        if case .known(let cleared) = arrearsClearedOn, case .known(let days) = daysPastDue,
            days > asOf.days(since: cleared)
        {
            throw .excluded(.arrearsClearedOn, by: .daysPastDue)
        }
        try checkPeriods(asOf: asOf)
    }

    private static let happened: [Name] = [
        .restructuredOn, .observationRestartedOn, .arrearsClearedOn, .nonPerformingOn,
        .bankruptcyNoticedOn,
    ]

    /// Periods paid can't be more than have passed: the first may be paid on the day on which
    /// counting begins, each further one a period later.
    private func checkPeriods(asOf: CalendarDate) throws(FactsError) {
        guard case .known(let paid) = periodsPaid, paid > 1,
            case .known(let length) = paymentPeriodMonths
        else { return }
        let starts = [arrearsClearedOn, firstPaymentOn, observationRestartedOn]
            .compactMap { fact in if case .known(let day) = fact { day } else { nil } }
        guard let start = starts.max() else { return }
        guard (paid - 1) * length <= start.wholeMonths(to: asOf) else {
            throw .excluded(.periodsPaid, by: .paymentPeriodMonths)
        }
    }
}
