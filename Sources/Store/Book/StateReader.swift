import Book
import Exchange
import GRDB
import RiskStandard

/// Reads how accounts stood day by day.
struct StateReader {
    private let states: Statement

    init(_ db: Database) throws {
        states = try db.cachedStatement(
            sql: """
                SELECT \(AccountState.storedColumns.joined(separator: ", "))
                FROM accountState WHERE accountID = ? ORDER BY asOf
                """)
    }

    /// How an account stood, oldest first.
    func changes(of account: Int64) throws -> [StateChange] {
        let rows = try Row.fetchCursor(states, arguments: [account])
        return try Array(
            rows.map { row in
                var columns = ColumnReader(row)
                return try StateChange(columns: &columns)
            })
    }

    /// The days for which a part was imported as a whole, oldest first.
    static func partDays(of part: Int64, _ db: Database) throws -> [CalendarDate] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT asOf FROM partDay WHERE partID = ? ORDER BY asOf"),
            arguments: [part])
        return try Array(
            rows.map { row in
                var columns = ColumnReader(row)
                return try columns.take(CalendarDate.init(stored:))
            })
    }
}

extension AccountState {
    /// The columns of `accountState`, in the order of `StateChange.init(columns:)`.
    static let storedColumns = [
        "asOf", "status", "daysPastDue", "riskClass", "balance", "balanceCurrency", "letter",
        "isInBadEvent",
    ]
}

extension StateChange {
    /// Reads the columns.
    init(columns: inout ColumnReader) throws {
        let from = try columns.take(CalendarDate.init(stored:))
        let status = try columns.takeOptional(AccountStatus.init(rawValue:))
        let daysPastDue: Int? = try columns.take()
        let riskClass = try columns.takeOptional(RiskClass.init(rawValue:))
        let balance = try columns.takeMoney()
        let letter = try columns.takeOptional { (text: String) in
            text.first.flatMap(RepaymentHistory.Letter.init(rawValue:))
        }
        let isInBadEvent: Bool? = try columns.take()
        guard let status else {
            self.init(from: from, state: nil)
            return
        }
        guard let riskClass, let isInBadEvent else { throw UnreadableColumn() }
        self.init(
            from: from,
            state: AccountState(
                asOf: from, status: status, daysPastDue: daysPastDue, riskClass: riskClass,
                balance: balance, statedLetter: letter, isInBadEvent: isInBadEvent))
    }
}
