import RiskStandard

extension RecordDraft {
    /// The record, once all that it needs is there and nothing contradicts.
    func record(line: Int, asOf: CalendarDate) throws(DraftFault) -> AccountRecord {
        guard let scheme else { throw .missing(.scheme) }
        guard let identifier else { throw .missing(.identifier) }
        guard let accountNumber else { throw .missing(.accountNumber) }
        guard let role else { throw .missing(.role) }
        guard let kind else { throw .missing(.kind) }
        guard let product else { throw .missing(.product) }
        guard let retail else { throw .missing(.retail) }
        guard let status else { throw .missing(.status) }
        try checkDates(asOf: asOf)
        try checkFacts(asOf: asOf)
        var record = AccountRecord(
            line: line, scheme: scheme, identifier: identifier, accountNumber: accountNumber,
            role: role, kind: kind, product: product, retail: retail, status: status, facts: facts)
        record.name = name
        record.subjectKind = subjectKind
        record.subjectStatus = subjectStatus
        record.openedMonth = openedMonth
        record.closedMonth = closedMonth
        record.overdue = try money(overdue, .overdue)
        record.balance = try money(balance, .balance)
        record.limit = try money(limit, .limit)
        record.monthlyDue = try money(monthlyDue, .monthlyDue)
        record.overduePeak = try money(overduePeak, .overduePeak)
        record.history = history
        record.historyEnds = historyEnds
        record.badEventEnded = badEventEnded
        record.relief = relief
        record.dispute = dispute
        record.ownClass = ownClass
        record.noticeHeld = noticeHeld
        record.consent = try consent.record()
        return record
    }

    private func money(
        _ amount: WrittenAmount?, _ field: Field
    ) throws(DraftFault) -> Money? {
        guard let amount else { return nil }
        guard let currency else { throw .missing(.currency) }
        guard amount.mark?.allows(currency) ?? true else {
            throw DraftFault(
                field: field, code: .currency,
                reason: "the amount names another currency than the row's, \(currency.code)")
        }
        do {
            return Money(
                minorUnits: try amount.minorUnits(of: currency), currency: currency.code)
        } catch {
            switch error {
            case .overflow:
                throw DraftFault(field: field, code: .amountOverflow, reason: "too large")
            case .tooPrecise:
                throw DraftFault(
                    field: field, code: .amountTooPrecise,
                    reason: "more decimals than \(currency.code) has")
            }
        }
    }

    private func checkDates(asOf: CalendarDate) throws(DraftFault) {
        let months: [(Field, YearMonth?)] = [
            (.openedMonth, openedMonth), (.closedMonth, closedMonth), (.historyEnds, historyEnds),
        ]
        for case (let field, let month?) in months where month > asOf.yearMonth {
            throw .afterAsOf(field, asOf)
        }
        if let badEventEnded, badEventEnded > asOf { throw .afterAsOf(.badEventEnded, asOf) }
        if let openedMonth, let closedMonth, closedMonth < openedMonth {
            throw DraftFault(
                field: .closedMonth, code: .contradiction, reason: "closed before it was opened")
        }
        guard (history == nil) == (historyEnds == nil) else {
            throw .missing(history == nil ? .history : .historyEnds)
        }
    }

    private func checkFacts(asOf: CalendarDate) throws(DraftFault) {
        do {
            try facts.check(asOf: asOf, opened: openedMonth)
        } catch {
            throw DraftFault(
                field: Field(rawValue: error.field), code: .contradiction,
                reason: error.description)
        }
    }
}
