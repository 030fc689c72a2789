/// What a witness does with a submission; everything but cosigning leaves what it remembers as it was.
///
/// Source: C2SP tlog-witness, "add-checkpoint"; protocol/log.md, "Witnesses".
public enum WitnessJudgement: Hashable, Sendable {
    /// It is the log's, and follows on what is remembered: to be remembered, then cosigned.
    case cosign
    /// The log's signature is missing or does not verify.
    case unsigned
    /// The old size is over the checkpoint's.
    case backwards
    /// The old size is not that of the checkpoint that was cosigned last, which is given.
    case stale(TreeSize)
    /// The proof does not hold, or the checkpoint has the remembered size and another root. With the
    /// checkpoint that is remembered this is evidence of a log that is two.
    case forked
}

extension AddCheckpoint {
    /// Judges the submission in C2SP's order.
    ///
    /// - Parameters:
    ///   - known: what was cosigned last of this log; nil when nothing was.
    ///   - keys: the log's keys.
    public func judged(after known: TreeHead?, keys: [NoteKey]) -> WitnessJudgement {
        guard (try? checkpoint.verified(log: keys)) != nil else { return .unsigned }
        let head = checkpoint.checkpoint.head
        guard oldSize <= head.size else { return .backwards }
        let latest = known ?? TreeHead(size: .zero, root: .empty)
        guard oldSize == latest.size else { return .stale(latest.size) }
        return follows(on: latest) ? .cosign : .forked
    }

    private func follows(on latest: TreeHead) -> Bool {
        let head = checkpoint.checkpoint.head
        guard latest.size > .zero else {
            let isEmptyTree = head.size > .zero || head.root == .empty
            return proof.hashes.isEmpty && isEmptyTree
        }
        return (try? proof.verify(from: latest, to: head)) != nil
    }
}
