import Authority
import Crypto
import Exchange
import Foundation
import Logging
import Membership
import ServiceLifecycle
import TUF
import Testing

@testable import NodeAssembly

/// An authority with two officers that serves in this process, under the machine's clock.
struct EnrolmentSite: Sendable {
    let folder: URL
    let authority: AuthorityFolder
    let log: LogCollector
    let service: Endpoint
    /// The service.
    let running: RunningAuthority
    private let officers: [MetadataSigner]
    private let online: MetadataSigner
    private let charter: Charter
    /// Of the key for certificates.
    static let passphrase = "an invented phrase"

    /// Founds an authority, serves while `body` runs, and stops.
    ///
    /// - Parameter clock: the service's.
    static func run(
        in folder: URL, clock: any Exchange.Clock = SystemClock(),
        _ body: (EnrolmentSite) async throws -> Void
    ) async throws {
        let authority = AuthorityFolder(folder.appending(path: "authority"))
        let plan = try ScenarioPlan.make()
        let officers = ["alice", "bruno"].map(signer)
        let online = ["online-1", "online-2"].map(signer)
        let issuer = try authority.createCertificateAuthority(
            of: plan.consortium, passphrase: Array(passphrase.utf8), now: Date())
        let root = try await authority.draftFirstRoot(
            SigningRules(officers: officers.map(\.key), threshold: 2, online: online.map(\.key)),
            now: now)
        for officer in officers { try await authority.sign(root, by: officer) }
        _ = try await authority.publish(by: online[0], now: now)
        let log = LogCollector()
        let (ports, ready) = AsyncStream<Int>.makeStream()
        let running = try RunningAuthority(
            folder: authority, online: online[0], issuer: issuer,
            site: RunningAuthority.Site(
                listenHost: "127.0.0.1", listenPort: 0,
                hosts: ["127.0.0.1", "localhost"].compactMap { EndpointHost($0) }),
            clock: clock, logger: log.logger
        ) { ready.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [running], logger: log.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next(), "the authority did not start")
            let site = EnrolmentSite(
                folder: folder, authority: authority, log: log,
                service: try #require(Endpoint("https://127.0.0.1:\(port)")), running: running,
                officers: officers,
                online: online[0], charter: plan.charter)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(site))
            } catch {
                outcome = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try outcome.get()
        }
    }

    /// Invites a node that will listen on a port of this machine.
    func invite(
        _ node: String, members: [String], port: Int, role: MemberEntry.Role = .lender
    ) async throws -> InvitationToken {
        try await invite(
            node,
            members.map {
                InvitedMember(
                    id: try #require(MemberID($0)), legalName: "\($0) (invented)", role: role)
            }, port: port)
    }

    /// The same with members that say more.
    func invite(
        _ node: String, _ members: [InvitedMember], port: Int
    ) async throws -> InvitationToken {
        try await authority.invite(
            Invitation(
                consortium: authority.consortium(), node: #require(NodeID(node)),
                operatorName: "\(node) (invented)",
                endpoint: #require(Endpoint("https://127.0.0.1:\(port)")), members: members),
            service: service, now: Int(Date().timeIntervalSince1970))
    }

    /// Drafts, signs and publishes whoever has enrolled; nothing when nobody has.
    func approve() async throws {
        let nodes = try authority.allEnrolments().filter { $0.state == .enrolled }
            .map(\.invitation.node)
        let published = try await authority.published().members.map { try Directory(json: $0) }
        let new = nodes.filter { published?.node($0) == nil }
        guard !new.isEmpty else { return }
        let draft = try await authority.draftApproval(of: new, charter: charter, now: Self.now)
        for officer in officers { try await authority.sign(draft, by: officer) }
        _ = try await authority.publish(by: online, now: Self.now)
    }

    /// Ends the trial of members.
    func admit(_ members: [MemberID]) async throws {
        let draft = try await authority.draft(.admit, of: members.map(\.text), now: Self.now)
        for officer in officers { try await authority.sign(draft, by: officer) }
        _ = try await authority.publish(by: online, now: Self.now)
    }

    /// Suspends a node.
    func suspend(_ node: NodeID) async throws {
        let bytes = try #require(try await authority.published().members)
        let base = try Directory(json: bytes)
        let directory = try Directory(
            version: base.version + 1, consortium: base.consortium, charter: base.charter,
            nodes: base.closed().nodes, members: base.members)
        let draft = try await authority.draftTargets(directory.encoded(), now: Self.now)
        for officer in officers { try await authority.sign(draft, by: officer) }
        _ = try await authority.publish(by: online, now: Self.now)
    }

    /// A join into a folder beside the authority, approved as soon as it waits.
    func joining(
        _ token: InvitationToken, into name: String = "home",
        reached: @escaping @Sendable (JoinStep) throws -> Void = { _ in }
    ) -> Joining {
        Joining(
            token, home: home(name), report: { _ in }, pause: { try await approve() },
            reached: reached)
    }

    func home(_ name: String = "home") -> NodeHome { NodeHome(folder.appending(path: name)) }

    private static var now: MetadataTime {
        MetadataTime(seconds: Int(Date().timeIntervalSince1970))
    }

    private static func signer(_ owner: String) -> MetadataSigner {
        MetadataSigner(Curve25519.Signing.PrivateKey(), owner: owner)
    }
}
