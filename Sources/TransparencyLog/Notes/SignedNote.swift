/// A text with signatures below it. The text means nothing before ``verified(by:)`` was called.
///
/// Source: C2SP signed-note; protocol/log.md, "Notes and keys".
public struct SignedNote: Hashable, Sendable {
    /// The most bytes of a note, enforced before it is read.
    public static let bytesMax = 128 * 1024
    /// The most signatures.
    public static let signaturesMax = 100

    /// The text in UTF-8, its last newline included.
    public let text: [UInt8]
    /// The signatures in their order, at least one.
    public let signatures: [NoteSignature]

    /// A text with signatures made for it.
    ///
    /// - Throws: `NoteError` when the text is none that a note can have, or there is no signature or
    ///   too many.
    public init(text: [UInt8], signatures: [NoteSignature]) throws(NoteError) {
        self.text = text
        self.signatures = signatures
        // What cannot be read is not written.
        guard try SignedNote(bytes: bytes) == self else { throw .malformed }
    }

    /// A note from its bytes.
    ///
    /// - Throws: `NoteError`: `.tooLong`, `.malformed`, `.tooManySignatures`.
    public init(bytes: some Collection<UInt8>) throws(NoteError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        let bytes = Array(bytes)
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == Self.newline }),
            String(validating: bytes, as: UTF8.self) != nil, bytes.last == Self.newline,
            let end = Self.endOfText(in: bytes)
        else { throw .malformed }
        let lines = bytes[(end + 1)...].dropLast().split(
            separator: Self.newline, omittingEmptySubsequences: false)
        guard lines.count <= Self.signaturesMax else { throw .tooManySignatures }
        var signatures: [NoteSignature] = []
        for line in lines {
            guard let signature = NoteSignature(line: line) else { throw .malformed }
            signatures.append(signature)
        }
        text = Array(bytes[..<end])
        self.signatures = signatures
    }

    /// The note: text, empty line, signatures.
    public var bytes: [UInt8] { text + [Self.newline] + signatures.flatMap(\.line) }

    /// The same note with one more signature.
    ///
    /// - Throws: `NoteError.tooManySignatures`, or `.tooLong`.
    public func adding(_ signature: NoteSignature) throws(NoteError) -> SignedNote {
        try SignedNote(text: text, signatures: signatures + [signature])
    }

    private static let newline = UInt8(ascii: "\n")

    /// The place of the last empty line, behind the newline that ends the text.
    private static func endOfText(in bytes: [UInt8]) -> Int? {
        var end = bytes.count - 1
        while end > 0 {
            if bytes[end] == newline, bytes[end - 1] == newline { return end }
            end -= 1
        }
        return nil
    }
}
