import StrictJSON

extension SignedMetadata {
    /// Signs content with these keys, which may be none: a file that is still to be signed.
    ///
    /// - Throws: `UpdateFault.malformed` for content without a canonical form.
    public init(signing content: JSONValue, by signers: [MetadataSigner]) throws {
        guard let canonical = content.canonical else { throw UpdateFault.malformed }
        self.init(
            content: content, canonical: canonical,
            signatures: try signers.map { try $0.signature(of: canonical) })
    }

    /// The same content with another signature; in the place of one by the same key.
    public func adding(_ signer: MetadataSigner) throws -> SignedMetadata {
        let others = signatures.filter { $0.keyID != signer.keyID }
        return SignedMetadata(
            content: signed, canonical: canonical,
            signatures: others + [try signer.signature(of: canonical)])
    }

    private init(content: JSONValue, canonical: [UInt8], signatures: [Signature]) {
        let document: JSONValue = [
            "signatures": .array(
                signatures.map {
                    [
                        "keyid": .string($0.keyID),
                        "sig": .string(Hexadecimal.text(of: $0.bytes)),
                    ]
                }),
            "signed": content,
        ]
        self.init(
            bytes: document.encoded, signed: content, canonical: canonical,
            signatures: signatures)
    }
}
