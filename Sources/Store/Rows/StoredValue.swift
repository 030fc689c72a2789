import GRDB

/// A value as it lies in a column.
enum StoredValue: Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    init(_ number: Int64?) {
        self = number.map(Self.integer) ?? .null
    }

    init(_ number: Int?) {
        self = number.map { .integer(Int64($0)) } ?? .null
    }

    init(_ holds: Bool) {
        self = .integer(holds ? 1 : 0)
    }

    init(_ text: String?) {
        self = text.map(Self.text) ?? .null
    }

    /// SQLite takes empty bytes for NULL.
    init(_ bytes: [UInt8]?) {
        self = bytes.map(Self.bytes) ?? .null
    }
}

extension StoredValue: DatabaseValueConvertible {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): bytes.stored.databaseValue
        }
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredValue? {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        case .double: nil
        }
    }
}
