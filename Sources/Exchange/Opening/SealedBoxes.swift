import Pseudonym
import TransparencyLog

/// The sealed boxes of an evaluation, one an element in their order: the asker keeps them, and shows
/// the answerer their digest alone (protocol/opening.md).
public struct SealedBoxes: Hashable, Sendable {
    /// The boxes.
    public let boxes: [[UInt8]]

    /// Boxes that were made, or read.
    public init(_ boxes: [[UInt8]]) {
        self.boxes = boxes
    }

    /// `sealed` of the request: SHA-256 over the SHA-256 digests of the boxes in their order.
    public var digest: SHA256Digest {
        SHA256Digest(hashing: boxes.flatMap { SHA256Digest(hashing: $0).bytes })
    }

    /// Seals what opens the elements of a session.
    ///
    /// - Parameters:
    ///   - subjects: one an element, in their order.
    ///   - purpose: what for.
    ///   - key: the opening key of this month.
    /// - Throws: `SealingError.key`; or when there are not as many subjects as elements.
    public init(
        opening session: BlindingSession, of subjects: [BoxedSubject], purpose: Purpose,
        to key: OpeningKey
    ) throws(SealingError) {
        let elements = session.elements
        let salts = CommitmentSalt.fresh(elements.count)
        guard subjects.count == elements.count, salts.count == elements.count else { throw .form }
        boxes = try session.boxes(to: key.publicKey) { index, blind in
            let subject = subjects[index]
            return BoxContent(
                element: elements[index].bytes, blind: blind,
                scheme: subject.identifier.scheme.rawValue,
                identifier: subject.identifier.normalForm, purpose: purpose.rawValue,
                consent: subject.consent.reference,
                evidenceDigest: subject.consent.evidenceDigest, salt: salts[index].bytes,
                opening: key.kid
            ).bytes
        }
    }
}

/// Of whom an element is, and on what asking about them rests.
public struct BoxedSubject: Sendable {
    let identifier: Identifier
    let consent: Consent

    /// A subject.
    public init(_ identifier: Identifier, consent: Consent) {
        self.identifier = identifier
        self.consent = consent
    }
}
