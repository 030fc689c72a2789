/// The lines with which a witness answers: signatures, none of them verified.
///
/// Source: C2SP tlog-witness, "add-checkpoint".
public struct CosignatureLines: Hashable, Sendable {
    /// The most bytes of an answer that is read.
    public static let bytesMax = 16 * 1024

    /// The signatures in their order, at least one.
    public let signatures: [NoteSignature]

    /// Lines made by a witness.
    public init(_ signatures: [NoteSignature]) { self.signatures = signatures }

    /// Lines from their bytes.
    ///
    /// - Throws: `NoteError`: `.tooLong`, `.tooManySignatures`, `.malformed`.
    public init(bytes: some Collection<UInt8>) throws(NoteError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        let newline = UInt8(ascii: "\n")
        let bytes = Array(bytes)
        guard bytes.last == newline else { throw .malformed }
        let lines = bytes.dropLast().split(separator: newline, omittingEmptySubsequences: false)
        guard lines.count <= SignedNote.signaturesMax else { throw .tooManySignatures }
        let signatures = lines.compactMap { NoteSignature(line: $0) }
        guard signatures.count == lines.count else { throw .malformed }
        self.signatures = signatures
    }

    /// The lines.
    public var bytes: [UInt8] { signatures.flatMap(\.line) }
}

extension SignedCheckpoint {
    /// The cosignature of one witness among the lines of its answer, verified; lines of other keys are
    /// passed over.
    ///
    /// - Throws: `NoteError`: `.unsigned` without a line of `key`, `.invalidSignature`,
    ///   `.repeatedSignature`.
    public func cosignature(
        in lines: CosignatureLines, by key: NoteKey
    ) throws(NoteError) -> NoteSignature {
        let own = lines.signatures.filter { $0.isBy(key) }
        guard key.kind == .cosignature, let first = own.first else { throw .unsigned }
        guard own.count == 1 else { throw .repeatedSignature }
        _ = try SignedNote(text: note.text, signatures: own).verified(by: [key])
        return first
    }

    /// The signatures of all keys given and no others: what was verified, and may be kept.
    ///
    /// - Throws: `NoteError.malformed` when none is left.
    public func keeping(signaturesOf keys: [NoteKey]) throws(NoteError) -> SignedCheckpoint {
        let kept = note.signatures.filter { signature in keys.contains(where: signature.isBy) }
        return try SignedCheckpoint(SignedNote(text: note.text, signatures: kept))
    }
}
