import RiskStandard

/// Gathers the rows of a file with one row per account and period until its end: of each account
/// the newest period's draft, and of every period its letter and what lasts.
///
/// Memory grows with accounts (at most ``BookLimits/periodAccountsMax``) and a few bytes a period.
struct PeriodLedger {
    /// One row, read.
    struct Row {
        let line: Int
        let account: String
        let month: YearMonth
        /// Of rows of the same month the one with the greatest order is kept, of equals the last.
        let order: Int
        let draft: RecordDraft
        let hits: [LastingHit]
    }

    /// What became of a row.
    enum Outcome {
        case kept
        /// It replaced a row of the same period, or was replaced by one.
        case superseded
        case rejected(RowFault)
    }

    private var accounts: [PeriodAccount] = []
    private var indices: [String: Int] = [:]
    /// Accounts of which some row was rejected: their standing is not known as a whole.
    private var incomplete: Set<String> = []
    private var drained = 0

    /// Takes a row in.
    mutating func add(_ row: Row) throws(BookError) -> Outcome {
        guard let index = indices[row.account] else {
            guard accounts.count < BookLimits.periodAccountsMax else { throw .tooManyAccounts }
            indices[row.account] = accounts.count
            accounts.append(PeriodAccount(row))
            return .kept
        }
        let outcome = accounts[index].add(row)
        if case .rejected = outcome { markIncomplete(row.account) }
        return outcome
    }

    /// Notes that a row of the account was rejected.
    mutating func markIncomplete(_ account: String) {
        incomplete.insert(account)
    }

    /// The next account in the order of the file, nil after the last.
    mutating func next() -> (account: PeriodAccount, isIncomplete: Bool)? {
        guard drained < accounts.count else { return nil }
        let account = accounts[drained]
        drained += 1
        return (account, incomplete.contains(account.newest.account))
    }
}
