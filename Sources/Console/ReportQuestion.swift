import Crypto
import Exchange
import Membership
import Pseudonym
import StrictJSON

/// The body of `POST /api/v1/reports` (protocol/local-api.md). It holds an identifier and perhaps a
/// name: it is never logged and ends with the request.
struct ReportQuestion: Sendable {
    let member: MemberID
    let scheme: String
    let identifier: String
    let name: String?
    let purpose: String
    let basis: Consent.Basis
    let purposes: [String]
    let grantedAt: Timestamp
    let expiresAt: Timestamp?
    /// The file that proves the consent, at most `ExchangeLimits.evidenceBytesMax`.
    let evidence: [UInt8]
    let caseName: String?
    let deadline: Duration?
    /// By which way the own people ask.
    let channel: LogChannel
    /// Who of them asks; goes nowhere but, salted, into the own log.
    let operatorName: String?

    /// Most bytes of a case's name.
    static let caseBytesMax = 128
    /// Most bytes of who asks.
    static let operatorBytesMax = 128

    init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        member = try reader.required("member", "a member's id") { $0.text.flatMap(MemberID.init) }
        scheme = try reader.required("scheme", "a text", \.text)
        identifier = try reader.required("identifier", "a text", \.text)
        name = try reader.optional("name", "a text", \.text)
        purpose = try reader.required("purpose", "a purpose", \.text)
        caseName = try reader.optional("case", "1 to 128 bytes") { value in
            value.text.flatMap { (1...Self.caseBytesMax).contains($0.utf8.count) ? $0 : nil }
        }
        deadline = try reader.optional("deadlineSeconds", "1 to 60") { value in
            value.integer.flatMap { (1...60).contains($0) ? .seconds($0) : nil }
        }
        channel =
            try reader.optional("channel", "console, api or batch") {
                $0.text.flatMap(LogChannel.init)
            } ?? .api
        operatorName = try reader.optional("operator", "1 to 128 bytes") { value in
            value.text.flatMap { (1...Self.operatorBytesMax).contains($0.utf8.count) ? $0 : nil }
        }
        var consent = try JSONObjectReader(try reader.required("consent"), path: "consent")
        try reader.refuseUnknown()
        basis = try consent.required("basis", "consent or legal-duty") {
            $0.text.flatMap(Consent.Basis.init)
        }
        purposes = try consent.required("purposes", "1 to 16 different purposes") { value in
            value.texts.flatMap { texts in
                (1...ExchangeLimits.purposesPerConsentMax).contains(texts.count)
                    && Set(texts).count == texts.count ? texts : nil
            }
        }
        let time: (JSONValue) -> Timestamp? = { $0.text.flatMap(Timestamp.init) }
        grantedAt = try consent.required("grantedAt", "a time YYYY-MM-DDThh:mm:ssZ", time)
        expiresAt = try consent.optional("expiresAt", "a time YYYY-MM-DDThh:mm:ssZ", time)
        evidence = try consent.required("evidence", "the evidence file in base64url") { value in
            guard let bytes = value.text.flatMap({ try? Base64URL.decode($0) }),
                (1...ExchangeLimits.evidenceBytesMax).contains(bytes.count)
            else { return nil }
            return bytes
        }
        try consent.refuseUnknown()
        if expiresAt == nil, basis == .consent { throw .missing(path: "consent.expiresAt") }
        if let expiresAt, expiresAt <= grantedAt {
            throw .mismatch(path: "consent.expiresAt", expected: "later than grantedAt")
        }
    }
}

/// What is kept of a consent's evidence: a fresh reference and salt, and the salted digest.
struct RecordedEvidence {
    let reference: [UInt8]
    let salt: [UInt8]
    let digest: [UInt8]

    init(_ evidence: [UInt8]) {
        var generator = SystemRandomNumberGenerator()
        reference = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        salt = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        digest = Array(SHA256.hash(data: salt + evidence))
    }
}
