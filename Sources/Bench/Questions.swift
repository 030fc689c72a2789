import Exchange
import HTTPSignatures
import Membership
import NIOCore
import Synchronization

/// The questions of a ``SignedLoad``, and what was answered.
final class Questions: Sendable {
    private struct State {
        var next = 0
        var answered = 0
        var refused = 0
        var end: ContinuousClock.Instant?
        var kept: [(question: Int, answer: RawAnswer)] = []
    }

    private let calls: [SignedCall]
    private let requests: [ByteBuffer]
    private let state = Mutex(State())

    /// Questions, written as they are sent.
    init(_ calls: [SignedCall]) {
        self.calls = calls
        requests = calls.map(\.bytes)
    }

    /// Asks go on until then.
    func begin(until end: ContinuousClock.Instant) { state.withLock { $0.end = end } }

    /// How many were answered since the load began.
    var answered: Int { state.withLock { $0.answered } }

    /// The next question; nil when the time is over, or none is left.
    func next() -> (number: Int, bytes: ByteBuffer)? {
        state.withLock { state in
            if let end = state.end, end < .now { return nil }
            guard state.next < requests.count else { return nil }
            defer { state.next += 1 }
            return (state.next, requests[state.next])
        }
    }

    /// Counts an answer.
    func take(_ answer: RawAnswer, to question: Int) {
        state.withLock { state in
            state.answered += 1
            if !answer.isOK { state.refused += 1 }
            if question.isMultiple(of: SignedLoad.judgedOf) {
                state.kept.append((question, answer))
            }
        }
    }

    /// Judges what was kept: the node must have signed every answer to its very question, and every
    /// question must have been answered and not refused.
    func judge() throws {
        let (refused, kept) = state.withLock { ($0.refused, $0.kept) }
        guard refused == 0, !kept.isEmpty else { throw BenchError.badAnswer }
        for (question, answer) in kept {
            let call = calls[question]
            let message = try answer.message
            let signature = try AnswerSignature(of: message, to: call.request)
            guard
                let key = call.node.answerKeys.first(where: {
                    $0.keyID.text == signature.keyID.text
                }),
                message.fields.contains(where: { $0.name == "creditmesh-receipt" })
            else { throw BenchError.badAnswer }
            _ = try signature.verified(
                by: key.publicKey.bytes, content: ContentDigest(of: answer.body))
        }
    }
}

extension SignedCall {
    /// The request as it goes over the connection.
    fileprivate var bytes: ByteBuffer {
        var head =
            "POST /v1/queries HTTP/1.1\r\nhost: \(node.endpoint.host):\(node.endpoint.port)\r\n"
        for field in request.message.fields { head += "\(field.name): \(field.value)\r\n" }
        head += "content-length: \(body.count)\r\naccept: application/json\r\n\r\n"
        var bytes = ByteBuffer(string: head)
        bytes.writeBytes(body)
        return bytes
    }
}
