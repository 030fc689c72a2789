import StrictJSON

/// One file of metadata as it was received: what is signed, and the signatures (TUF 1.0 §4.2).
public struct SignedMetadata: Sendable {
    /// One signature.
    public struct Signature: Sendable, Equatable {
        /// Whose it says that it is.
        public let keyID: String
        /// Its bytes; empty for a text that is not hexadecimal, which no key verifies.
        public let bytes: [UInt8]
    }

    /// The file's bytes.
    public let bytes: [UInt8]
    /// What is signed.
    public let signed: JSONValue
    /// The canonical form of what is signed, over which the signatures are.
    public let canonical: [UInt8]
    /// The signatures, each under another key id.
    public let signatures: [Signature]

    /// Reads a file of at most `bytesMax` bytes.
    ///
    /// - Throws: `tooLarge` before anything is read, or `malformed`.
    public init(parsing bytes: [UInt8], bytesMax: Int) throws(UpdateFault) {
        guard bytes.count <= bytesMax else { throw .tooLarge }
        let document: JSONValue
        do {
            document = try JSONValue(
                parsing: bytes,
                limits: JSONLimits(
                    documentBytesMax: bytesMax, nestingMax: MetadataLimits.nestingMax,
                    stringBytesMax: MetadataLimits.stringBytesMax))
        } catch {
            throw .malformed
        }
        let fields = try MetadataFields(document)
        signed = try fields.value("signed")
        guard let canonical = signed.canonical,
            let list = try fields.value("signatures").elements,
            list.count <= MetadataLimits.keysMax
        else { throw .malformed }
        self.canonical = canonical
        self.bytes = bytes
        signatures = try list.map { value throws(UpdateFault) in
            let fields = try MetadataFields(value)
            return Signature(
                keyID: try fields.text("keyid"),
                bytes: Hexadecimal.bytes(of: try fields.text("sig")) ?? [])
        }
        // A second signature under one id would be counted by some readers and not by others.
        guard Set(signatures.map { Array($0.keyID.utf8) }).count == signatures.count else {
            throw .malformed
        }
    }

    init(bytes: [UInt8], signed: JSONValue, canonical: [UInt8], signatures: [Signature]) {
        self.bytes = bytes
        self.signed = signed
        self.canonical = canonical
        self.signatures = signatures
    }
}
