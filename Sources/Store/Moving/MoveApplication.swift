import Exchange
import Foundation
import GRDB
import Pseudonym

/// Puts the rows of a member that comes from another node into the store, within one write.
///
/// A row keeps its number, shifted behind those that are there, so that what hangs on it is found
/// without a table of numbers. Nothing that came is believed: the schema checks it, and what an answer
/// is made of is read once.
final class MoveApplication {
    /// The largest number of a row that is taken: far more than rows that any store has.
    private static let numberMax: Int64 = 1 << 40

    let db: Database
    let memberID: Int64
    let movement: TokenMovement
    private let move: MoveStamp
    private let tables: [(table: MovedTable, columns: [String], base: Int64, insert: String)]
    private let bases: [String: Int64]
    let dataKeyID: Int64
    /// Borrowers who are here already, since the member asked about them from here.
    var merged: [Int64: Int64] = [:]
    private var unopened: [String: Set<Int64>] = [:]
    private var taken: [String: Int] = [:]
    private var left: [String: Int] = [:]

    /// - Throws: `MoveFault.notEmpty`.
    init(_ db: Database, _ move: MoveStamp) throws {
        self.db = db
        self.move = move
        memberID = try MemberTable.id(of: move.member, db)
        guard try !Self.hasBook(memberID, db) else { throw MoveFault.notEmpty }
        movement = try TokenMovement(db)
        var bases: [String: Int64] = [:]
        tables = try MovedTable.all.map { table in
            let columns = try table.columns(db)
            let base = columns.contains("id") ? try Self.base(of: table.name, db) : 0
            bases[table.name] = base
            return (table, columns, base, table.insert(columns))
        }
        self.bases = bases
        try db.execute(
            sql: "INSERT INTO dataKey (memberID, box) VALUES (?, ?)",
            arguments: [memberID, move.keyBox.stored])
        dataKeyID = db.lastInsertedRowID
    }

    /// Puts a row in its table, or leaves it out with what it hangs on.
    func put(_ arriving: ArrivingRow) throws {
        let row = arriving.row
        guard tables.indices.contains(row.table) else { throw MoveFault.form }
        let (table, columns, _, insert) = tables[row.table]
        guard row.values.count == columns.count + table.further.count else { throw MoveFault.form }
        let own = try number(row.values, of: table, columns)
        if case .unopened = arriving.identity, let own {
            unopened[table.name, default: []].insert(own)
            left[table.name, default: 0] += 1
            return
        }
        guard let values = try shifted(row.values, of: table, columns) else {
            // Accounts of a borrower who did not open count with those of which the number did not.
            if let own { unopened[table.name, default: []].insert(own) }
            left[table.name, default: 0] += 1
            return
        }
        if case .subject(let identity, let tokens, let sealed) = arriving.identity {
            try put(values, columns, own, identity, tokens, sealed)
        } else {
            try db.cachedStatement(sql: insert).execute(
                arguments: StatementArguments(
                    (table.isOwn ? [.integer(memberID)] : []) + values.prefix(columns.count)
                        + identityValues(arriving.identity)))
            try point(values.suffix(table.further.count), of: table)
        }
        taken[table.name, default: 0] += 1
    }

    /// Reads what came, and says how much it is.
    func finish() throws -> Arrival {
        do {
            try readBack()
        } catch is RowDecodingError {
            throw MoveFault.form
        } catch is UnreadableColumn {
            throw MoveFault.form
        }
        try movement.save(db)
        return Arrival(
            member: move.member, source: move.source, at: move.at, taken: taken, left: left)
    }

    /// The new number of a row; nil for one that was left out.
    private func place(_ old: Int64, in table: String) throws -> Int64? {
        guard (1...Self.numberMax).contains(old), let base = bases[table] else {
            throw MoveFault.form
        }
        if unopened[table]?.contains(old) == true { return nil }
        if table == "subject", let known = merged[old] { return known }
        return base + old
    }

    /// The row's own number, as it came.
    private func number(
        _ values: [MovedValue], of table: MovedTable, _ columns: [String]
    ) throws -> Int64? {
        guard let index = columns.firstIndex(of: "id") else { return nil }
        guard case .integer(let number) = values[index] else { throw MoveFault.form }
        return number
    }

    /// The values with their numbers shifted; nil when the row hangs on one that was left out.
    private func shifted(
        _ values: [MovedValue], of table: MovedTable, _ columns: [String]
    ) throws -> [StoredValue]? {
        var shifted = values.map(\.stored)
        for (index, column) in columns.enumerated() {
            guard let other = column == "id" ? table.name : table.numbers[column] else { continue }
            switch values[index] {
            case .null: continue
            case .integer(let old):
                guard let new = try place(old, in: other) else { return nil }
                shifted[index] = .integer(new)
            case .text, .bytes: throw MoveFault.form
            }
        }
        for (index, further) in table.further.enumerated() {
            let place = columns.count + index
            guard case .integer(let old) = values[place] else { continue }
            shifted[place] = StoredValue(try self.place(old, in: further.table))
        }
        return shifted
    }

    private func identityValues(_ identity: ArrivingIdentity) -> [StoredValue] {
        guard case .account(let reference, let sealed) = identity else { return [] }
        return [.bytes(reference.bytes), .integer(dataKeyID), .bytes(sealed)]
    }

    /// References of what is here now get the value that they have here.
    private func point(_ numbers: ArraySlice<StoredValue>, of table: MovedTable) throws {
        let id = db.lastInsertedRowID
        for (further, number) in zip(table.further, numbers) {
            guard case .integer(let number) = number else { continue }
            try db.execute(
                sql: """
                    UPDATE \(table.name) SET \(further.table) =
                        (SELECT reference FROM \(further.table) WHERE id = ?) WHERE id = ?
                    """, arguments: [number, id])
        }
    }

    private func readBack() throws {
        let accounts = try AccountReader(
            db, columns: "id", where: "partID IN (SELECT p.id FROM part p WHERE p.memberID = ?)")
        try accounts.each([memberID]) { _, _ in }
        let consents = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(HeldConsent.storedColumns.joined(separator: ", ")) FROM consent
                WHERE subjectID IN (SELECT id FROM subject WHERE memberID = ?)
                """, arguments: [memberID])
        while let row = try consents.next() {
            var columns = ColumnReader(row)
            _ = try HeldConsent(columns: &columns)
        }
        try SQLiteStore.readImports(of: move.member, memberID, db)
    }

    private static func hasBook(_ member: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM part WHERE memberID = ?1)
                    OR EXISTS (SELECT 1 FROM bookImport WHERE memberID = ?1)
                    OR EXISTS (SELECT 1 FROM publication WHERE memberID = ?1)
                    OR EXISTS (
                        SELECT 1 FROM arrival JOIN member ON member.name = arrival.member
                        WHERE member.id = ?1)
                """, arguments: [member]) ?? true
    }

    /// Behind every number that was ever given: whoever goes through rows by number misses none.
    private static func base(of table: String, _ db: Database) throws -> Int64 {
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
        let given = try Int64.fetchOne(
            db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table])
        return max(last, given ?? 0)
    }
}
