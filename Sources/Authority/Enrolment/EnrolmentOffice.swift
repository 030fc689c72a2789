import Crypto
import Exchange
import Foundation
import Membership
import TUF

/// The authority's side of enrolments (protocol/enrolment.md): takes keys and requests for
/// invitations, and issues a certificate once the published directory, which a threshold of officers
/// signed, lists the node with exactly the keys that came.
///
/// What is taken is on the disk before it is answered. Every state is one file that is replaced whole.
public actor EnrolmentOffice {
    private let folder: AuthorityFolder
    private let issuer: CertificateAuthority
    private let consortium: ConsortiumID
    private let clock: any Exchange.Clock
    /// The directory of the timestamp that was read last.
    private var known: (timestamp: [UInt8], directory: Directory)?

    /// Opens the office of a folder.
    public init(
        _ folder: AuthorityFolder, issuer: CertificateAuthority, clock: any Exchange.Clock
    ) throws(AuthorityError) {
        self.folder = folder
        self.issuer = issuer
        self.clock = clock
        consortium = try folder.consortium()
    }

    /// What the holder of a token may know: the invitation, and how far it has come.
    public func standing(
        of node: String, password: String
    ) throws(EnrolmentRefusal) -> EnrolmentStanding {
        try record(of: node, password: password).standing
    }

    private func record(
        of node: String, password: String
    ) throws(EnrolmentRefusal) -> EnrolmentRecord {
        guard let id = NodeID(node), let digest = InvitationToken.digest(ofPassword: password),
            let record = try kept({ () throws(AuthorityError) in try folder.enrolment(of: id) }),
            record.isOpened(byDigest: digest)
        else { throw EnrolmentRefusal(.unknown, "no invitation of this node has this secret") }
        return record
    }

    /// Takes the public keys of an invited node. The same ones may come again.
    public func take(
        keys bytes: [UInt8], for node: String, password: String
    ) throws(EnrolmentRefusal) -> EnrolmentStanding {
        var record = try record(of: node, password: password)
        let keys = try EnrolledKeys(bytes: bytes, of: record.invitation)
        if let earlier = record.keys {
            guard earlier == keys else { throw Self.used }
            return record.standing
        }
        try refuseLate(record)
        if let request = record.request {
            guard Self.digest(request) == keys.request else { throw Self.otherRequest }
        }
        record.keys = keys
        try keep(record)
        return record.standing
    }

    /// Takes a request for a certificate, and answers it as far as officers have come. The same request
    /// may come again, and is asked again until there is a certificate.
    public func enrol(
        request der: [UInt8], for node: String, password: String
    ) async throws(EnrolmentRefusal) -> EnrolmentReply {
        var record = try record(of: node, password: password)
        if let earlier = record.request {
            guard earlier == der else { throw Self.used }
            return try await answer(record)
        }
        let request = try Self.request(der, of: record.invitation)
        try refuseLate(record)
        if let keys = record.keys {
            guard Self.digest(der) == keys.request else { throw Self.used }
        }
        record.request = request.der
        try keep(record)
        return try await answer(record)
    }

    /// Renews the certificate of a node that showed its present one, for the same names.
    public func renew(
        request der: [UInt8], shown: NodeCertificate
    ) async throws(EnrolmentRefusal) -> [UInt8] {
        let request = try Self.read(der)
        guard request.identity == shown.identity else {
            throw EnrolmentRefusal(.requestIdentity, "the request is of another node")
        }
        return try await certify(request)
    }

    /// Issues what a node of the directory asks for. That the request is the node's is known otherwise:
    /// by the certificate that it showed, or by people who compared the fingerprint.
    ///
    /// - Returns: the certificate in DER.
    /// - Throws: `EnrolmentRefusal` for a node that the directory does not list as active, and for
    ///   other names than those of its endpoint.
    public func certify(_ request: CertificateRequest) async throws(EnrolmentRefusal) -> [UInt8] {
        guard request.identity.consortium == consortium else {
            throw EnrolmentRefusal(.requestIdentity, "the request is for another consortium")
        }
        guard let listed = try await directory()?.node(request.identity.node),
            listed.status == .active
        else {
            throw EnrolmentRefusal(.notListed, "the directory does not list the node as active")
        }
        guard request.hosts == [listed.endpoint.host] else {
            throw EnrolmentRefusal(.requestNames, "the request must name the endpoint's host alone")
        }
        return try issue(request)
    }

    // MARK: Judging

    private func answer(_ record: EnrolmentRecord) async throws(EnrolmentRefusal) -> EnrolmentReply
    {
        let now = Int(clock.now.secondsSinceEpoch)
        if let certificate = record.certificate, let issued = record.issued {
            let last = issued + Int(EnrolmentLimits.repeatLife.components.seconds)
            guard now <= last else { throw Self.used }
            return .issued(certificate)
        }
        guard now <= record.expires + Int(EnrolmentLimits.approvalWaitMax.components.seconds) else {
            throw EnrolmentRefusal(.expired, "the enrolment was not approved in time")
        }
        guard let keys = record.keys, let der = record.request,
            let directory = try await directory(), keys.isListed(in: directory)
        else { return .waiting(record.state) }
        // The office was left while the directory was read: what is kept now decides.
        guard
            var present = try kept({ () throws(AuthorityError) in
                try folder.enrolment(of: record.invitation.node)
            }), present == record
        else { return .waiting(record.state) }
        let certificate = try issue(Self.request(der, of: record.invitation))
        present.certificate = certificate
        present.issued = now
        try keep(present)
        return .issued(certificate)
    }

    private func refuseLate(_ record: EnrolmentRecord) throws(EnrolmentRefusal) {
        guard Int(clock.now.secondsSinceEpoch) <= record.expires else {
            throw EnrolmentRefusal(.expired, "the invitation has expired; ask for another")
        }
    }

    private static func request(
        _ der: [UInt8], of invitation: Invitation
    ) throws(EnrolmentRefusal) -> CertificateRequest {
        let request = try read(der)
        guard request.identity == invitation.identity else {
            throw EnrolmentRefusal(.requestIdentity, "the request is of another node")
        }
        guard request.hosts == [invitation.endpoint.host] else {
            throw EnrolmentRefusal(.requestNames, "the request must name the endpoint's host alone")
        }
        return request
    }

    private static func read(_ der: [UInt8]) throws(EnrolmentRefusal) -> CertificateRequest {
        do {
            return try CertificateRequest(der: der)
        } catch {
            throw EnrolmentRefusal(error)
        }
    }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    private static let used = EnrolmentRefusal(
        .used, "the invitation was used already; ask for another, and tell the authority")
    private static let otherRequest = EnrolmentRefusal(
        .keysUnfit, "the keys are bound to another request for a certificate")

    // MARK: Doing

    private func issue(_ request: CertificateRequest) throws(EnrolmentRefusal) -> [UInt8] {
        do {
            let now = Date(timeIntervalSince1970: Double(clock.now.secondsSinceEpoch))
            return try issuer.issueNodeCertificate(for: request, now: now).der
        } catch {
            throw EnrolmentRefusal(.unavailable, "\(error)")
        }
    }

    private func keep(_ record: EnrolmentRecord) throws(EnrolmentRefusal) {
        try kept { () throws(AuthorityError) in try folder.write(record) }
    }

    private func kept<Result>(
        _ work: () throws(AuthorityError) -> Result
    ) throws(EnrolmentRefusal) -> Result {
        do {
            return try work()
        } catch {
            throw EnrolmentRefusal(.unavailable, "the authority's disk does not take or give it")
        }
    }

    /// The directory that is published; read anew when its timestamp is another.
    private func directory() async throws(EnrolmentRefusal) -> Directory? {
        let timestamp = try kept { () throws(AuthorityError) in
            try folder.read(
                folder.repository, MetadataRole.timestamp.fileName,
                MetadataLimits.timestampBytesMax)
        }
        guard let timestamp else { return nil }
        if let known, known.timestamp == timestamp { return known.directory }
        do throws(AuthorityError) {
            guard let members = try await folder.published().members else { return nil }
            let directory = try AuthorityFolder.directory(members)
            known = (timestamp, directory)
            return directory
        } catch {
            throw EnrolmentRefusal(.unavailable, "what is published cannot be read")
        }
    }
}
