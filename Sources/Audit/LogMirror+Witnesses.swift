import Exchange
import Membership
import TransparencyLog

/// What witnesses cosigned, beside the copy: an operator who holds all keys of its node does not hold
/// theirs.
extension LogMirror {
    /// What was cosigned, as the log serves it and as the witnesses themselves do. Asked for before the
    /// log's newest checkpoint, which therefore is not smaller than any of them.
    ///
    /// - Throws: `.untrue` when the log serves a cosignature that does not verify. What a witness serves
    ///   that does not, or its silence, changes nothing.
    func cosigned(
        _ keys: LogKeys, _ witnesses: WitnessKeys
    ) async throws(AuditFailure) -> [CosignedCheckpoint] {
        guard !witnesses.keys.isEmpty else { return [] }
        var found: [CosignedCheckpoint] = []
        if let bytes = try await source.cosigned() {
            do throws(NoteError) {
                found.append(try witnesses.cosigned(bytes, by: keys))
            } catch {
                guard error != .invalidSignature else {
                    throw try alarm(.cosignatureInvalid, bytes, named: "cosigned")
                }
            }
        }
        for witness in witnesses.entries {
            guard let bytes = await source.witnessed(by: witness, of: keys.origin),
                let cosigned = try? witnesses.cosigned(bytes, by: keys)
            else { continue }
            found.append(cosigned)
        }
        return found
    }

    /// Keeps what was cosigned, when the log proves that it is the beginning of what it serves now.
    ///
    /// - Throws: `.untrue`, with both checkpoints under `alarms/`.
    func keep(
        _ cosigned: [CosignedCheckpoint], before signed: SignedCheckpoint
    ) async throws(AuditFailure) {
        let head = signed.checkpoint.head
        for checkpoint in cosigned {
            let isShort = checkpoint.head.size > head.size
            if isShort {
                throw try alarm(.logShrunk, signed, against: checkpoint.signed)
            }
            guard try await grew(from: checkpoint.head, to: head) else {
                throw try alarm(.logForked, signed, against: checkpoint.signed)
            }
            let name = MirrorFolder.cosignedName(checkpoint)
            try folder.write(checkpoint.signed.note.bytes, to: name)
        }
    }

    private func alarm(
        _ code: AuditFinding.Code, _ signed: SignedCheckpoint, against cosigned: SignedCheckpoint
    ) throws(AuditFailure) -> AuditFailure {
        let size = signed.checkpoint.head.size
        try folder.write(
            signed.note.bytes, to: "alarms/\(size)-\(now.secondsSinceEpoch)")
        return try alarm(code, cosigned.note.bytes, named: "\(size)-cosigned")
    }

    private func alarm(
        _ code: AuditFinding.Code, _ note: [UInt8], named label: String
    ) throws(AuditFailure) -> AuditFailure {
        let name = "alarms/\(label)-\(now.secondsSinceEpoch)"
        try folder.write(note, to: name)
        return .untrue(AuditFinding(code, node: node, proof: name))
    }
}

extension MirrorFolder {
    /// Where what witnesses cosigned is kept.
    static let cosignedFolder = "cosigned"

    /// By size and time, so that every cosignature is kept.
    static func cosignedName(_ checkpoint: CosignedCheckpoint) -> String {
        "\(cosignedFolder)/\(checkpoint.head.size)-\(checkpoint.latest ?? 0)"
    }
}
