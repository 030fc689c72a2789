/// A checkpoint with its signatures. Its tree means nothing before ``verified(log:witnesses:)`` was
/// called.
public struct SignedCheckpoint: Hashable, Sendable {
    /// The note that it is.
    public let note: SignedNote
    /// What the note says.
    public let checkpoint: Checkpoint

    /// A checkpoint signed by its log: by one key, or two while one takes over from the other.
    ///
    /// - Throws: `NoteError.origin` unless every signer bears the log's name, `.unsigned` without
    ///   one; or what the cryptographic library throws.
    public init(_ checkpoint: Checkpoint, signedBy signers: [NoteSigner]) throws {
        guard signers.allSatisfy({ $0.key.name == checkpoint.origin }) else {
            throw NoteError.origin
        }
        guard !signers.isEmpty else { throw NoteError.unsigned }
        let signatures = try signers.map { try $0.signature(of: checkpoint.text) }
        note = try SignedNote(text: checkpoint.text, signatures: signatures)
        self.checkpoint = checkpoint
    }

    /// A checkpoint from the bytes of its note.
    ///
    /// - Throws: `NoteError`.
    public init(bytes: some Collection<UInt8>) throws(NoteError) {
        try self.init(SignedNote(bytes: bytes))
    }

    /// A checkpoint from its note.
    ///
    /// - Throws: `NoteError.checkpoint` when the note is none.
    public init(_ note: SignedNote) throws(NoteError) {
        checkpoint = try Checkpoint(text: note.text)
        self.note = note
    }

    /// The same checkpoint with one more signature.
    ///
    /// - Throws: `NoteError.tooManySignatures`, or `.tooLong`.
    public func adding(_ signature: NoteSignature) throws(NoteError) -> SignedCheckpoint {
        try SignedCheckpoint(note.adding(signature))
    }

    /// The log's signatures and those of witnesses, all verified.
    ///
    /// - Parameters:
    ///   - log: the log's keys, from the directory. Each bears the log's name.
    ///   - witnesses: the keys of the witnesses that count.
    /// - Throws: `NoteError`: `.origin` when the checkpoint is another log's, `.unsigned` without a
    ///   signature of the log, `.invalidSignature` or `.repeatedSignature` for one of these keys.
    public func verified(
        log: [NoteKey], witnesses: [NoteKey] = []
    ) throws(NoteError) -> CheckpointSignatures {
        guard log.allSatisfy({ $0.name == checkpoint.origin && $0.kind == .note }) else {
            throw .origin
        }
        let witnesses = witnesses.filter { $0.kind == .cosignature }
        let verified = try note.verified(by: log + witnesses)
        let split = verified.filter { log.contains($0.key) }
        guard !split.isEmpty else { throw .unsigned }
        return CheckpointSignatures(
            log: split, witnesses: verified.filter { $0.key.kind == .cosignature })
    }
}

/// Who signed a checkpoint, each key once.
public struct CheckpointSignatures: Hashable, Sendable {
    /// The log's own signatures, at least one.
    public let log: [VerifiedSignature]
    /// Those of witnesses, with their times. How many there must be, and how recent, the reader
    /// decides.
    public let witnesses: [VerifiedSignature]
}
