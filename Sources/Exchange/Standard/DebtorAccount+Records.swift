import Book
import Membership
import RiskStandard

extension DebtorAccount {
    /// An account of a lender's file, as the only institution.
    ///
    /// - Parameter reported: what the lender's own class means in the standard's terms, where it
    ///   brings one.
    public init(_ record: AccountRecord, asOf: CalendarDate, reported: RiskClass?) {
        self.init(
            institution: 0, asOf: asOf, facts: record.facts,
            segment: record.retail ? .retail : .nonRetail, opened: record.openedMonth,
            debt: DebtAmounts(
                role: record.role, kind: record.kind, status: record.status,
                balance: record.balance.map(Self.exact), overdue: record.overdue.map(Self.exact)),
            reported: reported)
    }

    /// An account as it is held, at the member that holds it.
    init(_ account: HeldAccount) {
        self.init(
            institution: 0, asOf: account.asOf, facts: account.facts,
            segment: account.isRetail ? .retail : .nonRetail, opened: account.openedMonth,
            debt: DebtAmounts(
                role: account.role, kind: account.kind, status: account.status,
                balance: account.balance.map(Self.exact), overdue: account.overdue.map(Self.exact)))
    }

    /// An account as it was disclosed; exact amounts count as they are, bands from end to end.
    init(_ account: DisclosedAccount, institution: Int, asOf: CalendarDate) {
        self.init(
            institution: institution, asOf: asOf, facts: account.facts, segment: account.segment,
            opened: account.openedMonth,
            debt: DebtAmounts(
                role: account.role, kind: account.kind, status: account.status,
                balance: account.balance.map(\.range), overdue: account.overdue.map(\.range)),
            reported: account.riskClass)
    }

    private static func exact(_ money: Money) -> (ClosedRange<Int64>, String) {
        (money.minorUnits...money.minorUnits, money.currency)
    }
}

extension DebtAmounts {
    /// A code of ISO 4217 for "no currency": amounts of which not even that is known.
    private static let noCurrency = "XXX"

    /// What an account adds to the debts of its subject; nil when nothing: a guarantee is another's
    /// debt, and what is settled, sold or ended is owed no more, at least not here.
    init?(
        role: AccountRole, kind: AccountKind, status: AccountStatus,
        balance: (ClosedRange<Int64>, String)?, overdue: (ClosedRange<Int64>, String)?
    ) {
        guard role != .guarantor, kind != .guarantee,
            status == .open || status == .writtenOffStillClaimed,
            let currency = CurrencyCode(balance?.1 ?? overdue?.1 ?? Self.noCurrency)
        else { return nil }
        let isComparable = overdue?.1 == balance?.1
        self.init(
            currency: currency, balance: balance?.0 ?? Self.unknown,
            overdue: isComparable ? overdue?.0 ?? Self.unknown : Self.unknown)
    }
}

extension DisclosedAmount {
    /// The least and the most that the amount may be, in minor units, and its currency.
    var range: (ClosedRange<Int64>, String) {
        switch self {
        case .exact(let money): return (money.minorUnits...money.minorUnits, money.currency)
        case .band(let band, let currency):
            let unit = Money(minorUnits: 0, currency: currency).minorUnitsPerUnit
            let least = (band.lowerBound ?? 0) * unit
            // The upper bound of a band is not reached.
            let most = band.upperBound.map { max(least, $0 * unit - 1) } ?? .max
            return (least...most, currency)
        }
    }
}
