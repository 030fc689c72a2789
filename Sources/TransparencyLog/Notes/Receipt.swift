/// The proof that a log holds an entry: the entry, its place, the inclusion proof and the checkpoint
/// in one text. It proves itself, and nothing before ``verify(log:)`` was called.
///
/// Source: C2SP tlog-proof; protocol/log.md, "Receipts".
public struct Receipt: Hashable, Sendable {
    /// The most bytes, enforced before it is read; in base64url 8 KiB.
    public static let bytesMax = 6 * 1024

    /// The exact bytes of the entry (the line `extra`).
    public let entry: [UInt8]
    /// The entry's place.
    public let index: EntryIndex
    /// The proof that it stands there.
    public let proof: InclusionProof
    /// The checkpoint of the tree that the proof is for.
    public let checkpoint: SignedCheckpoint

    /// A receipt of its parts.
    public init(
        entry: [UInt8], index: EntryIndex, proof: InclusionProof, checkpoint: SignedCheckpoint
    ) {
        self.entry = entry
        self.index = index
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// A receipt from its bytes.
    ///
    /// - Throws: `NoteError`: `.tooLong`, `.receipt` for any other spelling than ``bytes``, and those
    ///   of the checkpoint.
    public init(bytes: some Collection<UInt8>) throws(NoteError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        let bytes = Array(bytes)
        guard let end = Self.emptyLine(in: bytes) else { throw .receipt }
        let lines = bytes[..<end].dropLast().split(
            separator: Self.newline, omittingEmptySubsequences: false)
        guard lines.count >= 3, lines[0].elementsEqual(Self.title),
            let entry = Self.value(of: lines[1], after: "extra ", CanonicalBase64.decode),
            let place = Self.value(of: lines[2], after: "index ", DecimalText.value),
            let index = EntryIndex(place),
            let proof = Self.proof(in: lines.dropFirst(3))
        else { throw .receipt }
        self.entry = entry
        self.index = index
        self.proof = proof
        checkpoint = try SignedCheckpoint(bytes: bytes[(end + 1)...])
    }

    /// The receipt's text; it may be over ``bytesMax`` when the checkpoint has many signatures.
    public var bytes: [UInt8] {
        let extra = "extra \(CanonicalBase64.encode(entry))"
        let lines = [extra, "index \(index)"] + proof.hashes.map(\.description) + [""]
        let text = lines.map { $0 + "\n" }.joined()
        return Self.title + [Self.newline] + Array(text.utf8) + checkpoint.note.bytes
    }

    /// Checks that the log signed the checkpoint and that its tree holds the entry at its place.
    ///
    /// - Parameter log: the log's keys.
    /// - Throws: `ReceiptError`.
    public func verify(log: [NoteKey]) throws(ReceiptError) {
        do throws(NoteError) { _ = try checkpoint.verified(log: log) } catch {
            throw .checkpoint(error)
        }
        do throws(ProofError) {
            try proof.verify(.leaf(entry), at: index, in: checkpoint.checkpoint.head)
        } catch { throw .proof(error) }
    }

    private static let title = Array("c2sp.org/tlog-proof@v1".utf8)
    private static let newline = UInt8(ascii: "\n")

    /// The place of the first empty line.
    private static func emptyLine(in bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().first { bytes[$0] == newline && bytes[$0 - 1] == newline }
    }

    private static func value<Value>(
        of line: ArraySlice<UInt8>, after word: String, _ read: (ArraySlice<UInt8>) -> Value?
    ) -> Value? {
        line.starts(with: word.utf8) ? read(line.dropFirst(word.utf8.count)) : nil
    }

    private static func proof(in lines: ArraySlice<ArraySlice<UInt8>>) -> InclusionProof? {
        guard lines.count <= InclusionProof.hashesMax else { return nil }
        let hashes = lines.compactMap { line in
            CanonicalBase64.decode(line).flatMap { MerkleHash(bytes: $0) }
        }
        return hashes.count == lines.count ? try? InclusionProof(hashes: hashes) : nil
    }
}

/// Why a receipt proves nothing; the fault is that of whoever made it.
public enum ReceiptError: Error, Hashable, Sendable {
    /// The checkpoint is not to be believed.
    case checkpoint(NoteError)
    /// The checkpoint's tree does not hold the entry at that place.
    case proof(ProofError)
}
