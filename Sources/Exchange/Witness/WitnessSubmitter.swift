import Membership
import TransparencyLog

/// Submits one checkpoint to one witness, with the proof that it asks for, and reads what it says.
struct WitnessSubmitter: Sendable {
    /// How a submission ended.
    enum Outcome: Sendable, Equatable {
        /// The witness's cosignature, verified.
        case cosigned(NoteSignature)
        /// The witness cosigned a larger tree of this log before.
        case ahead(TreeSize)
        /// The witness does not take the proof from what it cosigned before: it knows another tree.
        case forked
        /// The witness's answer lacks its cosignature, or that does not verify.
        case unsigned
        /// It did not answer, or refused for a reason of its own.
        case failed
    }

    let log: any ExchangeLog
    let witnesses: any Witnesses

    /// Submits a checkpoint of the log.
    ///
    /// - Parameter known: what the witness cosigned last, as far as this node knows; when it is
    ///   another size, it is tried once more from that.
    func submit(
        _ signed: SignedCheckpoint, after known: TreeSize, to witness: DirectoryWitness,
        deadline: ContinuousClock.Instant
    ) async -> Outcome {
        let size = signed.checkpoint.head.size
        guard known <= size else { return .ahead(known) }
        switch await reply(to: signed, after: known, from: witness, deadline) {
        case .stale(let told)?:
            if told > size { return .ahead(told) }
            // C2SP's first version says so of another root at the same size.
            if told == known { return .forked }
            let second = await reply(to: signed, after: told, from: witness, deadline)
            if case .stale(let again)? = second, again > size { return .ahead(again) }
            return outcome(second, signed, witness)
        case let reply: return outcome(reply, signed, witness)
        }
    }

    private func outcome(
        _ reply: WitnessReply?, _ signed: SignedCheckpoint, _ witness: DirectoryWitness
    ) -> Outcome {
        switch reply {
        case .cosigned(let lines):
            guard let signature = try? signed.cosignature(in: lines, by: witness.key) else {
                return .unsigned
            }
            return .cosigned(signature)
        case .refused(status: Self.proofRefused): return .forked
        case .stale, .refused, nil: return .failed
        }
    }

    private func reply(
        to signed: SignedCheckpoint, after old: TreeSize, from witness: DirectoryWitness,
        _ deadline: ContinuousClock.Instant
    ) async -> WitnessReply? {
        guard let proof = await proof(from: old, to: signed.checkpoint.head.size) else {
            return nil
        }
        let submission = AddCheckpoint(oldSize: old, proof: proof, checkpoint: signed)
        return try? await witnesses.submit(submission, to: witness.entry, deadline: deadline)
    }

    /// The proof of the log's own tree; nil when the log cannot be read.
    private func proof(from old: TreeSize, to size: TreeSize) async -> ConsistencyProof? {
        guard old > .zero else { return try? ConsistencyProof(hashes: []) }
        guard let plan = try? ProofPlan.consistency(from: old, to: size) else { return nil }
        var tiles = FetchedTiles()
        do {
            try await tiles.fetch(for: plan, in: size) { id throws(LogError) in
                try await log.tile(id) ?? []
            }
        } catch {
            return nil
        }
        return tiles.hashes(of: plan, in: size).flatMap { try? ConsistencyProof(hashes: $0) }
    }

    /// The status of C2SP tlog-witness for a proof that does not hold.
    private static let proofRefused = 422
}
