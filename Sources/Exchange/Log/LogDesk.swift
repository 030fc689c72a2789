import HTTPSignatures
import Membership
import TransparencyLog

/// Who may read what of this node's log (protocol/log.md, "What a node serves").
///
/// Checkpoint and hashes say nothing of anybody and are for every node of the directory. Entries and
/// evidence are for regulators that supervise a member of this node; every reading of them is an
/// entry of the log, before anything is handed out. Whoever may not read learns nothing of what is
/// there.
public struct LogDesk: Sendable {
    private let context: NodeContext
    private let log: any ExchangeLog
    private let pusher: CheckpointPusher?

    /// The desk of a node's log.
    ///
    /// - Parameter pusher: knows what witnesses cosigned; nil for a log that nobody witnesses.
    public init(context: NodeContext, log: any ExchangeLog, pusher: CheckpointPusher? = nil) {
        self.context = context
        self.log = log
        self.pusher = pusher
    }

    /// The newest checkpoint's note, with the cosignatures that it has already.
    public func checkpoint() async throws(Problem) -> [UInt8] {
        let newest: SignedCheckpoint
        do { newest = try await log.checkpoint() } catch { throw Self.problem(error) }
        guard let cosigned = pusher?.current.cosigned, cosigned.head == newest.checkpoint.head
        else { return newest.note.bytes }
        return cosigned.signed.note.bytes
    }

    /// The note of the newest checkpoint that enough witnesses cosigned.
    public func cosigned() async throws(Problem) -> [UInt8] {
        try Self.found(pusher?.current.cosigned?.signed.note.bytes)
    }

    /// The note of the newest checkpoint of the caller's own log that this node has seen.
    public func seen(of caller: Caller) throws(Problem) -> [UInt8] {
        try Self.found(context.watch?.newest(of: caller.node.id)?.note.bytes)
    }

    /// A tile's bytes.
    public func tile(_ id: TileID) async throws(Problem) -> [UInt8] {
        let bytes: [UInt8]?
        do { bytes = try await log.tile(id) } catch { throw Self.problem(error) }
        return try Self.found(bytes)
    }

    /// A bundle of entries.
    public func entries(
        _ id: EntryBundleID, for caller: Caller
    ) async throws(Problem) -> [UInt8] {
        try await admit(caller, to: "/v1/log/\(id.path)")
        let bytes: [UInt8]?
        do { bytes = try await log.entries(id) } catch { throw Self.problem(error) }
        return try Self.found(bytes)
    }

    /// An entry's evidence; what opens an evaluation is with it only for a regulator that supervises
    /// the member that asked, and says by what authority it opens it.
    public func evidence(
        of index: EntryIndex, for caller: Caller, opening: OpeningRead? = nil
    ) async throws(Problem) -> ServedEvidence {
        try await admit(caller, to: "/v1/evidence/\(index)", opening: opening)
        let evidence: ServedEvidence?
        do { evidence = try await log.evidence(of: index) } catch { throw Self.problem(error) }
        let served = try Self.found(evidence)
        let mayOpen = opening != nil && served.asker.map(caller.member.supervises.contains) ?? false
        return mayOpen ? served : served.withoutBoxes
    }

    /// Lets a regulator in that supervises a member of this node, and logs that it reads.
    private func admit(
        _ caller: Caller, to target: String, opening: OpeningRead? = nil
    ) async throws(Problem) {
        let members = context.directory.current.members(servedBy: context.node)
        guard caller.member.role == .regulator, caller.member.status == .active,
            !Set(members.map(\.id)).isDisjoint(with: caller.member.supervises)
        else {
            throw Problem(.notSupervised, "only a regulator that supervises this node may")
        }
        var entry = LogEntry(.auditRead, at: context.clock.now, node: context.node)
        entry.peer = caller.node.id
        entry.peerMember = caller.member.id
        entry.target = target
        let evidence = opening.flatMap { opening in
            opening.describe(&entry, until: context.evidenceEnd(after: entry.at))
        }
        guard opening == nil || evidence != nil else {
            throw Problem(.internal, "no randomness for a commitment")
        }
        do {
            _ = try await log.append(entry, evidence: evidence, nonce: nil)
        } catch {
            throw Self.problem(error)
        }
    }

    private static func found<Value>(_ value: Value?) throws(Problem) -> Value {
        guard let value else { throw Problem(.notFound, "nothing is there in the log") }
        return value
    }

    /// Why nothing can be answered when the log cannot be read, or did not take the entry.
    private static func problem(_ error: LogError) -> Problem {
        switch error {
        case .queueFull, .nonceStoreFull, .nonceReplayed:
            Problem(.overloaded, "too many requests at this moment", retryAfterSeconds: 1)
        case .unwritable, .store, .stopped: Problem(.internal, "the log did not answer")
        }
    }
}
