import Foundation
import GRDB

/// Takes the columns of a row one after the other, in the order of its SELECT.
///
/// The schema admits only what was written by the types below; what cannot be read all the same is
/// damage and thrown (`RowDecodingError`, `UnreadableColumn`), never a trap.
struct ColumnReader {
    private let row: Row
    private var index = 0

    init(_ row: Row) {
        self.row = row
    }

    /// The next column as SQLite holds it; an optional type admits NULL.
    mutating func take<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type = Value.self
    ) throws -> Value {
        defer { index += 1 }
        return try row.decode(Value.self, atIndex: index)
    }

    /// The next column, made into a value that it must fit.
    mutating func take<Stored: DatabaseValueConvertible & StatementColumnConvertible, Value>(
        _ convert: (Stored) -> Value?
    ) throws -> Value {
        guard let value = convert(try take()) else { throw UnreadableColumn() }
        return value
    }

    /// The next column, made into a value that it must fit; nil for NULL.
    mutating func takeOptional<
        Stored: DatabaseValueConvertible & StatementColumnConvertible, Value
    >(_ convert: (Stored) -> Value?) throws -> Value? {
        guard let stored = try take(Stored?.self) else { return nil }
        guard let value = convert(stored) else { throw UnreadableColumn() }
        return value
    }

    /// Whether the next column is NULL; it stays the next one.
    func isNull() throws -> Bool {
        guard index < row.count else { throw UnreadableColumn() }
        return row.hasNull(atIndex: index)
    }

    /// Passes over columns.
    mutating func skip(_ count: Int) {
        index += count
    }

    /// The next column, a BLOB.
    mutating func takeBytes() throws -> [UInt8] {
        Array(try take(Data.self))
    }

    /// The next column, a BLOB; nil for NULL.
    mutating func takeOptionalBytes() throws -> [UInt8]? {
        try take(Data?.self).map { Array($0) }
    }
}

/// A stored value that no value of ours was ever written as: the file was damaged or changed.
struct UnreadableColumn: Error {}
