import Crypto
import Exchange
import Foundation
import Membership
import Pseudonym

/// Makes the home of an invited node, all but its certificate.
struct JoinMaking {
    let folders: JoinFolders
    let token: InvitationToken
    let invitation: Invitation
    let configuration: NodeConfiguration
    let root: [UInt8]
    let certificates: String
    let now: Timestamp

    /// Makes everything in the folder for it; nothing was sent to anybody yet.
    ///
    /// - Parameter cut: called when folders and some keys are there.
    func make(cut: () throws -> Void) throws {
        try folders.discardMaking()
        let home = folders.making
        for name in ["enrolment", "directory", "tls"] {
            try NodeHome.createFolder(home.folder.appending(path: name))
        }
        let certificateKey = P256.Signing.PrivateKey()
        try PrivateFile.write(
            Array((certificateKey.pemRepresentation + "\n").utf8), to: home.certificateKey)
        try PrivateFile.write(Array(certificates.utf8), to: home.roots)
        try PrivateFile.write(root, to: folders.root(in: home))
        let request = try CertificateRequest.make(
            for: invitation.identity, hosts: [invitation.endpoint.host], key: certificateKey)
        try PrivateFile.write(request.der, to: folders.request(in: home))
        try cut()
        let made = try NewHome.make(
            home, configuration: configuration, members: invitation.members.map(\.id), now: now)
        let keys = try keys(made, for: request)
        try PrivateFile.write(keys.json.encoded, to: folders.keys(in: home))
        try folders.move(home.folder, to: folders.joining.folder)
    }

    private func keys(_ made: NewKeys, for request: CertificateRequest) throws -> EnrolledKeys {
        guard let kid = KeyName(made.pseudonym.kid.rawValue),
            let pseudonym = PublicKeyBytes(made.pseudonym.secret.publicKey.bytes)
        else { throw NodeError.failed("a key has no name") }
        var members: [MemberID: MemberKeys] = [:]
        for member in invitation.members {
            members[member.id] = MemberKeys(
                request: made.requests[member.id].map { [$0] } ?? [],
                opening: member.role == .regulator ? try openingKeys(of: member.id) : [],
                denial: member.role == .regulator ? try denialKey(of: member.id) : nil)
        }
        return try EnrolledKeys(
            of: invitation, request: Array(SHA256.hash(data: request.der)),
            answerKeys: [made.answer],
            voprfKeys: [VOPRFKeyEntry(kid: kid, state: .current, publicKey: pseudonym)],
            log: made.nodeLog(of: invitation.node, in: invitation.consortium),
            features: PeerFeature.allCases.map(\.rawValue), members: members)
    }

    /// Months for which a regulator that joins has keys.
    static let openingMonths = 12

    /// Made after the opening keys, which make the folder.
    private func denialKey(of member: MemberID) throws -> VerifierKey {
        let file = folders.regulator(in: folders.making).appending(path: "\(member)/denial.key")
        return try DenialKey.create(at: file, of: member, in: invitation.consortium).verifier
    }

    private func openingKeys(of member: MemberID) throws -> [OpeningKeyEntry] {
        let place = folders.regulator(in: folders.making).appending(path: "\(member)/opening")
        guard let months = OpeningKeys.months(from: now.month, count: Self.openingMonths) else {
            throw NodeError.failed("the clock's month is out of range")
        }
        return try months.map { try OpeningKeys.create(in: place, month: $0) }
    }
}
