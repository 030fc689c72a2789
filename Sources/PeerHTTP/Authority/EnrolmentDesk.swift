import Membership

/// The business side of an authority's service (protocol/enrolment.md).
public protocol EnrolmentDesk: Sendable {
    /// What the holder of a token may know.
    func standing(
        of node: String, password: String
    ) async throws(EnrolmentRefusal) -> EnrolmentStanding
    /// Takes the public keys of an invited node.
    func take(
        keys bytes: [UInt8], for node: String, password: String
    ) async throws(EnrolmentRefusal) -> EnrolmentStanding
    /// Takes a request for a certificate, or answers it again.
    func enrol(
        request der: [UInt8], for node: String, password: String
    ) async throws(EnrolmentRefusal) -> EnrolmentReply
    /// Renews the certificate of a node that showed its present one; DER.
    func renew(
        request der: [UInt8], shown: NodeCertificate
    ) async throws(EnrolmentRefusal) -> [UInt8]
}
