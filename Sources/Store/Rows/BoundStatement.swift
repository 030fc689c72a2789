import GRDB
import GRDBSQLite

/// A statement that is run for every row of a file.
///
/// Its values are bound as they are. GRDB's arguments are boxed one by one, checked, and copied for
/// every run, which by the million costs more than what SQLite does with them.
struct BoundStatement {
    private let statement: Statement
    private let handle: OpaquePointer

    /// Prepares a statement of one connection, which must not be used while the statement runs.
    init(_ db: Database, sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Runs it to its end. Values are bound in their order.
    func run(_ values: [StoredValue]...) throws {
        try bind(values)
        defer { end() }
        var code = sqlite3_step(handle)
        while code == SQLITE_ROW { code = sqlite3_step(handle) }
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    /// Runs it until its first row, which `read` makes something of; nil when there is none.
    ///
    /// A statement that changes something must have made all its changes by then, as those with
    /// RETURNING have.
    func first<Value>(_ values: [StoredValue]..., read: (BoundRow) throws -> Value) throws -> Value?
    {
        try bind(values)
        defer { end() }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return try read(BoundRow(handle: handle))
        case SQLITE_DONE: return nil
        case let code: throw failure(code)
        }
    }

    /// Runs it to its end and hands out every row.
    func each(_ values: [StoredValue]..., read: (BoundRow) throws -> Void) throws {
        try bind(values)
        defer { end() }
        var code = sqlite3_step(handle)
        while code == SQLITE_ROW {
            try read(BoundRow(handle: handle))
            code = sqlite3_step(handle)
        }
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    private func bind(_ values: [[StoredValue]]) throws {
        var place: Int32 = 0
        for value in values.joined() {
            place += 1
            let code = bind(value, at: place)
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    private func bind(_ value: StoredValue, at place: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, place)
        case .integer(let number): return sqlite3_bind_int64(handle, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(
                        handle, place, $0.baseAddress, Int32($0.count), Self.copied)
                }
            }
        case .bytes(let bytes):
            return sqlite3_bind_blob(handle, place, bytes, Int32(bytes.count), Self.copied)
        }
    }

    /// `SQLITE_TRANSIENT`: SQLite copies what is bound.
    private static var copied: sqlite3_destructor_type? {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    /// Nothing of a row stays in the memory of a statement that waits for the next one.
    private func end() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}

/// The row on which a statement stands; gone with the closure that was handed it.
struct BoundRow {
    fileprivate let handle: OpaquePointer

    /// Whether a column is NULL.
    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    /// A whole number; 0 for NULL.
    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    /// Whether a column holds a number other than 0.
    func holds(_ column: Int32) -> Bool { integer(column) != 0 }

    /// Bytes; none for NULL.
    func bytes(_ column: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(handle, column))
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Text; none for NULL.
    func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }
}
