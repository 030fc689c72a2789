import HTTPSignatures
import Membership
import TransparencyLog

/// Writes into the log what this node asks: before a request leaves, and what became of it.
struct AskRecorder: Sendable {
    let context: NodeContext
    let circumstances: AskCircumstances

    /// Adds the entry of a call that is about to be sent, and keeps what opens it.
    ///
    /// - Parameter settled: a call whose answer led to this one: its second entry is added in front.
    /// - Throws: `PeerFailure.unlogged`; the call must not be sent then.
    func asked(
        _ call: SignedCall, boxes: SealedBoxes?, filters: [[UInt8]],
        after settled: (call: SignedCall, reply: PeerReply, outcomes: LogOutcomes?)? = nil
    ) async throws(PeerFailure) {
        let items = CommittedItems(call.message)
        var entry = entry(call.message.subject.asked, of: call, filters: filters)
        circumstances.describe(&entry)
        entry.itemsRoot = items.root
        let first = settled.map {
            answer($0.reply, to: $0.call, outcomes: $0.outcomes, filters: filters)
        }
        let asked = NewEntry(
            entry,
            evidence: Evidence(
                request: RequestEvidence(call.request, body: call.body),
                salts: items.salts + circumstances.salts, boxes: boxes?.boxes ?? []))
        try await append([first, asked].compactMap(\.self))
    }

    /// Adds the entry of an answer that was believed.
    func answered(
        _ call: SignedCall, by reply: PeerReply, outcomes: LogOutcomes? = nil,
        filters: [[UInt8]]
    ) async throws(PeerFailure) {
        try await append([answer(reply, to: call, outcomes: outcomes, filters: filters)])
    }

    private func answer(
        _ reply: PeerReply, to call: SignedCall, outcomes: LogOutcomes? = nil, filters: [[UInt8]]
    ) -> NewEntry {
        var entry = entry(call.message.subject.answered, of: call, filters: filters)
        entry.response = reply.answer.base.logName
        entry.outcomes = outcomes
        return NewEntry(
            entry, evidence: Evidence(answer: AnswerEvidence(reply.answer, body: reply.body)))
    }

    /// Adds the entry of a call to which no answer came that can be believed.
    func failed(
        _ call: SignedCall, _ failure: PeerFailure, reply: PeerReply?
    ) async throws(PeerFailure) {
        let subject = call.message.subject
        var entry = entry(
            failure.isSilence ? subject.timedOut : subject.invalid, of: call, filters: [])
        entry.response = reply?.answer.base.logName
        let evidence = reply.map { Evidence(answer: AnswerEvidence($0.answer, body: $0.body)) }
        try await append([NewEntry(entry, evidence: evidence)])
    }

    /// Adds the one entry of a query among the members of this node: no message goes anywhere, so
    /// that there are no signatures, and one log is that of both sides.
    func answeredLocally(
        _ query: QueryRequest, outcomes: LogOutcomes, consents: [[RestingConsent]]
    ) async throws(PeerFailure) {
        let message = PeerMessage.query(query)
        let items = CommittedItems(message)
        let now = context.clock.now
        var entry = LogEntry(.queryAnswered, at: now, node: context.node)
        entry.describe(message)
        circumstances.describe(&entry)
        entry.member = query.member
        entry.peer = context.node
        entry.isLocal = true
        entry.itemsRoot = items.root
        entry.outcomes = outcomes
        entry.retainUntil = context.evidenceEnd(after: now)
        let evidence = Evidence(salts: items.salts + circumstances.salts, consents: consents)
        try await append([NewEntry(entry, evidence: evidence)])
    }

    private func entry(
        _ type: LogEntryType, of call: SignedCall, filters: [[UInt8]]
    ) -> LogEntry {
        let now = context.clock.now
        var entry = LogEntry(type, at: now, node: context.node)
        entry.describe(call.message)
        entry.purpose = circumstances.purpose
        entry.member = call.member
        entry.peer = call.node.id
        entry.isLocal = call.node.id == context.node
        entry.request = call.request.base.logName
        entry.filter = LogFilters(filters.compactMap { MerkleHash(bytes: $0) })
        entry.retainUntil = context.evidenceEnd(after: now)
        return entry
    }

    private func append(_ entries: [NewEntry]) async throws(PeerFailure) {
        do {
            _ = try await context.log.append(entries)
        } catch {
            throw .unlogged
        }
    }
}

extension PeerFailure {
    /// Whether nobody answered, rather than somebody wrongly.
    fileprivate var isSilence: Bool { self == .timedOut || self == .unreachable }
}
