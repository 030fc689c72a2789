/// What a log says of its tree at one moment, before it is signed.
///
/// Source: C2SP tlog-checkpoint, "Note text"; protocol/log.md, "Checkpoints and cosignatures".
public struct Checkpoint: Hashable, Sendable {
    /// The log's name.
    public let origin: KeyName
    /// Size and root.
    public let head: TreeHead
    /// Lines behind the third, without newlines; they mean nothing here, and are signed all the same.
    let extensions: [[UInt8]]

    /// A checkpoint as this software writes them, without further lines.
    public init(origin: KeyName, head: TreeHead) {
        self.origin = origin
        self.head = head
        extensions = []
    }

    /// A checkpoint from the text of a note.
    ///
    /// - Throws: `NoteError.checkpoint` for any other spelling than ``text``, or a size over
    ///   ``TreeSize/valueMax``.
    public init(text: [UInt8]) throws(NoteError) {
        let lines = text.dropLast().split(
            separator: Self.newline, omittingEmptySubsequences: false)
        guard text.last == Self.newline, lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }),
            let origin = KeyName(lines[0]),
            let size = DecimalText.value(of: lines[1]).flatMap(TreeSize.init(_:)),
            let root = CanonicalBase64.decode(lines[2]).flatMap(MerkleHash.init(bytes:))
        else { throw .checkpoint }
        self.origin = origin
        head = TreeHead(size: size, root: root)
        extensions = lines.dropFirst(3).map { Array($0) }
    }

    /// The text that is signed.
    public var text: [UInt8] {
        let lines = [origin.bytes, Array("\(head.size)".utf8), Array("\(head.root)".utf8)]
        return (lines + extensions).flatMap { $0 + [Self.newline] }
    }

    private static let newline = UInt8(ascii: "\n")
}
