import Exchange
import Membership
import Pseudonym
import StrictJSON
import Testing

/// Well-formed messages about nobody.
enum Messages {
    static func evaluation(elements count: Int = 1) throws -> EvaluationRequest {
        let elements = try (0..<count).map { _ in
            try BlindedElement(bytes: VOPRFSecretKey.generate().publicKey.bytes)
        }
        return EvaluationRequest(
            member: try #require(MemberID("lakeside")), kid: "k1", elements: elements)
    }

    static func query() throws -> QueryRequest {
        let consent = Consent(
            basis: .consent, purposes: ["loan-approval"],
            reference: [UInt8](repeating: 1, count: 16),
            grantedAt: Timestamp(secondsSinceEpoch: 1_700_000_000),
            expiresAt: Timestamp(secondsSinceEpoch: 1_900_000_000),
            evidenceDigest: [UInt8](repeating: 2, count: 32))
        let token = try Token(bytes: [UInt8](repeating: 0xAB, count: 32))
        return QueryRequest(
            member: try #require(MemberID("lakeside")), kid: "k1", purpose: "loan-approval",
            queries: [SubjectQuery(token: token, nameCheck: nil, consent: consent)])
    }
}

extension RawResponse {
    /// The code of a problem document whose media type and status member are right.
    func problemCode() throws -> String {
        #expect(fields["content-type"] == "application/problem+json")
        var reader = try JSONObjectReader(document())
        #expect(try reader.required("status", "a number", \.integer) == status)
        #expect(try reader.required("type", "a text", \.text) == "about:blank")
        return try reader.required("code", "a text", \.text)
    }

    func document() throws -> JSONValue {
        try JSONValue(parsing: body, limits: JSONLimits(documentBytesMax: 1 << 20))
    }
}
