import Crypto
import Exchange
import Foundation
import Membership
import PeerHTTP

/// A new node's way in, from a token to a home that runs (protocol/enrolment.md). Cut off at any point,
/// the same call goes on where it was.
public struct Joining: Sendable {
    /// How long is waited between two looks whether officers have approved.
    static let interval: Duration = .seconds(5)

    private let token: InvitationToken
    private let folders: JoinFolders
    private let places: Places
    private let clock: any Exchange.Clock
    private let report: @Sendable (JoinProgress) -> Void
    private let pause: @Sendable () async throws -> Void
    private let reached: @Sendable (JoinStep) throws -> Void

    /// What the invitation does not say.
    public struct Places: Sendable {
        /// The address on which peers reach the node.
        public var listenHost = "0.0.0.0"
        /// The port; nil for that of the endpoint.
        public var listenPort: Int?
        /// The port of the local API; 0 takes a free one.
        public var localPort = 8480

        /// The defaults.
        public init() {}
    }

    /// Joins by a token into a home.
    ///
    /// - Parameter report: is told how it goes.
    public init(
        _ token: InvitationToken, home: NodeHome, places: Places = Places(),
        clock: any Exchange.Clock = SystemClock(),
        report: @escaping @Sendable (JoinProgress) -> Void
    ) {
        self.init(
            token, home: home, places: places, clock: clock, report: report,
            pause: { try await Task.sleep(for: Self.interval) }, reached: { _ in })
    }

    package init(
        _ token: InvitationToken, home: NodeHome, places: Places = Places(),
        clock: any Exchange.Clock = SystemClock(),
        report: @escaping @Sendable (JoinProgress) -> Void,
        pause: @escaping @Sendable () async throws -> Void,
        reached: @escaping @Sendable (JoinStep) throws -> Void
    ) {
        self.token = token
        folders = JoinFolders(home)
        self.places = places
        self.clock = clock
        self.report = report
        self.pause = pause
        self.reached = reached
    }

    /// Makes keys, enrols, waits, installs and fetches the directory; returns it. One join at a time
    /// works on a home.
    ///
    /// - Throws: `JoinError`, with `NodeError.inUse` when another one is at work; or
    ///   `CancellationError` while it waits.
    public func run() async throws -> Directory {
        let lock = try lock()
        defer { lock.release() }
        if !folders.exists(folders.home.configuration) { try await enrol() }
        let configuration = try own()
        try? FileManager.default.removeItem(
            at: folders.home.folder.appending(path: "enrolment"))
        guard let origin = configuration.origin else {
            throw JoinError.home(.file(folders.home.folder.path, "is the home of another node"))
        }
        let directory: Directory
        do {
            directory = try await fetched(from: origin)
        } catch {
            throw JoinError.home(error)
        }
        try reached(.fetched)
        report(.fetched(version: directory.version))
        return directory
    }

    private func lock() throws(JoinError) -> JoinLock {
        do throws(NodeError) {
            try NodeHome.createFolder(folders.lock.deletingLastPathComponent())
            return try JoinLock(folders.lock)
        } catch {
            throw .home(error)
        }
    }

    /// The newest directory; of a home that has one already that one, when there is none to be had:
    /// a node that joined starts without the authority.
    private func fetched(from origin: DirectoryOrigin) async throws(NodeError) -> Directory {
        do {
            return try await SignedDirectory.prepare(
                home: folders.home, origin: origin, clock: clock)
        } catch {
            guard let held = try DirectoryVault(home: folders.home, origin: origin).held() else {
                throw error
            }
            return held.directory
        }
    }

    /// The configuration of the home, which must be the one of this token.
    private func own() throws -> NodeConfiguration {
        do {
            let configuration = try NodeConfiguration(home: folders.home)
            let root = try? PrivateFile.read(
                folders.root(in: folders.home), bytesMax: Self.rootBytesMax)
            guard configuration.node == token.node,
                root.map({ Array(SHA256.hash(data: $0)) }) == token.root
            else { throw NodeError.file(folders.home.folder.path, "is the home of another node") }
            return configuration
        } catch let error as NodeError {
            throw JoinError.home(error)
        }
    }

    // MARK: Enrolling

    private func enrol() async throws {
        let client: EnrolmentClient
        do {
            client = try await EnrolmentClient.find(token)
        } catch {
            throw JoinError.authority(error)
        }
        do {
            try await enrol(by: client)
        } catch let error as EnrolmentFailure {
            await client.shutdown()
            throw JoinError.authority(error)
        } catch let error as NodeError {
            await client.shutdown()
            throw JoinError.home(error)
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
    }

    private func enrol(by client: EnrolmentClient) async throws {
        let invitation = try await client.standing().0
        guard invitation.consortium == token.consortium, invitation.node == token.node else {
            throw EnrolmentFailure.malformed
        }
        report(.invited(invitation))
        if !folders.exists(folders.joining.folder) { try await make(for: invitation, client) }
        try reached(.made)
        let (keys, request) = try kept(for: invitation)
        report(.keysMade(fingerprint: keys.fingerprint))
        try await client.send(keys)
        try reached(.keysSent)
        let certificate = try await certificate(for: request, by: client)
        try reached(.certificateReceived)
        try install(certificate)
    }

    private func make(for invitation: Invitation, _ client: EnrolmentClient) async throws {
        let root = try await client.firstRoot()
        guard Array(SHA256.hash(data: root)) == token.root else { throw JoinError.otherRoot }
        let home = folders.home
        let configuration = NodeConfiguration(
            node: invitation.node, directory: home.directoryFile,
            origin: DirectoryOrigin(
                authority: client.repository, root: folders.root(in: home),
                certificates: home.roots),
            listenHost: places.listenHost,
            listenPort: places.listenPort ?? invitation.endpoint.port,
            localPort: places.localPort)
        try JoinMaking(
            folders: folders, token: token, invitation: invitation, configuration: configuration,
            root: root, certificates: client.authority.pem, now: clock.now
        ).make { try reached(.making) }
    }

    /// The keys and the request that were made here.
    private func kept(
        for invitation: Invitation
    ) throws -> (EnrolledKeys, CertificateRequest) {
        let home = folders.joining
        let document = try PrivateFile.read(
            folders.keys(in: home), bytesMax: EnrolmentLimits.keysBytesMax)
        let der = try PrivateFile.read(
            folders.request(in: home), bytesMax: CertificateRequest.derBytesMax)
        guard let keys = try? EnrolledKeys(bytes: document, of: invitation),
            let request = try? CertificateRequest(der: der),
            request.identity == invitation.identity,
            request.hosts == [invitation.endpoint.host]
        else { throw JoinError.otherInvitation(folder: home.folder.path) }
        return (keys, request)
    }

    /// Asks until officers have approved. An authority that is away is waited for.
    private func certificate(
        for request: CertificateRequest, by client: EnrolmentClient
    ) async throws -> [UInt8] {
        var isFirst = true
        while true {
            do {
                if case .issued(let certificate) = try await client.enrol(request) {
                    return certificate
                }
                if isFirst { try reached(.requestSent) }
                isFirst = false
                report(.waiting(isReachable: true))
            } catch EnrolmentFailure.unreachable {
                report(.waiting(isReachable: false))
            } catch EnrolmentFailure.refused(code: EnrolmentCode.unavailable.rawValue) {
                report(.waiting(isReachable: false))
            }
            try await pause()
        }
    }

    private func install(_ certificate: [UInt8]) throws {
        let home = folders.joining
        guard let pem = AuthorityCertificate.pem(ofCertificate: certificate) else {
            throw EnrolmentFailure.malformed
        }
        try PrivateFile.write(Array(pem.utf8), to: home.certificate)
        try reached(.certificateWritten)
        let regulator = folders.regulator(in: home)
        if folders.exists(regulator) { try folders.move(regulator, to: folders.regulator) }
        try folders.move(home.folder, to: folders.home.folder)
        try reached(.installed)
        report(.installed(path: folders.home.folder.path))
    }

    private static let rootBytesMax = 256 * 1024
}
