import Exchange
import Foundation
import GRDB
import TransparencyLog

extension LogFile {
    /// Follows an asking of the own node.
    func take(_ step: AskingStep, at index: Int) throws {
        switch step {
        case .begins(let request):
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO asking (request, entryID) VALUES (?, ?)")
            try statement.execute(arguments: [request.bytes.stored, index])
        case .ends(let request):
            let statement = try db.cachedStatement(sql: "DELETE FROM asking WHERE request = ?")
            try statement.execute(arguments: [request.bytes.stored])
        }
    }

    /// The first entries of askings that have no second one, in their order.
    func askings(countMax: Int) throws -> [[UInt8]] {
        try Data.fetchAll(
            db,
            sql: """
                SELECT content FROM entry JOIN asking ON asking.entryID = entry.id
                ORDER BY entry.id LIMIT ?
                """,
            arguments: [countMax]
        ).map { Array($0) }
    }

    /// Follows the askings of all entries that are there.
    func findAskings() throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT id, content FROM entry ORDER BY id")
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            let index = try columns.take(Int.self)
            // What a later version wrote is no asking that this one began.
            guard let entry = try? LogEntry(bytes: try columns.takeBytes()),
                let step = AskingStep(entry)
            else { continue }
            try take(step, at: index)
        }
    }
}
