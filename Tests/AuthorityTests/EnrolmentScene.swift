import Crypto
import Exchange
import Foundation
import Membership
import TUF

@testable import Authority

/// An authority with certificates and a founded repository, a clock that stands, and the keys of a node
/// that is invited.
final class EnrolmentScene {
    let scene = AuthorityScene()
    let clock = StandingClock()
    let issuer: CertificateAuthority
    let office: EnrolmentOffice
    let invitation: Invitation

    var authority: AuthorityFolder { scene.authority }

    init() async throws {
        try await scene.found()
        issuer = try scene.authority.createCertificateAuthority(
            of: Self.consortium, passphrase: Array("pass phrase".utf8), now: clock.date)
        office = try EnrolmentOffice(scene.authority, issuer: issuer, clock: clock)
        invitation = try Self.invitation(node: "birch-node", members: ["birch"])
    }

    static var consortium: ConsortiumID {
        get throws { try found(ConsortiumID("test.creditmesh")) }
    }

    static func invitation(
        node: String, members: [String], endpoint: String = "https://birch.example:8443"
    ) throws -> Invitation {
        try Invitation(
            consortium: consortium, node: found(NodeID(node)), operatorName: "Birch Finance",
            endpoint: found(Endpoint(endpoint)),
            members: members.map { InvitedMember(id: try found(MemberID($0)), legalName: $0) })
    }

    /// Invites and returns the token.
    func invite(_ other: Invitation? = nil) async throws -> InvitationToken {
        try await authority.invite(
            other ?? invitation, service: Self.found(Endpoint("https://authority.example")),
            now: Int(clock.now.secondsSinceEpoch))
    }

    /// A request for a certificate as the invitation wants it, but for what is told otherwise.
    func request(
        node: String = "birch-node", hosts: [String] = ["birch.example"]
    ) throws -> CertificateRequest {
        try CertificateRequest.make(
            for: NodeIdentity(consortium: Self.consortium, node: Self.found(NodeID(node))),
            hosts: hosts.compactMap { EndpointHost($0) }, key: P256.Signing.PrivateKey())
    }

    /// Keys of the invited node, new ones each time.
    func keys(
        for request: CertificateRequest, members: [String] = ["birch"]
    ) throws -> EnrolledKeys {
        let key = {
            PublicKeyBytes(Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))
        }
        let signing = { (name: String) in
            SigningKeyEntry(
                keyID: try Self.found(KeyName(name)), publicKey: try Self.found(key()))
        }
        let origin = NodeLog.origin(of: invitation.node, in: invitation.consortium)
        return try EnrolledKeys(
            of: invitation, request: Array(SHA256.hash(data: request.der)),
            answerKeys: [signing("birch-node-1")],
            voprfKeys: [
                VOPRFKeyEntry(
                    kid: Self.found(KeyName("k1")), state: .current, publicKey: Self.found(key()))
            ],
            log: NodeLog(
                origin: origin,
                verifierKeys: [
                    Self.found(
                        VerifierKey(
                            name: origin, algorithm: .ed25519, publicKey: Self.found(key())))
                ]),
            members: Dictionary(
                uniqueKeysWithValues: members.map {
                    (try Self.found(MemberID($0)), MemberKeys(request: [try signing("\($0)-1")]))
                }))
    }

    /// What the office does with a request.
    func enrol(
        _ request: CertificateRequest, _ token: InvitationToken
    ) async throws -> EnrolmentReply {
        try await office.enrol(
            request: request.der, for: token.node.text, password: token.password)
    }

    func send(_ keys: EnrolledKeys, _ token: InvitationToken) async throws {
        _ = try await office.take(
            keys: keys.json.encoded, for: token.node.text, password: token.password)
    }

    /// Drafts, signs and publishes what has enrolled.
    func approve() async throws {
        let draft = try await authority.draftApproval(
            of: [invitation.node], now: AuthorityScene.now)
        try await scene.sign(draft, 0, 1)
        _ = try await authority.publish(by: scene.online[0], now: AuthorityScene.now)
    }

    /// The file of the enrolment.
    var file: [UInt8]? {
        get throws { try authority.enrolments.read("birch-node.enrolment.json", bytesMax: 1 << 20) }
    }

    static func found<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw AuthorityError.draft("the sample's names") }
        return value
    }
}

/// A clock that moves when it is told to.
final class StandingClock: Exchange.Clock, @unchecked Sendable {
    // Only the test that owns it moves it, between two calls.
    var seconds = Int64(AuthorityScene.now.seconds)
    var now: Timestamp { Timestamp(secondsSinceEpoch: seconds) }
    var date: Date { Date(timeIntervalSince1970: Double(seconds)) }
}
