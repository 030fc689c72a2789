import Book
import Exchange
import Foundation
import GRDB
import RiskStandard
import StrictJSON

extension HeldAccount {
    /// The columns of `account` that hold an account, in the order of `storedValues` and
    /// `init(columns:)`.
    static let storedColumns = [
        "reference", "role", "kind", "product", "isRetail", "status", "openedMonth",
        "closedMonth", "riskClass", "decidedBy", "standard", "facts", "overdue",
        "overdueCurrency", "balance", "balanceCurrency", "creditLimit", "creditLimitCurrency",
        "monthlyDue", "monthlyDueCurrency", "history", "historyEnds", "badEventEnded", "relief",
        "dispute", "noticeHeld", "asOf", "overduePeak", "overduePeakCurrency",
    ]

    /// One value a column.
    var storedValues: [StoredValue] {
        [
            .bytes(reference.bytes), .text(role.rawValue), .text(kind.rawValue), .text(product),
            StoredValue(isRetail), .text(status.rawValue), StoredValue(openedMonth?.stored),
            StoredValue(closedMonth?.stored), .text(riskClass.rawValue),
            .text(decidedBy.description), .text(standard.description), .text(facts.json.stored),
            StoredValue(overdue?.minorUnits), StoredValue(overdue?.currency),
            StoredValue(balance?.minorUnits), StoredValue(balance?.currency),
            StoredValue(limit?.minorUnits), StoredValue(limit?.currency),
            StoredValue(monthlyDue?.minorUnits), StoredValue(monthlyDue?.currency),
            StoredValue(history?.letters), StoredValue(historyEnds?.stored),
            StoredValue(badEventEnded?.stored), StoredValue(relief),
            StoredValue(dispute?.rawValue), StoredValue(noticeHeld), StoredValue(asOf.stored),
            StoredValue(overduePeak?.minorUnits), StoredValue(overduePeak?.currency),
        ]
    }

    /// Reads the columns.
    init(columns: inout ColumnReader) throws {
        self.init(
            reference: try columns.take { (bytes: Data) in
                AccountReference(bytes: Array(bytes))
            },
            role: try columns.take(AccountRole.init(rawValue:)),
            kind: try columns.take(AccountKind.init(rawValue:)),
            product: try columns.take(),
            isRetail: try columns.take(),
            status: try columns.take(AccountStatus.init(rawValue:)),
            openedMonth: try columns.takeOptional(YearMonth.init(stored:)),
            closedMonth: try columns.takeOptional(YearMonth.init(stored:)),
            riskClass: try columns.take(RiskClass.init(rawValue:)),
            decidedBy: try columns.take { RuleID($0) },
            standard: try columns.take { StandardID($0) },
            facts: try columns.take(LoanFacts.init(stored:)),
            overdue: try columns.takeMoney(),
            balance: try columns.takeMoney(),
            limit: try columns.takeMoney(),
            monthlyDue: try columns.takeMoney(),
            history: try columns.takeOptional { try? RepaymentHistory(letters: $0) },
            historyEnds: try columns.takeOptional(YearMonth.init(stored:)),
            badEventEnded: try columns.takeOptional(CalendarDate.init(stored:)),
            relief: try columns.take(),
            dispute: try columns.takeOptional(DisputeKind.init(rawValue:)),
            noticeHeld: try columns.take(),
            asOf: try columns.take(CalendarDate.init(stored:)))
        overduePeak = try columns.takeMoney()
    }
}

extension LoanFacts {
    fileprivate init?(stored: String) {
        guard let json = JSONValue(stored: stored) else { return nil }
        try? self.init(json: json, path: "facts")
    }
}

extension ColumnReader {
    /// Two columns: minor units and currency, both NULL or neither.
    mutating func takeMoney() throws -> Money? {
        let minorUnits = try take(Int64?.self)
        let currency = try take(String?.self)
        guard let minorUnits, let currency else { return nil }
        return Money(minorUnits: minorUnits, currency: currency)
    }
}
