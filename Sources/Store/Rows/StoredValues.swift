import Book
import Exchange
import Foundation
import GRDB
import RiskStandard
import StrictJSON

// How values of ours look in a column. Integers sort as the values do, and stay readable in an
// auditor's SQLite shell.

extension CalendarDate {
    /// `yyyymmdd`.
    var stored: Int { yearMonth.stored * 100 + day }

    /// Reads `yyyymmdd`; nil when there is no such day.
    init?(stored: Int) {
        self.init(year: stored / 10_000, month: stored / 100 % 100, day: stored % 100)
    }
}

extension YearMonth {
    /// `yyyymm`.
    var stored: Int { year * 100 + month }

    /// Reads `yyyymm`; nil when there is no such month.
    init?(stored: Int) {
        self.init(year: stored / 100, month: stored % 100)
    }
}

extension Timestamp {
    /// Seconds since 1970.
    var stored: Int64 { secondsSinceEpoch }

    /// Reads seconds since 1970.
    init(stored: Int64) {
        self.init(secondsSinceEpoch: stored)
    }
}

extension JSONValue {
    /// The document as text.
    var stored: String { String(decoding: encoded, as: UTF8.self) }

    /// Reads a document of at most `storedBytesMax` bytes; nil when it is none.
    init?(stored: String) {
        try? self.init(
            parsing: stored.utf8, limits: JSONLimits(documentBytesMax: Self.storedBytesMax))
    }

    private static let storedBytesMax = 4096
}

extension Sequence where Element == UInt8 {
    /// The bytes as a BLOB. SQLite takes an empty one for NULL.
    var stored: Data { Data(self) }
}
