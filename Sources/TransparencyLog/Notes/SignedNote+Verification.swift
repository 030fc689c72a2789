/// A signature of a known key that verifies.
public struct VerifiedSignature: Hashable, Sendable {
    /// Whose it is.
    public let key: NoteKey
    /// When a witness says that it signed, in seconds since 1970; nil for other kinds of keys.
    public let secondsSince1970: Int?
}

extension SignedNote {
    /// The signatures of the keys given, each verified; those of all other keys are ignored.
    ///
    /// - Throws: `NoteError.invalidSignature` when one does not verify, `.repeatedSignature` when a
    ///   key signed twice, `.unsigned` when none did.
    public func verified(by keys: [NoteKey]) throws(NoteError) -> [VerifiedSignature] {
        var verified: [VerifiedSignature] = []
        for signature in signatures {
            let known = keys.filter(signature.isBy)
            guard !known.isEmpty else { continue }
            guard let found = known.lazy.compactMap({ check(signature, by: $0) }).first else {
                throw .invalidSignature
            }
            guard !verified.contains(where: { $0.key == found.key }) else {
                throw .repeatedSignature
            }
            verified.append(found)
        }
        guard !verified.isEmpty else { throw .unsigned }
        return verified
    }

    private func check(_ signature: NoteSignature, by key: NoteKey) -> VerifiedSignature? {
        switch key.kind {
        case .note:
            guard key.publicKey.verifies(signature.bytes, of: text) else { return nil }
            return VerifiedSignature(key: key, secondsSince1970: nil)
        case .cosignature:
            guard let cosignature = Cosignature(bytes: signature.bytes) else { return nil }
            let message = Cosignature.message(text, at: cosignature.secondsSince1970)
            guard key.publicKey.verifies(cosignature.signature, of: message) else { return nil }
            return VerifiedSignature(key: key, secondsSince1970: cosignature.secondsSince1970)
        }
    }
}
