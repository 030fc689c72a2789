import Crypto
import Foundation
import Membership
import TUF

extension AuthorityFolder {
    /// Invites a node: makes a token, of whose secret the folder keeps a digest. An invitation of the
    /// same node that was not completed is replaced, and its token is void.
    ///
    /// - Parameters:
    ///   - service: where the authority's service is.
    ///   - now: seconds since 1970.
    /// - Throws: `AuthorityError.draft` for a node or a member that the directory lists, and before the
    ///   first root is published; `.enrolment` for an invitation of another consortium.
    public func invite(
        _ invitation: Invitation, service: Endpoint, now: Int
    ) async throws(AuthorityError) -> InvitationToken {
        let consortium = try consortium()
        guard invitation.consortium == consortium else {
            throw .draft("the invitation is for another consortium")
        }
        guard let root = try read(repository, "1.root.json", MetadataLimits.rootBytesMax) else {
            throw .draft("the first root is not published yet; invitations name its digest")
        }
        try await refuseListed(invitation)
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let token = InvitationToken(
            consortium: consortium, node: invitation.node, authority: service,
            root: Array(SHA256.hash(data: root)),
            certificate: try authorityCertificate().digest, secret: secret)
        try Self.create(enrolments.folder, mode: 0o700)
        try write(
            EnrolmentRecord(
                invitation: invitation, secretDigest: InvitationToken.digest(of: secret),
                expires: now + Int(EnrolmentLimits.tokenLife.components.seconds)))
        return token
    }

    /// The authority's certificate.
    public func authorityCertificate() throws(AuthorityError) -> AuthorityCertificate {
        let pem = try certificatePEM()
        guard let certificate = AuthorityCertificate(pem: pem) else {
            throw .file(CertificateKeyFile.certificateName, "is no certificate of an authority")
        }
        return certificate
    }

    /// All enrolments, by node.
    public func allEnrolments() throws(AuthorityError) -> [EnrolmentRecord] {
        var records: [EnrolmentRecord] = []
        for name in enrolments.names() where name.hasSuffix(Self.enrolmentSuffix) {
            guard let node = NodeID(String(name.dropLast(Self.enrolmentSuffix.count))),
                let record = try enrolment(of: node)
            else { continue }
            records.append(record)
        }
        return records
    }

    /// The enrolment of a node; nil when it was not invited.
    public func enrolment(of node: NodeID) throws(AuthorityError) -> EnrolmentRecord? {
        let name = "\(node)\(Self.enrolmentSuffix)"
        return try read(enrolments, name, EnrolmentRecord.bytesMax).map {
            bytes throws(AuthorityError) in
            let record = try EnrolmentRecord(bytes, name: name)
            guard record.invitation.node == node else {
                throw .file(name, "is that of another node")
            }
            return record
        }
    }

    func write(_ record: EnrolmentRecord) throws(AuthorityError) {
        try write(
            record.bytes, to: enrolments, "\(record.invitation.node)\(Self.enrolmentSuffix)")
    }

    private func refuseListed(_ invitation: Invitation) async throws(AuthorityError) {
        guard let bytes = try await published().members else { return }
        let directory = try Self.directory(bytes)
        guard directory.consortium == invitation.consortium else {
            throw .draft("the directory is that of another consortium")
        }
        let listed = Set(directory.nodes.map(\.id.text) + directory.members.map(\.id.text))
        let ids = [invitation.node.text] + invitation.members.map(\.id.text)
        if let id = ids.first(where: listed.contains) {
            throw .draft("the directory lists '\(id)' already; ids are never used again")
        }
        guard !directory.nodes.contains(where: { $0.endpoint == invitation.endpoint }) else {
            throw .draft("the directory lists a node at this endpoint already")
        }
    }

    private static let enrolmentSuffix = ".enrolment.json"
}
