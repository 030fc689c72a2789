import Crypto
import Exchange
import Membership
import TransparencyLog

/// Which blind evaluations are opened: those of a member, of a day, or so many by lot.
///
/// The lot is drawn by the seed and the requests alone, so that whoever has the same copies draws the
/// same: taken are the requests with the smallest SHA-256 over seed (8 bytes, big-endian) ‖ request
/// digest (protocol/opening.md, "Opening").
public struct OpeningSelection: Sendable {
    /// The most evaluations that are opened at once.
    public static let countMax = 10_000

    /// Whose evaluations; nil for everybody's.
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

    /// Where an evaluation stands in the lot: the smallest are drawn.
    func rank(of request: MerkleHash) -> [UInt8] {
        let seedBytes = (0..<8).map { UInt8(truncatingIfNeeded: seed >> (56 - 8 * $0)) }
        return Array(SHA256.hash(data: seedBytes + request.bytes))
    }
}
