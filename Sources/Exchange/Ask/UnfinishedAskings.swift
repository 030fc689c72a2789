import TransparencyLog

/// Ends the askings that a crash cut off, so that the log says of every asking what became of it.
///
/// Whether an answer was on its way nobody knows any more: none came in time, which is what the second
/// entry says. The other side may have answered; that stands in its log.
public struct UnfinishedAskings: Sendable {
    private let context: NodeContext

    /// The askings of a node's log.
    public init(context: NodeContext) { self.context = context }

    /// Ends them; to be called before the node asks anything. A crash on the way leaves the rest for
    /// the next start.
    ///
    /// - Returns: how many there were.
    /// - Throws: `LogError`.
    public func end() async throws(LogError) -> Int {
        var count = 0
        while true {
            let entries = try await context.log.unfinishedAskings()
            guard !entries.isEmpty else { return count }
            for entry in entries {
                _ = try await context.log.append(end(of: entry), evidence: nil, nonce: nil)
                count += 1
            }
        }
    }

    private func end(of asked: LogEntry) -> LogEntry {
        let now = context.clock.now
        var entry = LogEntry(
            asked.type == .evaluationAsked ? .evaluationTimedOut : .queryTimedOut, at: now,
            node: asked.node)
        entry.member = asked.member
        entry.peer = asked.peer
        entry.isLocal = asked.isLocal
        entry.count = asked.count
        entry.kid = asked.kid
        entry.request = asked.request
        entry.purpose = asked.purpose
        entry.retainUntil = context.evidenceEnd(after: now)
        return entry
    }
}
