import Exchange
import Membership
import TransparencyLog

/// The logs of other nodes. Checkpoint and hashes prove themselves; entries and evidence come signed, and
/// are for regulators.
extension PeerClient: PeerLogs {
    /// The checkpoint of a node's log, not verified.
    public func logCheckpoint(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await unverified(
            PeerCall(get: .checkpoint, answerBytesMax: SignedNote.bytesMax), of: node, as: member,
            deadline: deadline)
    }

    /// The newest checkpoint of a node's log that enough witnesses cosigned, not verified.
    ///
    /// - Throws: `PeerFailure.refused(.notFound)` where there is none.
    public func logCosigned(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await unverified(
            PeerCall(get: .cosigned, answerBytesMax: SignedNote.bytesMax), of: node, as: member,
            deadline: deadline)
    }

    /// The newest checkpoint of this node's own log that another one has seen, not verified.
    ///
    /// - Throws: `PeerFailure.refused(.notFound)` where there is none.
    public func logSeen(
        by node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await unverified(
            PeerCall(get: .seen, answerBytesMax: SignedNote.bytesMax), of: node, as: member,
            deadline: deadline)
    }

    /// A tile of a node's log, not verified.
    public func logTile(
        _ id: TileID, of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await unverified(
            PeerCall(get: .tile(id), answerBytesMax: id.byteCount), of: node, as: member,
            deadline: deadline)
    }

    /// A bundle of entries of a node's log.
    public func logEntries(
        _ id: EntryBundleID, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await signed(
            PeerCall(get: .entries(id), answerBytesMax: EntryBundle.bytesMax), of: node,
            as: member, deadline: deadline)
    }

    /// The evidence of an entry, a document.
    ///
    /// - Parameter authority: by what authority it is opened; nil to read it without what opens it.
    /// - Throws: `PeerFailure.refused(.notFound)` where there is none.
    public func logEvidence(
        of index: EntryIndex, authority: AuthorityReference? = nil, of node: NodeEntry,
        as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await signed(
            PeerCall(
                get: .evidence(index, authority: authority), answerBytesMax: Evidence.bytesMax),
            of: node, as: member, deadline: deadline)
    }

    /// The answer's signature is not looked at: what comes proves itself. The request is signed all the
    /// same.
    private func unverified(
        _ call: PeerCall, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        let request = try sign(call, to: node, as: member)
        let answer = try await connections.send(call, request, to: node, deadline: deadline)
        if case .refusal(let code) = answer.content { throw .refused(code) }
        return answer.body
    }

    func signed(
        _ call: PeerCall, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        let request = try sign(call, to: node, as: member)
        let answer = try await connections.send(call, request, to: node, deadline: deadline)
        let reply = try AnswerVerification(node: node, request: request).verified(answer)
        if case .refusal(let code) = reply.content { throw .refused(code) }
        return reply.body
    }
}
