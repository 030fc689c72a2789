import Exchange
import GRDB
import RiskStandard

/// The accounts whose rows come next when a file has its rows in the book's order: then all are
/// known by their lines, and neither read nor looked up.
///
/// It walks through a part's accounts by their numbers, a few batches in front of the last row that
/// was recognised, and follows the file where that leaves the order.
struct LinesAhead {
    private(set) var lines: [LineDigest: StandingLine] = [:]
    private let partID: Int64
    private let isSealing: Bool
    private let last: Int64
    /// Accounts in `lines`, by their numbers.
    private var accounts: [(id: Int64, line: LineDigest)] = []
    /// The number up to which the part was looked at.
    private var end: Int64
    /// Accounts up to here are behind the file's place.
    private var passed: Int64

    /// How many times as many accounts as a batch has rows are ahead: one batch is on its way, one
    /// is looked up, and one is for what the file leaves out.
    private static let batches = 3
    /// Ranges of numbers that one call looks at, when there is little to be found in them.
    private static let rangesPerCall = 4

    /// Nil when the part has no accounts.
    init?(partID: Int64, isSealing: Bool, _ db: Database) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT min(id), max(id) FROM account WHERE partID = ?", arguments: [partID])
        guard let row, let first: Int64 = row[0], let last: Int64 = row[1] else { return nil }
        self.partID = partID
        self.isSealing = isSealing
        self.last = last
        (passed, end) = (first - 1, first - 1)
    }

    /// Learns which accounts the rows of a batch were. The last quarter of them stays ahead, so that
    /// an account far from its neighbours does not lead astray.
    mutating func pass(_ batch: [Int64]) {
        guard !batch.isEmpty else { return }
        let place = batch.sorted()[batch.count * 3 / 4]
        if place > end || place < passed {
            accounts = []
            lines = [:]
            end = place
        }
        passed = place
        let behind = accounts.prefix { $0.id <= place }
        for account in behind { lines[account.line] = nil }
        accounts.removeFirst(behind.count)
    }

    /// Looks further ahead until there is enough for a batch of so many rows.
    mutating func advance(for rows: Int, _ db: Database) throws {
        let find = try BoundStatement(db, sql: Self.sql)
        for _ in 0..<Self.rangesPerCall where end < last {
            let missing = rows * Self.batches - accounts.count
            guard missing > 0 else { return }
            let next = end + Int64(missing)
            try find.each([
                .integer(partID), .integer(end), .integer(next), .integer(isSealing ? 1 : 0),
            ]) {
                row in
                guard let line = LineDigest(row.bytes(1)),
                    let riskClass = RiskClass(rawValue: row.text(2))
                else { throw UnreadableColumn() }
                let id = row.integer(0)
                accounts.append((id, line))
                lines[line] = StandingLine(account: id, riskClass: riskClass)
            }
            end = next
        }
    }

    private static let sql = """
        SELECT id, line, riskClass FROM account
        WHERE +partID = ?1 AND id > ?2 AND id <= ?3 AND line IS NOT NULL
            AND (NOT ?4 OR dataKeyID IS NOT NULL)
        ORDER BY id
        """
}
