import HTTPSignatures
import TransparencyLog

/// Writes into the log what this node answers, before it leaves (the second promise).
struct AnswerRecorder: Sendable {
    let context: NodeContext

    /// Adds the entry of an answer, and uses up the request's nonce with it; returns the receipt.
    ///
    /// - Throws: `nonce-replayed`; `overloaded` when the log has no room at this moment; `internal`.
    func record(_ call: AnsweredCall) async throws(Problem) -> Receipt {
        let now = context.clock.now
        var entry = LogEntry(call.subject.answered, at: now, node: context.node)
        entry.peer = call.caller.node.id
        entry.peerMember = call.caller.member.id
        entry.isLocal = call.caller.node.id == context.node
        entry.request = call.request.signed.base.logName
        entry.response = call.answer.base.logName
        entry.retainUntil = context.evidenceEnd(after: now)
        var evidence = Evidence(
            request: RequestEvidence(call.request.signed, body: call.requestBody),
            answer: AnswerEvidence(call.answer, body: call.answerBody), consents: call.consents)
        if let message = call.message {
            let items = CommittedItems(message)
            entry.describe(message)
            entry.itemsRoot = items.root
            evidence.salts = items.salts
        }
        do throws(LogError) {
            return try await context.log.append(
                entry, evidence: evidence, nonce: nonce(of: call.request, at: now)
            ).receipt
        } catch {
            throw Problem(error)
        }
    }

    /// Uses up the nonce of a request that leaves no entry.
    ///
    /// - Throws: as `record`.
    func use(_ request: VerifiedRequest) async throws(Problem) {
        do throws(LogError) {
            try await context.log.use(NonceUse(of: request))
        } catch {
            throw Problem(error)
        }
    }

    /// An expired request has none to remember: it is refused whenever it comes.
    private func nonce(of request: VerifiedRequest, at now: Timestamp) -> NonceUse? {
        let nonce = NonceUse(of: request)
        return nonce.keepUntil < now ? nil : nonce
    }
}

extension PeerMessage.Subject {
    var answered: LogEntryType { self == .evaluation ? .evaluationAnswered : .queryAnswered }
    var asked: LogEntryType { self == .evaluation ? .evaluationAsked : .queryAsked }
    var timedOut: LogEntryType { self == .evaluation ? .evaluationTimedOut : .queryTimedOut }
    var invalid: LogEntryType { self == .evaluation ? .evaluationInvalid : .queryInvalid }
}

extension NodeContext {
    /// Until when the evidence of an exchange is kept.
    func evidenceEnd(after now: Timestamp) -> Timestamp {
        let retention = directory.current.charter.retention
        guard let end = now.date?.adding(months: retention.evidenceMonths) else { return now }
        return Timestamp(startOf: end)
    }
}

extension Problem {
    /// What a peer is told when the log did not take an entry.
    fileprivate init(_ error: LogError) {
        switch error {
        case .nonceReplayed: self.init(.nonceReplayed, "the nonce was used before")
        case .nonceStoreFull, .queueFull:
            self.init(
                .overloaded, "the log has no room at this moment",
                retryAfterSeconds: ExchangeLimits.logRetryAfterSeconds)
        case .unwritable, .store, .stopped: self.init(.internal, "the log did not take it")
        }
    }
}
