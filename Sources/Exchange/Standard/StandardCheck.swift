import Book
import Pseudonym
import RiskStandard

/// Classifies a lender's file debtor by debtor, and finds what the lender's own classes make look
/// better than the standard allows: what a supervisor runs over a book.
///
/// A debtor with one account is classified as its row is read. Only rows of debtors with several
/// are kept, at most ``accountsHeldMax`` at a time: the file is read once to see whose these are,
/// and again for each portion of them. Identifiers stay in memory and reach no result.
public struct StandardCheck: Sendable {
    /// Accounts of debtors with several that are in memory at one time; all of one debtor are held
    /// together, however many.
    public static let accountsHeldMax = 200_000
    /// Rows that can't be classified of which the result says why.
    public static let faultsShownMax = 100

    private let standard: Standard
    private let mapping: ColumnMapping
    private let schemes: SchemeRegistry?
    private let heldMax: Int

    /// A check by a standard of files in a mapping's layout.
    public init(standard: Standard, mapping: ColumnMapping) {
        self.init(standard: standard, mapping: mapping, heldMax: Self.accountsHeldMax)
    }

    init(standard: Standard, mapping: ColumnMapping, heldMax: Int) {
        self.standard = standard
        self.mapping = mapping
        self.heldMax = heldMax
        schemes = try? SchemeRegistry(
            charter: ["cn-rid", "cn-uscc", "lei"].map { (scheme: $0, pattern: nil) })
    }

    /// Reads the file through `open`, each time from its beginning.
    ///
    /// - Parameter progress: takes the number of rows read so far, over all readings.
    /// - Throws: errors of the reader, or `StandardCheckError`.
    public func run(
        open: () throws -> BookReader, progress: (Int) -> Void = { _ in }
    ) throws -> StandardCheckResult {
        var rows = Rows()
        var keys: [UInt64] = []
        try rows.each(open(), progress) { row in
            if case .record(let record) = row { keys.append(key(record).hash) }
        }
        let (shared, accounts) = Self.repeated(&keys)
        keys = []
        var result = StandardCheckResult(standard: standard.id)
        let portions = max(1, (accounts + heldMax - 1) / heldMax)
        for portion in 0..<portions {
            var held: [HeldRow] = []
            let reader = try open()
            try rows.each(reader, progress) { row in
                switch row {
                case .rejected(let rejection):
                    if portion == 0 { result.reject(rejection, shown: Self.faultsShownMax) }
                case .record(let record):
                    let key = key(record)
                    let isShared = shared.contains(key.hash)
                    guard isShared ? key.hash % UInt64(portions) == portion : portion == 0 else {
                        return
                    }
                    let row = heldRow(record, key.text, asOf: reader.asOf)
                    if isShared { held.append(row) } else { judge([row][...], into: &result) }
                }
            }
            judge(held: &held, into: &result)
        }
        result.rows = rows.perReading
        result.sort()
        return result
    }

    /// The keys that stand more than once, and how many rows have them.
    private static func repeated(_ keys: inout [UInt64]) -> (Set<UInt64>, rows: Int) {
        keys.sort()
        var shared: Set<UInt64> = []
        var rows = 0
        var index = 0
        while index < keys.count {
            var end = index + 1
            while end < keys.count, keys[end] == keys[index] { end += 1 }
            if end - index > 1 {
                shared.insert(keys[index])
                rows += end - index
            }
            index = end
        }
        return (shared, rows)
    }
}

// MARK: - Debtors

extension StandardCheck {
    /// A row on its way.
    private struct HeldRow {
        let key: String
        let line: Int
        let account: DebtorAccount
        let own: StandardCheckResult.OwnClass
    }

    /// The debtor of a row, and a number for it, which is another in every run of the program.
    private func key(_ record: AccountRecord) -> (text: String, hash: UInt64) {
        let normal = try? schemes?.identifier(record.identifier, scheme: record.scheme)
        let text = "\(record.scheme):\(normal?.normalForm ?? record.identifier)"
        var hasher = Hasher()
        hasher.combine(text)
        return (text, UInt64(bitPattern: Int64(hasher.finalize())))
    }

    private func heldRow(_ record: AccountRecord, _ key: String, asOf: CalendarDate) -> HeldRow {
        let own: StandardCheckResult.OwnClass =
            switch record.ownClass {
            case nil: .none
            case .some(let text): mapping.riskClass(ofOwn: text).map { .known($0) } ?? .unreadable
            }
        return HeldRow(
            key: key, line: record.line,
            account: DebtorAccount(record, asOf: asOf, reported: own.riskClass), own: own)
    }

    private func judge(held: inout [HeldRow], into result: inout StandardCheckResult) {
        held.sort { ($0.key, $0.line) < ($1.key, $1.line) }
        var start = 0
        while start < held.count {
            var end = start + 1
            while end < held.count, held[end].key == held[start].key { end += 1 }
            judge(held[start..<end], into: &result)
            start = end
        }
    }

    /// One debtor. An account whose facts can't be is named and left out; the others are judged
    /// without it.
    private func judge(_ debtor: ArraySlice<HeldRow>, into result: inout StandardCheckResult) {
        var rows = Array(debtor)
        while !rows.isEmpty {
            do {
                let classes = try standard.assess(rows.map(\.account), isComplete: true)
                for (row, found) in zip(rows, classes) {
                    result.add(found, line: row.line, own: row.own)
                }
                return
            } catch {
                result.reject(
                    RejectedRow(
                        line: rows[error.account].line, column: nil, code: "facts-contradict",
                        reason: error.fault.description), shown: Self.faultsShownMax)
                rows.remove(at: error.account)
            }
        }
    }

    /// Goes through files and counts.
    private struct Rows {
        private(set) var perReading = 0
        private var read = 0
        private var readings = 0

        mutating func each(
            _ reader: BookReader, _ progress: (Int) -> Void, _ take: (BookRow) throws -> Void
        ) throws {
            var reader = reader
            var count = 0
            while let row = try reader.next() {
                try take(row)
                count += 1
                read += 1
                if read.isMultiple(of: 10_000) { progress(read) }
            }
            guard readings == 0 || count == perReading else { throw StandardCheckError.fileChanged }
            perReading = count
            readings += 1
        }
    }
}

/// Why a file can't be checked. Try again when nothing writes it.
public enum StandardCheckError: Error, Equatable, Sendable {
    /// It was not the same at two readings.
    case fileChanged
}
