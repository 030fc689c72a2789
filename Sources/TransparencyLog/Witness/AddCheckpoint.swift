/// What a log submits to a witness: its newest checkpoint, and the proof that it follows on the one that
/// the witness cosigned last.
///
/// Source: C2SP tlog-witness, "add-checkpoint"; protocol/log.md, "Witnesses".
public struct AddCheckpoint: Hashable, Sendable {
    /// The most bytes, enforced before it is read: a checkpoint with its log's signatures and perhaps
    /// some cosignatures, and a proof.
    public static let bytesMax = 16 * 1024

    /// The size of the checkpoint that the witness cosigned last; 0 when there is none.
    public let oldSize: TreeSize
    /// From that size to the checkpoint's; without hashes from size 0.
    public let proof: ConsistencyProof
    /// The checkpoint.
    public let checkpoint: SignedCheckpoint

    /// A submission of its parts.
    public init(oldSize: TreeSize, proof: ConsistencyProof, checkpoint: SignedCheckpoint) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// A submission from its bytes.
    ///
    /// - Throws: `NoteError`: `.tooLong`, `.submission` for any other spelling of the lines before the
    ///   checkpoint, and those of the checkpoint.
    public init(bytes: some Collection<UInt8>) throws(NoteError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        let bytes = Array(bytes)
        let newline = Self.newline
        guard
            let end = bytes.indices.dropFirst().first(where: {
                bytes[$0] == newline && bytes[$0 - 1] == newline
            })
        else { throw .submission }
        let lines = bytes[..<end].dropLast().split(
            separator: newline, omittingEmptySubsequences: false)
        guard let first = lines.first, first.starts(with: Self.word),
            let oldSize = DecimalText.value(of: first.dropFirst(Self.word.count))
                .flatMap(TreeSize.init(_:)),
            let proof = Self.proof(in: lines.dropFirst())
        else { throw .submission }
        self.oldSize = oldSize
        self.proof = proof
        checkpoint = try SignedCheckpoint(bytes: bytes[(end + 1)...])
    }

    /// The submission's text; it may be over ``bytesMax`` when the checkpoint has many signatures.
    public var bytes: [UInt8] {
        let lines = proof.hashes.map(\.description) + [""]
        let text = lines.map { $0 + "\n" }.joined()
        return Self.word + Array("\(oldSize)\n\(text)".utf8) + checkpoint.note.bytes
    }

    private static let word = Array("old ".utf8)
    private static let newline = UInt8(ascii: "\n")

    private static func proof(in lines: ArraySlice<ArraySlice<UInt8>>) -> ConsistencyProof? {
        guard lines.count <= ConsistencyProof.hashesMax else { return nil }
        let hashes = lines.compactMap { line in
            CanonicalBase64.decode(line).flatMap { MerkleHash(bytes: $0) }
        }
        return hashes.count == lines.count ? try? ConsistencyProof(hashes: hashes) : nil
    }
}
