/// A consent that a lender holds.
public struct HeldConsent: Sendable, Equatable {
    /// On what the lender relies.
    public var basis: Consent.Basis
    /// What it covers; a set: the store hands it back sorted.
    public var purposes: [String]
    /// When it was given.
    public var grantedAt: Timestamp
    /// When it ends; nil only with a legal duty.
    public var expiresAt: Timestamp?
    /// Digest of the evidence, 32 bytes; nil when the file named none.
    public var evidenceDigest: [UInt8]?
    /// The 32 random bytes before the evidence in its digest; nil when the lender made the digest.
    public var evidenceSalt: [UInt8]?
    /// When it was withdrawn.
    public var withdrawnAt: Timestamp?
    /// Its number in the node's store, by which the log names it; nil for one that no store holds.
    public var number: Int?
    /// Whether the log was told of it as it stands, but for a withdrawal.
    public var isTold = false

    /// Makes a consent; bounds as documented on the properties.
    public init(
        basis: Consent.Basis, purposes: [String], grantedAt: Timestamp, expiresAt: Timestamp?,
        evidenceDigest: [UInt8]?, withdrawnAt: Timestamp? = nil
    ) {
        self.basis = basis
        self.purposes = purposes
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
        self.evidenceDigest = evidenceDigest
        self.withdrawnAt = withdrawnAt
    }
}

extension HeldConsent {
    /// Consents are equal that say the same, wherever they stand.
    public static func == (left: HeldConsent, right: HeldConsent) -> Bool {
        left.basis == right.basis && left.purposes == right.purposes
            && left.grantedAt == right.grantedAt && left.expiresAt == right.expiresAt
            && left.evidenceDigest == right.evidenceDigest
            && left.evidenceSalt == right.evidenceSalt && left.withdrawnAt == right.withdrawnAt
    }
}
