import Membership

/// What stands behind the digest of a consent that a query carried.
public struct ConsentEvidence: Sendable {
    /// The member that asked.
    public let member: MemberID
    /// The consent's reference, 16 bytes.
    public let reference: [UInt8]
    /// SHA-256 over salt ‖ evidence file, 32 bytes.
    public let digest: [UInt8]
    /// 32 random bytes.
    public let salt: [UInt8]
    /// When it was recorded.
    public let at: Timestamp

    /// Makes a record.
    public init(
        member: MemberID, reference: [UInt8], digest: [UInt8], salt: [UInt8], at: Timestamp
    ) {
        self.member = member
        self.reference = reference
        self.digest = digest
        self.salt = salt
        self.at = at
    }
}
