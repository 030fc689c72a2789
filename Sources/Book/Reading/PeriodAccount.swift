import RiskStandard

/// What has been gathered of one account: the newest row, and of every period a few bytes.
struct PeriodAccount {
    private struct Period {
        let month: YearMonth
        let order: Int
        let letter: RepaymentHistory.Letter
        let hits: [LastingHit]

        init(_ row: PeriodLedger.Row) {
            month = row.month
            order = row.order
            letter = row.draft.letter ?? .init(row.draft.facts.daysPastDue)
            hits = row.hits
        }
    }

    /// The row of the newest period.
    private(set) var newest: PeriodLedger.Row
    private var periods: [Period]

    init(_ row: PeriodLedger.Row) {
        newest = row
        periods = [Period(row)]
    }

    /// Takes another row of the account in.
    mutating func add(_ row: PeriodLedger.Row) -> PeriodLedger.Outcome {
        guard row.draft.scheme == newest.draft.scheme,
            row.draft.identifier == newest.draft.identifier
        else {
            return .rejected(
                RowFault(code: .borrowerDiffers, reason: "the account has another borrower above"))
        }
        guard let index = periods.firstIndex(where: { $0.month == row.month }) else {
            guard periods.count < BookLimits.periodsPerAccountMax else {
                return .rejected(
                    RowFault(
                        code: .tooManyPeriods,
                        reason: "more than \(BookLimits.periodsPerAccountMax) periods"))
            }
            periods.append(Period(row))
            if row.month > newest.month { newest = row }
            return .kept
        }
        guard row.order >= periods[index].order else { return .superseded }
        periods[index] = Period(row)
        if row.month == newest.month { newest = row }
        return .superseded
    }

    /// The newest row's draft, completed by what lasts and by the history.
    func draft() -> RecordDraft {
        var draft = newest.draft
        let ordered = periods.sorted { $0.month < $1.month }
        for hit in Self.firstHits(ordered) {
            for entry in hit.values { draft.set(entry.field, entry.value) }
        }
        draft.setHistory(
            RepaymentHistory(newestOf: Self.letters(ordered)), ends: newest.month)
        return draft
    }

    /// Of each lasting rule the first period's hit, in the order of the rules: what a charge-off
    /// set when it happened is not undone by later months.
    private static func firstHits(_ ordered: [Period]) -> [LastingHit] {
        var first: [Int: LastingHit] = [:]
        for hit in ordered.flatMap(\.hits) where first[hit.rule] == nil { first[hit.rule] = hit }
        return first.values.sorted { $0.rule < $1.rule }
    }

    /// One letter for each month from the first period to the last; months without a row are
    /// unknown, and a lasting letter goes on.
    private static func letters(_ ordered: [Period]) -> [RepaymentHistory.Letter] {
        var letters: [RepaymentHistory.Letter] = []
        var lasting: RepaymentHistory.Letter?
        var previous: YearMonth?
        for period in ordered {
            let gap = previous.map { period.month.months(since: $0) - 1 } ?? 0
            letters += repeatElement(lasting ?? .unknown, count: gap)
            lasting = period.hits.compactMap(\.letter).last ?? lasting
            letters.append(lasting ?? period.letter)
            previous = period.month
        }
        return letters
    }
}

extension RepaymentHistory.Letter {
    /// The letter of a month whose days past due are stated, or `#` when they are not known.
    fileprivate init(_ daysPastDue: Fact<Int>) {
        switch daysPastDue {
        case .known(let days): self = .init(daysPastDue: days)
        case .unknown, .absent: self = .unknown
        }
    }
}
