import Pseudonym
import StrictJSON

/// The asker's own consent of the subject, as a query carries it (protocol/messages.md, consent).
public struct Consent: Sendable, Equatable {
    /// On what the asker relies.
    public enum Basis: String, Sendable {
        case consent
        case legalDuty = "legal-duty"
    }

    /// On what the asker relies.
    public let basis: Basis
    /// Purposes that the subject agreed to, 1 to `ExchangeLimits.purposesPerConsentMax`.
    public let purposes: [String]
    /// The asker's own reference to it, 16 random bytes.
    public let reference: [UInt8]
    /// When it was given.
    public let grantedAt: Timestamp
    /// When it ends; nil only with `legalDuty`.
    public let expiresAt: Timestamp?
    /// SHA-256 over 32 random bytes ‖ the evidence file: 32 bytes.
    public let evidenceDigest: [UInt8]

    /// Makes a consent; lengths as documented on the properties.
    public init(
        basis: Basis, purposes: [String], reference: [UInt8], grantedAt: Timestamp,
        expiresAt: Timestamp?, evidenceDigest: [UInt8]
    ) {
        self.basis = basis
        self.purposes = purposes
        self.reference = reference
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
        self.evidenceDigest = evidenceDigest
    }

    /// Why this consent does not cover a purpose at a moment; nil when it does.
    /// Clock skew is forgiven at both ends (protocol/limits.md).
    public func refusal(for purpose: String, at now: Timestamp) -> RefusalCode? {
        let skew = ExchangeLimits.clockSkewSeconds
        if !purposes.contains(purpose) { return .consentPurpose }
        if grantedAt > now.advanced(bySeconds: skew) { return .consentNotYetValid }
        if let expiresAt, expiresAt.advanced(bySeconds: skew) <= now { return .consentExpired }
        return nil
    }
}

extension Consent {
    /// The consent as a member of a query.
    public var json: JSONValue {
        .members([
            "basis": .string(basis.rawValue),
            "purposes": .array(purposes.map(JSONValue.string)),
            "reference": .string(Base64URL.encode(reference)),
            "grantedAt": .string(grantedAt.description),
            "expiresAt": expiresAt.map { .string($0.description) },
            "evidenceDigest": .string(SHA256Text.write(evidenceDigest)),
        ])
    }

    /// Reads the consent of a query. Everything that is malformed or contradicts itself is
    /// `invalid-consent`; whether it covers the purpose is judged later.
    public init(json: JSONValue, path: String) throws(Problem) {
        do {
            try self.init(checking: json, path: path)
        } catch {
            throw Problem(.invalidConsent, error.description)
        }
    }

    private init(checking json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        basis = try reader.required("basis", "consent or legal-duty") {
            $0.text.flatMap(Basis.init)
        }
        purposes = try reader.required("purposes", "1 to 16 different purposes") { value in
            value.texts.flatMap { Self.arePurposes($0) ? $0 : nil }
        }
        reference = try reader.required("reference", "16 bytes in base64url") {
            $0.bytes(count: 16)
        }
        let moment: (JSONValue) -> Timestamp? = { $0.text.flatMap(Timestamp.init) }
        grantedAt = try reader.required("grantedAt", "a time YYYY-MM-DDThh:mm:ssZ", moment)
        expiresAt = try reader.optional("expiresAt", "a time YYYY-MM-DDThh:mm:ssZ", moment)
        evidenceDigest = try reader.required("evidenceDigest", "sha-256=:…:") {
            $0.text.flatMap(SHA256Text.read)
        }
        try reader.refuseUnknown()
        if expiresAt == nil, basis == .consent { throw .missing(path: path + ".expiresAt") }
        if let expiresAt, expiresAt <= grantedAt {
            throw .mismatch(path: path + ".expiresAt", expected: "later than grantedAt")
        }
    }

    private static func arePurposes(_ texts: [String]) -> Bool {
        (1...ExchangeLimits.purposesPerConsentMax).contains(texts.count)
            && Set(texts).count == texts.count
    }
}
