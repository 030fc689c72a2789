import Membership
import Synchronization
import TransparencyLog

/// Has the witnesses of the directory cosign this node's newest checkpoint, and keeps what they signed.
///
/// A round asks all witnesses at the same time. What they signed is durable before it is served; what
/// they hold against the log is an alarm (protocol/log.md, "Witnesses"). Calls do not overlap in what
/// they keep: an older checkpoint never takes the place of a newer one.
public actor CheckpointPusher {
    /// The name of the checkpoint that enough witnesses cosigned.
    static let quorumName = "quorum"

    private let context: NodeContext
    private let submitter: WitnessSubmitter
    private let shelf: any NoteShelf
    private let alarms: any Alarms
    private let standing = Mutex(WitnessStanding())

    /// A pusher of the context's log. It begins with what the shelf has.
    ///
    /// - Throws: `StoreError` when the shelf cannot be read.
    public init(
        context: NodeContext, witnesses: any Witnesses, shelf: any NoteShelf, alarms: any Alarms
    ) throws(StoreError) {
        self.context = context
        self.shelf = shelf
        self.alarms = alarms
        submitter = WitnessSubmitter(log: context.log, witnesses: witnesses)
        let kept = try shelf.note(Self.quorumName)
        let directory = context.directory.current
        guard let kept, let signed = try? SignedCheckpoint(bytes: kept),
            let own = directory.node(context.node),
            let cosigned = try? CosignedCheckpoint(signed, of: own, in: directory)
        else { return }
        standing.withLock { $0.cosigned = cosigned }
    }

    /// How the log stands with its witnesses.
    public nonisolated var current: WitnessStanding { standing.withLock { $0 } }

    /// One round.
    ///
    /// - Returns: what witnesses hold against this log; empty when none does, or none answered.
    @discardableResult
    public func push(deadline: ContinuousClock.Instant) async -> [LogAlarm] {
        let directory = context.directory.current
        guard let own = directory.node(context.node),
            let signed = try? await context.log.checkpoint()
        else { return [] }
        let witnesses = directory.witnesses(of: own)
        guard !witnesses.isEmpty, signed.checkpoint.head.size > .zero else {
            count([], signed, quorum: directory.charter.witnessQuorum, of: own, in: directory)
            return []
        }
        let outcomes = await submit(signed, to: witnesses, deadline: deadline)
        var found: [LogAlarm] = []
        var cosigned: [DirectoryWitness: NoteSignature] = [:]
        for (witness, outcome) in outcomes {
            switch outcome {
            case .cosigned(let signature):
                cosigned[witness] = signature
                keep(signature, on: signed, by: witness)
            case .failed: break
            case .ahead, .forked, .unsigned:
                found.append(alarm(outcome, signed, by: witness))
            }
        }
        count(
            witnesses.compactMap { cosigned[$0] }, signed,
            quorum: directory.charter.witnessQuorum, of: own, in: directory)
        for alarm in found { alarms.raise(alarm) }
        return found
    }

    private func submit(
        _ signed: SignedCheckpoint, to witnesses: [DirectoryWitness],
        deadline: ContinuousClock.Instant
    ) async -> [(DirectoryWitness, WitnessSubmitter.Outcome)] {
        let submitter = submitter
        return await withTaskGroup(of: (DirectoryWitness, WitnessSubmitter.Outcome).self) { group in
            for witness in witnesses {
                let known = known(to: witness)?.checkpoint.head.size ?? .zero
                group.addTask {
                    let outcome = await submitter.submit(
                        signed, after: known, to: witness, deadline: deadline)
                    return (witness, outcome)
                }
            }
            var outcomes: [(DirectoryWitness, WitnessSubmitter.Outcome)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
    }

    /// What a witness cosigned last, as far as this node knows: the witness says if it is otherwise.
    private func known(to witness: DirectoryWitness) -> SignedCheckpoint? {
        guard let bytes = try? shelf.note(witness.shelfName) else { return nil }
        return try? SignedCheckpoint(bytes: bytes)
    }

    private func keep(
        _ signature: NoteSignature, on signed: SignedCheckpoint, by witness: DirectoryWitness
    ) {
        if let known = known(to: witness), known.checkpoint.head.size > signed.checkpoint.head.size
        {
            return
        }
        // What is not kept is told by the witness in the next round.
        guard let cosigned = try? signed.adding(signature) else { return }
        try? shelf.put(cosigned.note.bytes, as: witness.shelfName)
    }

    /// Counts a round, and puts its checkpoint in the place of the one before when it has enough
    /// cosignatures; while no checkpoint has, one is kept with fewer.
    private func count(
        _ signatures: [NoteSignature], _ signed: SignedCheckpoint, quorum: Int,
        of own: NodeEntry, in directory: Directory
    ) {
        var next = current
        next.quorum = quorum
        next.cosignatures = signatures.count
        let isShort = signatures.count < quorum
        next.missingSince = isShort ? next.missingSince ?? context.clock.now : nil
        let hasEnough = (next.cosigned?.count ?? 0) >= max(quorum, 1)
        if !signatures.isEmpty, !isShort || !hasEnough,
            signed.checkpoint.head.size >= next.cosigned?.head.size ?? .zero,
            let cosigned = try? CosignedCheckpoint(
                signatures.reduce(signed) { try $0.adding($1) }, of: own, in: directory),
            (try? shelf.put(cosigned.signed.note.bytes, as: Self.quorumName)) != nil
        {
            next.cosigned = cosigned
        }
        standing.withLock { $0 = next }
    }

    private func alarm(
        _ outcome: WitnessSubmitter.Outcome, _ signed: SignedCheckpoint,
        by witness: DirectoryWitness
    ) -> LogAlarm {
        let known = known(to: witness)
        let name = witness.entry.name
        switch outcome {
        case .ahead(let size):
            let isKnown = known?.checkpoint.head.size == size
            return LogAlarm(
                .shrunk, node: context.node, witness: name,
                first: isKnown
                    ? known.map(LogAlarm.Side.init) : LogAlarm.Side(size: size, root: nil),
                second: LogAlarm.Side(signed))
        case .unsigned:
            return LogAlarm(
                .unsigned, node: context.node, witness: name, first: LogAlarm.Side(signed),
                second: nil)
        case .cosigned, .failed, .forked:
            return LogAlarm(
                .forked, node: context.node, witness: name, first: known.map(LogAlarm.Side.init),
                second: LogAlarm.Side(signed))
        }
    }
}

extension DirectoryWitness: Hashable {
    /// By the key.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Where what it cosigned last is kept: by the key, since names may have any letters.
    var shelfName: String {
        "witness-" + Hex.text(of: key.publicKey.bytes.prefix(Self.shelfNameKeyBytes))
    }

    private static let shelfNameKeyBytes = 16
}
