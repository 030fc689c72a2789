import Crypto
import Exchange
import Membership
import TransparencyLog

/// Which requests of askers are looked into: those of a member, of a day, or so many by lot.
///
/// The lot is drawn by the seed and the requests alone, so that whoever has the same copies draws the
/// same: taken are the requests with the smallest SHA-256 over seed (8 bytes, big-endian) ‖ request
/// digest (protocol/opening.md, "Opening").
public struct EntrySelection: Sendable {
    /// The most requests that are looked into at once.
    public static let countMax = 10_000

    /// Whose requests; nil for everybody's.
    public let member: MemberID?
    /// Of which day in UTC, such as `2026-11-25`; nil for all.
    public let day: String?
    /// How many are drawn; nil for all that fit.
    public let count: Int?
    /// By what is drawn.
    public let seed: UInt64

    /// A selection.
    ///
    /// - Parameters:
    ///   - day: a date as the entries' times write it.
    ///   - count: 1 to ``countMax``.
    /// - Returns: nil when `day` is no date, or `count` is out of its bounds.
    public init?(member: MemberID?, day: String?, count: Int?, seed: UInt64) {
        if let day, Timestamp("\(day)T00:00:00Z") == nil { return nil }
        if let count, !(1...Self.countMax).contains(count) { return nil }
        self.member = member
        self.day = day
        self.count = count
        self.seed = seed
    }

    /// The seed as it is printed and typed: 16 hexadecimal digits.
    public var seedText: String {
        let digits = String(seed, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    func fits(_ entry: LogEntry) -> Bool {
        (member == nil || entry.member == member)
            && (day.map { entry.at.description.hasPrefix($0) } ?? true)
    }

    /// Where a request stands in the lot: the smallest are drawn.
    func rank(of request: MerkleHash) -> [UInt8] { rank(of: request.bytes) }

    /// Where anything else stands in the lot, by its 32 bytes.
    func rank(of bytes: [UInt8]) -> [UInt8] {
        let seedBytes = (0..<8).map { UInt8(truncatingIfNeeded: seed >> (56 - 8 * $0)) }
        return Array(SHA256.hash(data: seedBytes + bytes))
    }
}

/// Keeps those of the smallest ranks out of any number, with a bounded memory.
struct DrawnLot<Value> {
    private var drawn: [(rank: [UInt8], value: Value)] = []
    private let room: Int
    /// How many there were to choose from.
    private(set) var candidates = 0

    init(_ selection: EntrySelection) {
        // One more than may be shows that there are too many.
        room = selection.count ?? EntrySelection.countMax + 1
    }

    mutating func add(_ value: Value, rank: [UInt8]) {
        candidates += 1
        drawn.append((rank, value))
        if drawn.count == 2 * room { drawn = smallest }
    }

    /// What was drawn, in no order.
    ///
    /// - Throws: `AuditFailure.folder` when there is more than may be looked into at once.
    func values() throws(AuditFailure) -> [Value] {
        let drawn = smallest
        guard drawn.count <= EntrySelection.countMax else {
            throw .folder("more than \(EntrySelection.countMax) requests fit; narrow them")
        }
        return drawn.map(\.value)
    }

    private var smallest: [(rank: [UInt8], value: Value)] {
        Array(drawn.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.prefix(room))
    }
}
