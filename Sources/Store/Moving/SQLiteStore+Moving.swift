import Exchange
import Foundation
import GRDB
import Membership

extension SQLiteStore {
    /// In which form rows are handed over and taken; see `MovingStore`.
    public func moveForm() async throws -> MoveForm {
        try await read { db in try Self.moveForm(db) }
    }

    /// Hands over every row of a member as of one moment; see `MovingStore`.
    public func handOver(_ member: MemberID, to body: (MovedRow) throws -> Void) throws {
        do {
            try pool.read { db in
                guard let id = try MemberTable.find(member, db) else { return }
                for (place, table) in MovedTable.all.enumerated() {
                    let columns = try table.columns(db)
                    let count = columns.count + table.further.count
                    let rows = try Row.fetchCursor(
                        db, sql: table.select(columns), arguments: [id])
                    while let row = try rows.next() {
                        try Task.checkCancellation()
                        try body(Self.moved(row, of: table, place, count))
                    }
                }
            }
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    /// Takes a member's rows, all of them or none; see `MovingStore`.
    public func take(
        _ move: MoveStamp, rows: () throws -> [ArrivingRow]?, approve: (Arrival) throws -> Void
    ) throws -> Arrival {
        do {
            return try pool.write { db in
                if let before = try Self.arrival(of: move, db) { return before }
                let application = try MoveApplication(db, move)
                while let batch = try rows() {
                    try Task.checkCancellation()
                    for row in batch { try application.put(row) }
                }
                let arrival = try application.finish()
                try approve(arrival)
                try Self.keep(arrival, of: move, db)
                return arrival
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw MoveFault.form
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    private static func moveForm(_ db: Database) throws -> MoveForm {
        MoveForm(
            steps: try String.fetchAll(
                db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid"),
            tables: try MovedTable.all.map { try $0.form(db) })
    }

    private static func moved(
        _ row: Row, of table: MovedTable, _ place: Int, _ count: Int
    ) throws -> MovedRow {
        let values = Array(row.databaseValues)
        var identity: MovedIdentity?
        if table.hasIdentity {
            var columns = ColumnReader(row)
            columns.skip(count)
            let reference = try columns.takeOptionalBytes()
            let box = try columns.takeOptionalBytes()
            let sealed = try columns.takeOptionalBytes()
            if let reference, let box, let sealed {
                identity = MovedIdentity(
                    reference: reference, sealed: SealedBytes(keyBox: box, bytes: sealed))
            }
        }
        return MovedRow(
            table: place, values: try values.prefix(count).map(MovedValue.init), identity: identity)
    }

    /// The move that came before.
    private static func arrival(of move: MoveStamp, _ db: Database) throws -> Arrival? {
        let row = try Row.fetchOne(
            db, sql: "SELECT source, at, taken, leftOut FROM arrival WHERE member = ? AND name = ?",
            arguments: [move.member.text, move.name.stored])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        let counts = { (text: String) in Departure.counts(Array(text.utf8)) }
        return Arrival(
            member: move.member, source: try columns.take { NodeID($0) },
            at: try columns.take(Timestamp.init(stored:)), taken: try columns.take(counts),
            left: try columns.take(counts))
    }

    private static func keep(_ arrival: Arrival, of move: MoveStamp, _ db: Database) throws {
        let text = { (counts: [String: Int]) in
            String(decoding: Departure.json(counts).encoded, as: UTF8.self)
        }
        try db.execute(
            sql: """
                INSERT INTO arrival (member, name, source, at, taken, leftOut)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                arrival.member.text, move.name.stored, arrival.source.text, arrival.at.stored,
                text(arrival.taken), text(arrival.left),
            ])
    }
}

extension MovedValue {
    init(_ value: DatabaseValue) throws {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(Array(data))
        case .double: throw UnreadableColumn()
        }
    }

    var stored: StoredValue {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        }
    }
}
