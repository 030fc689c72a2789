import Membership
import TransparencyLog

/// One look at what witnesses cosigned of a node's log, and what that shows of the receipts awaited.
struct WitnessLook: Sendable {
    let node: NodeEntry
    let directory: Directory
    let logs: any PeerLogs
    let member: MemberID
    let deadline: ContinuousClock.Instant

    /// What it shows.
    struct Result: Sendable {
        /// The checkpoint that enough witnesses cosigned; nil when there is none that can be believed.
        var cosigned: SignedCheckpoint?
        /// The heads that are beginnings of it.
        var shown: [TreeHead] = []
        /// What contradicts it.
        var alarms: [LogAlarm] = []
    }

    /// Looks. A node that does not answer, or that has no cosigned checkpoint yet, shows nothing.
    func result(_ awaited: AwaitedReceipts) async -> Result {
        var result = Result()
        guard
            let bytes = try? await logs.logCosigned(of: node, as: member, deadline: deadline),
            let signed = try? SignedCheckpoint(bytes: bytes)
        else { return result }
        let cosigned: CosignedCheckpoint
        do throws(NoteError) {
            cosigned = try CosignedCheckpoint(signed, of: node, in: directory)
        } catch {
            if error == .invalidSignature {
                result.alarms.append(alarm(.unsigned, awaited.cosigned, signed))
            }
            return result
        }
        guard cosigned.count >= directory.charter.witnessQuorum else { return result }
        if let known = awaited.cosigned, known.checkpoint.head.size > cosigned.head.size {
            result.alarms.append(alarm(.shrunk, known, cosigned.signed))
            return result
        }
        await compare(awaited, with: cosigned.signed, &result)
        return result
    }

    /// Compares all that is known of the log with the cosigned checkpoint. When anything contradicts it,
    /// the checkpoint is not taken: what is awaited stays so.
    private func compare(
        _ awaited: AwaitedReceipts, with cosigned: SignedCheckpoint, _ result: inout Result
    ) async {
        let head = cosigned.checkpoint.head
        var tiles = FetchedTiles()
        let known = awaited.receipts.map(\.checkpoint) + (awaited.cosigned.map { [$0] } ?? [])
        for checkpoint in known where checkpoint.checkpoint.head.size <= head.size {
            switch await isBeginning(checkpoint.checkpoint.head, of: head, &tiles) {
            case true?: result.shown.append(checkpoint.checkpoint.head)
            case false?: result.alarms.append(alarm(.forked, checkpoint, cosigned))
            case nil: continue
            }
        }
        if result.alarms.isEmpty { result.cosigned = cosigned }
    }

    /// Whether the log's own tiles prove that one tree is the beginning of the other; nil when they
    /// could not be had.
    private func isBeginning(
        _ first: TreeHead, of second: TreeHead, _ tiles: inout FetchedTiles
    ) async -> Bool? {
        guard let plan = try? ProofPlan.consistency(from: first.size, to: second.size) else {
            return nil
        }
        do throws(PeerFailure) {
            try await tiles.fetch(for: plan, in: second.size) { id throws(PeerFailure) in
                try await logs.logTile(id, of: node, as: member, deadline: deadline)
            }
        } catch {
            return nil
        }
        guard let hashes = tiles.hashes(of: plan, in: second.size),
            let proof = try? ConsistencyProof(hashes: hashes)
        else { return false }
        return (try? proof.verify(from: first, to: second)) != nil
    }

    private func alarm(
        _ kind: LogAlarm.Kind, _ first: SignedCheckpoint?, _ second: SignedCheckpoint
    ) -> LogAlarm {
        LogAlarm(
            kind, node: node.id, first: first.map(LogAlarm.Side.init),
            second: LogAlarm.Side(second))
    }
}
