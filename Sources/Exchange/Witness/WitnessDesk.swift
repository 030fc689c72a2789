import Crypto
import Membership
import TransparencyLog

/// This node as a witness: cosigns checkpoints of the directory's logs, each only when it follows on
/// the one that was cosigned before (C2SP tlog-witness; protocol/log.md, "Witnesses").
///
/// Per log it keeps the newest checkpoint with its cosignature. That is on the disk before the
/// cosignature leaves, and is read anew for every submission: the disk is the truth, whatever became of
/// a write. An actor, so that one submission is judged and kept before the next is judged.
public actor WitnessDesk {
    private let cosigner: Cosigner
    private let directory: any DirectorySource
    private let shelf: any NoteShelf
    private let alarms: any Alarms
    private let clock: any Clock

    /// A witness with a key, which must sign nothing else.
    public init(
        cosigner: Cosigner, directory: any DirectorySource, shelf: any NoteShelf,
        alarms: any Alarms, clock: any Clock
    ) {
        self.cosigner = cosigner
        self.directory = directory
        self.shelf = shelf
        self.alarms = alarms
        self.clock = clock
    }

    /// Takes a submission; the bytes are those of `AddCheckpoint`.
    public func add(_ bytes: [UInt8]) throws(WitnessRefusal) -> CosignatureLines {
        guard let submission = try? AddCheckpoint(bytes: bytes) else { throw .malformed }
        let checkpoint = submission.checkpoint.checkpoint
        guard let node = directory.current.node(withLog: checkpoint.origin) else {
            throw .unknownLog
        }
        let known = try remembered(checkpoint.origin)
        switch submission.judged(after: known?.checkpoint.head, keys: node.logKeys) {
        case .cosign: break
        case .unsigned: throw .unsigned
        case .backwards: throw .malformed
        case .stale(let size):
            // Two roots of one size are two logs, whatever the log says that it knows.
            if known?.checkpoint.head.size == checkpoint.head.size,
                known?.checkpoint.head.root != checkpoint.head.root
            {
                raise(submission, against: known, of: node)
            }
            throw .stale(size)
        case .forked:
            raise(submission, against: known, of: node)
            throw .forked
        }
        return try cosign(submission.checkpoint, after: known, of: node)
    }

    /// The newest checkpoint of a log that was cosigned, with the log's signature and the
    /// cosignature; nil when there is none.
    ///
    /// - Parameter origin: SHA-256 of the log's name, 64 hexadecimal digits in lower case.
    public func latest(ofLogHashed origin: String) throws(WitnessRefusal) -> [UInt8]? {
        guard Hex.bytes(of: origin)?.count == SHA256.byteCount else { return nil }
        do { return try shelf.note(origin) } catch { throw .unavailable }
    }

    private func remembered(_ origin: TransparencyLog.KeyName) throws(WitnessRefusal)
        -> SignedCheckpoint?
    {
        do {
            return try shelf.note(Self.name(of: origin)).map { try SignedCheckpoint(bytes: $0) }
        } catch {
            throw .unavailable
        }
    }

    /// Signs, keeps, and only then hands out.
    private func cosign(
        _ checkpoint: SignedCheckpoint, after known: SignedCheckpoint?, of node: NodeEntry
    ) throws(WitnessRefusal) -> CosignatureLines {
        let now = Int(clock.now.secondsSinceEpoch)
        // A time before the last one would say that the log shrank.
        guard now >= known.flatMap(lastTime) ?? 0 else { throw .clockBehind }
        do {
            let signature = try cosigner.signature(of: checkpoint.checkpoint, at: now)
            let kept = try checkpoint.keeping(signaturesOf: node.logKeys).adding(signature)
            try shelf.put(kept.note.bytes, as: Self.name(of: checkpoint.checkpoint.origin))
            return CosignatureLines([signature])
        } catch {
            throw .unavailable
        }
    }

    private func lastTime(_ checkpoint: SignedCheckpoint) -> Int? {
        let found = try? checkpoint.note.verified(by: [cosigner.key])
        return found?.first?.secondsSince1970
    }

    private func raise(
        _ submission: AddCheckpoint, against known: SignedCheckpoint?, of node: NodeEntry
    ) {
        alarms.raise(
            LogAlarm(
                .forked, node: node.id, witness: cosigner.key.name.description,
                first: known.map(LogAlarm.Side.init),
                second: LogAlarm.Side(submission.checkpoint)))
    }

    /// Under what name a log is remembered.
    private static func name(of origin: TransparencyLog.KeyName) -> String {
        Hex.text(of: SHA256.hash(data: origin.bytes))
    }
}

/// Why a submission is not cosigned (C2SP tlog-witness).
public enum WitnessRefusal: Error, Hashable, Sendable {
    /// It cannot be read, or its old size is over the checkpoint's.
    case malformed
    /// The directory has no such log.
    case unknownLog
    /// The log's signature is missing or does not verify.
    case unsigned
    /// The old size is not that of the checkpoint that was cosigned last, which is given.
    case stale(TreeSize)
    /// The proof does not hold: the log is two. The witness keeps the evidence.
    case forked
    /// The witness's clock is behind its last cosignature of the log; its operator is at fault.
    case clockBehind
    /// What is remembered cannot be read or kept. Again later.
    case unavailable
}
