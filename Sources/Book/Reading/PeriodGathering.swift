import RiskStandard

/// Reads rows of a file with one row per account and period into a ledger.
struct PeriodGathering {
    /// The accounts so far.
    var ledger = PeriodLedger()

    private let period: BoundCell
    private let keepLastBy: BoundCell?
    private let asOf: CalendarDate

    init(_ layout: PeriodLayout, binder: Binder) throws(BookError) {
        period = try binder.bindRequired(layout.period)
        keepLastBy = try layout.keepLastBy.map { rule throws(BookError) in
            try binder.bindRequired(rule)
        }
        asOf = binder.asOf
    }

    /// Takes a record in. A rejected one makes its account incomplete where that can be told.
    mutating func add(
        _ record: CSVRecord, plan: RowPlan
    ) throws(BookError) -> PeriodLedger.Outcome {
        let row: PeriodLedger.Row
        do {
            row = try self.row(of: record, plan: plan)
        } catch {
            if let account = plan.accountNumber(in: record) { ledger.markIncomplete(account) }
            return .rejected(error)
        }
        return try ledger.add(row)
    }

    private func row(
        of record: CSVRecord, plan: RowPlan
    ) throws(RowFault) -> PeriodLedger.Row {
        let draft = try plan.draft(of: record)
        guard let account = draft.accountNumber else {
            throw RowFault(code: .valueMissing, reason: "accountNumber is missing")
        }
        guard case .month(let month) = try period.value(in: record) else {
            throw RowFault(
                column: period.column, code: .valueMissing, reason: "the period is missing")
        }
        guard month <= asOf.yearMonth else {
            throw RowFault(
                column: period.column, code: .dateAfterAsOf,
                reason: "after the as-of date \(asOf)")
        }
        return PeriodLedger.Row(
            line: record.line, account: account, month: month, order: try order(of: record),
            draft: draft, hits: try plan.lastingHits(in: record))
    }

    /// Rows without a date there are the oldest.
    private func order(of record: CSVRecord) throws(RowFault) -> Int {
        guard case .date(let date) = try keepLastBy?.value(in: record) else { return Int.min }
        return date.daysSinceEpoch
    }
}
