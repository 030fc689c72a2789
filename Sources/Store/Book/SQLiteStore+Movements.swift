import Book
import Exchange
import Foundation
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// How every account that stood on one of two days stood on both, in the order of accounts; read
    /// as one state of the store, row by row.
    public func compareDays(
        of member: MemberID, from: CalendarDate, to: CalendarDate,
        _ body: (AccountMovement) throws -> Void
    ) throws {
        do {
            try pool.read { db in
                let rows = try Row.fetchCursor(
                    db, sql: Self.movementsSQL,
                    arguments: [try MemberTable.find(member, db), from.stored, to.stored])
                while let row = try rows.next() {
                    var columns = ColumnReader(row)
                    let movement = try Self.movement(&columns)
                    if movement.before != nil || movement.after != nil { try body(movement) }
                }
            }
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    /// An account with two parties stands as its first one does: the states are the account's.
    private static let movementsSQL = {
        let columns = { (state: String) in
            AccountState.storedColumns.map { "\(state).\($0)" }.joined(separator: ", ")
        }
        let latest = { (day: String) in
            """
            (SELECT max(asOf) FROM accountState
                WHERE accountID = account.id AND asOf <= \(day))
            """
        }
        return """
            SELECT account.reference, account.product, \(columns("b")), \(columns("a"))
            FROM part JOIN account ON account.partID = part.id
                LEFT JOIN accountState b ON b.accountID = account.id AND b.asOf = \(latest("?2"))
                LEFT JOIN accountState a ON a.accountID = account.id AND a.asOf = \(latest("?3"))
            WHERE part.memberID = ?1 AND account.id = (
                SELECT min(other.id) FROM account other
                    JOIN part home ON home.id = other.partID
                WHERE other.reference = account.reference AND home.memberID = ?1)
            ORDER BY account.id
            """
    }()

    private static func movement(_ columns: inout ColumnReader) throws -> AccountMovement {
        let reference = try columns.take { (bytes: Data) in AccountReference(bytes: Array(bytes)) }
        let product: String = try columns.take()
        return AccountMovement(
            reference: reference, product: product, before: try state(&columns),
            after: try state(&columns))
    }

    private static func state(_ columns: inout ColumnReader) throws -> AccountState? {
        if try columns.isNull() {
            columns.skip(AccountState.storedColumns.count)
            return nil
        }
        return try StateChange(columns: &columns).state
    }
}
