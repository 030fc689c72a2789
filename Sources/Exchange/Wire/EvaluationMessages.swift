import Membership
import Pseudonym
import StrictJSON

/// `POST /v1/evaluations`: blinded elements for the peer's key (protocol/messages.md).
public struct EvaluationRequest: Sendable {
    /// The member that asks.
    public let member: MemberID
    /// The key of the answering node that the asker means.
    public let kid: String
    /// 1 to `ExchangeLimits.evaluationElementsMax` elements.
    public let elements: [BlindedElement]
    /// The digest of the boxes that open the elements (`SealedBoxes.digest`); nil where the charter
    /// names nobody to open them.
    public let sealed: SHA256Digest?

    /// Makes a request.
    public init(
        member: MemberID, kid: String, elements: [BlindedElement], sealed: SHA256Digest? = nil
    ) {
        self.member = member
        self.kid = kid
        self.elements = elements
        self.sealed = sealed
    }

    /// The message as JSON.
    public var json: JSONValue {
        .members([
            "member": .string(member.description),
            "kid": .string(kid),
            "elements": .array(elements.map { .string(Base64URL.encode($0.bytes)) }),
            "sealed": sealed.map { .string(Base64URL.encode($0.bytes)) },
        ])
    }

    /// Reads a request. `admit` judges member and key before the batch is counted, and the batch is
    /// counted before any group arithmetic.
    public init(
        json: JSONValue, admit: (MemberID, _ kid: String) throws(Problem) -> Void
    ) throws(Problem) {
        let members: (member: MemberID, kid: String, elements: [JSONValue], sealed: SHA256Digest?)
        do throws(JSONError) {
            var reader = try JSONObjectReader(json)
            members.member = try reader.member()
            members.kid = try reader.kid()
            members.elements = try reader.required("elements", "an array", \.elements)
            members.sealed = try reader.optional("sealed", "32 bytes in base64url") { value in
                value.bytes(count: SHA256Digest.count).flatMap { SHA256Digest(bytes: $0) }
            }
            try reader.refuseUnknown()
        } catch {
            throw Problem(error)
        }
        try admit(members.member, members.kid)
        let bounds = 1...ExchangeLimits.evaluationElementsMax
        guard bounds.contains(members.elements.count) else {
            throw Problem(
                .batchSize, "elements must hold \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        var elements: [BlindedElement] = []
        elements.reserveCapacity(members.elements.count)
        for (index, value) in members.elements.enumerated() {
            guard let bytes = value.bytes(count: 32),
                let element = try? BlindedElement(bytes: bytes)
            else {
                throw Problem(
                    .invalidElement, "elements[\(index)] is not a group element, or the identity")
            }
            elements.append(element)
        }
        self.init(
            member: members.member, kid: members.kid, elements: elements, sealed: members.sealed)
    }
}

/// The answer to an evaluation: the elements under the node's key and one proof for all.
public struct EvaluationAnswer: Sendable {
    /// The key that was used.
    public let kid: String
    /// One element for each of the request, in its order.
    public let elements: [EvaluatedElement]
    /// The batched DLEQ proof, 64 bytes c ‖ s.
    public let proof: EvaluationProof

    /// Makes an answer.
    public init(kid: String, elements: [EvaluatedElement], proof: EvaluationProof) {
        self.kid = kid
        self.elements = elements
        self.proof = proof
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "kid": .string(kid),
            "elements": .array(elements.map { .string(Base64URL.encode($0.bytes)) }),
            "proof": .string(Base64URL.encode(proof.bytes)),
        ]
    }

    /// Reads an answer; unknown members are ignored.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        kid = try reader.kid()
        elements = try reader.required("elements", "group elements") { value in
            guard let values = value.elements,
                values.count <= ExchangeLimits.evaluationElementsMax
            else { return nil }
            let elements = values.compactMap { value in
                value.bytes(count: 32).flatMap { try? EvaluatedElement(bytes: $0) }
            }
            return elements.count == values.count ? elements : nil
        }
        proof = try reader.required("proof", "64 bytes in base64url") { value in
            value.bytes(count: 64).flatMap { try? EvaluationProof(bytes: $0) }
        }
    }
}

extension JSONObjectReader {
    /// Takes `member`: the id of a member.
    mutating func member(_ name: String = "member") throws(JSONError) -> MemberID {
        try required(name, "a member's id") { $0.text.flatMap(MemberID.init) }
    }

    /// Takes `kid`: the name of a pseudonym key.
    mutating func kid() throws(JSONError) -> String {
        try required("kid", "a key's name") { value in
            value.text.flatMap { KeyID(rawValue: $0) == nil ? nil : $0 }
        }
    }
}
