import Membership
import StrictJSON

/// What a node deletes of a member that leaves it. A part of `Store`.
public protocol LeavingStore: Sendable {
    /// Deletes everything of a member, in one write, and keeps how many rows went from which table.
    /// Called once more, it deletes what there is and adds to the counts; the moment and the log's size
    /// stay those of the first time.
    ///
    /// - Parameters:
    ///   - moment: what stands behind consents of queries stays where it came at this moment or later.
    ///   - logSize: of the log, now: what is told of the departure stands behind it.
    func forget(
        _ member: MemberID, evidenceBefore moment: Timestamp, at now: Timestamp, logSize: Int
    ) async throws -> Departure

    /// Of how many consents of a member's queries the node still keeps what stands behind them.
    func evidenceKept(of member: MemberID) async throws -> Int

    /// Deletes what stands behind consents of queries made before a moment, but for those that were given
    /// by whoever disputes an account of the asking member now; returns how many.
    func forgetConsentEvidence(before moment: Timestamp) async throws -> Int
}

/// What was deleted of a member that left.
public struct Departure: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// When the deletion began.
    public let at: Timestamp
    /// The entries that the log had then.
    public let logSize: Int
    /// Rows by table, without those that had none.
    public let deleted: [String: Int]

    /// Makes a record.
    public init(member: MemberID, at: Timestamp, logSize: Int, deleted: [String: Int]) {
        self.member = member
        self.at = at
        self.logSize = logSize
        self.deleted = deleted
    }

    /// The rows by table, in the order of the tables' names.
    public var deletedJSON: JSONValue { Self.json(deleted) }

    /// Counts of rows by table, in the order of the tables' names.
    public static func json(_ counts: [String: Int]) -> JSONValue {
        .object(counts.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) })
    }

    /// Reads ``json(_:)``; nil for anything else.
    public static func counts(_ bytes: [UInt8]) -> [String: Int]? {
        let limits = JSONLimits(documentBytesMax: 4096)
        guard case .object(let members)? = try? JSONValue(parsing: bytes, limits: limits) else {
            return nil
        }
        var counts: [String: Int] = [:]
        for member in members { counts[member.name] = member.value.integer }
        return counts.count == members.count ? counts : nil
    }
}
