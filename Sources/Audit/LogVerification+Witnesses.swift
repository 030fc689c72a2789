import Exchange
import Membership
import TransparencyLog

/// The part of a check that no key of the log's operator can bend: what witnesses cosigned, and when.
extension LogVerification {
    /// Every checkpoint that was cosigned: its signatures hold, and it is a beginning of this tree.
    ///
    /// - Returns: those of which that is so.
    func checkCosigned(
        _ head: TreeHead, _ keys: LogKeys, _ witnesses: WitnessKeys,
        _ result: inout VerificationResult
    ) throws(AuditFailure) -> [CosignedCheckpoint] {
        var sound: [CosignedCheckpoint] = []
        for (name, bytes) in try cosignedNotes() {
            guard let cosigned = try? witnesses.cosigned(bytes, by: keys) else {
                result.add(.cosignatureInvalid, proof: name)
                continue
            }
            result.cosignedCheckpoints += 1
            if cosigned.head.size > head.size {
                result.add(.logShrunk, proof: name)
            } else if let root = try root(of: cosigned.head.size, in: head.size),
                root != cosigned.head.root
            {
                result.add(.logForked, proof: name)
            } else {
                sound.append(cosigned)
            }
        }
        return sound
    }

    /// Those of the copy, and those that were given beside it.
    private func cosignedNotes() throws(AuditFailure) -> [(name: String, bytes: [UInt8])] {
        var notes = given
        for file in folder.names(in: MirrorFolder.cosignedFolder) {
            let name = "\(MirrorFolder.cosignedFolder)/\(file)"
            if let bytes = try folder.read(name) { notes.append((name, bytes)) }
        }
        return notes
    }
}

/// What a check of entries asks of cosignatures.
struct WitnessedEntries {
    private let times: CosignedTimes
    /// From this place on no quorum cosigned; nil where the charter asks for none.
    private var unwitnessedFrom: Int?

    /// What checkpoints that are sound say, where a log needs so many cosignatures.
    init(_ checkpoints: [CosignedCheckpoint], quorum: Int) {
        times = CosignedTimes(checkpoints)
        guard quorum > 0 else { return }
        unwitnessedFrom =
            checkpoints.filter { $0.count >= quorum }.map(\.head.size.value).max() ?? 0
    }

    /// Checks one entry; the first that lacks a quorum is named, and stands for all behind it.
    mutating func check(
        _ time: Timestamp, at place: Int, copiedAt: Timestamp,
        _ result: inout VerificationResult
    ) {
        if let fault = times.fault(of: time, at: place) { result.add(fault, index: place) }
        guard let from = unwitnessedFrom, place >= from,
            copiedAt.seconds(since: time) > LogVerification.unwitnessedSecondsMax
        else { return }
        unwitnessedFrom = nil
        result.add(.unwitnessed, index: place)
    }
}
