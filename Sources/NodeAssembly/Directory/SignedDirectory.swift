import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import ServiceLifecycle
import Synchronization
import TUF

/// The directory from the repository that officers sign (protocol/directory.md, "At a node").
///
/// It is asked for at the authority and at some peers in every round. A refused file changes nothing. When
/// what is in force expires, every node counts as suspended until something newer comes.
public final class SignedDirectory: DirectoryService {
    /// The most peers that are asked in one round: where the authority is gone, what one node has
    /// reaches the others in few rounds.
    static let peersPerRoundMax = 3

    private let vault: DirectoryVault
    private let origin: DirectoryOrigin
    private let clock: any Exchange.Clock
    private let interval: Duration
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        var held: DirectoryVault.Held
        /// What holds when `held` has expired.
        var closed: Directory
        var peers: (@Sendable (NodeEntry) -> PeerRepository?)?
        /// Before it nothing more is said about the expiry.
        var silentUntil: Timestamp?
    }

    /// Takes what is in force from a home; `prepare` has put it there. `interval` is how long to wait
    /// between two rounds.
    public init(
        home: NodeHome, origin: DirectoryOrigin, clock: any Exchange.Clock, interval: Duration,
        logger: Logger
    ) throws(NodeError) {
        self.interval = interval
        self.clock = clock
        self.logger = logger
        vault = try DirectoryVault(home: home, origin: origin)
        guard let held = try vault.held() else {
            throw .directory(
                "has not been fetched yet; run: creditmesh directory fetch --home "
                    + home.folder.path)
        }
        self.origin = origin
        state = Mutex(State(held: held, closed: held.directory.closed()))
    }

    /// Fetches the directory into a home that has none, or brings it up to date.
    ///
    /// - Returns: the directory that is in force then.
    public static func prepare(
        home: NodeHome, origin: DirectoryOrigin, clock: any Exchange.Clock = SystemClock()
    ) async throws(NodeError) -> Directory {
        let vault = try DirectoryVault(home: home, origin: origin)
        let held = try vault.held()
        let source = try fetcher(origin)
        do {
            let next = try await vault.update(from: source, at: clock.metadataTime, unless: held)
            await source.shutdown()
            guard let found = next ?? held else { throw NodeError.directory("is empty") }
            return found.directory
        } catch let error as UpdateError {
            await source.shutdown()
            throw .directory("\(error) (\(error.fault.rawValue))")
        } catch {
            throw .directory("cannot be fetched")
        }
    }

    /// The directory in force; with every node suspended when it has expired.
    public var current: Directory {
        let now = clock.metadataTime
        return state.withLock { now < $0.held.expires ? $0.held.directory : $0.closed }
    }

    /// The newest that was verified, expired or not.
    public var issued: Directory { state.withLock(\.held.directory) }

    /// When it expires.
    public var expires: Timestamp? {
        Timestamp(secondsSinceEpoch: Int64(state.withLock(\.held.expires.seconds)))
    }

    /// A file of the mirror.
    public func directoryFile(_ name: String) -> [UInt8]? { vault.mirror.file(name) }

    /// Asks peers, too, from now on; those for whom there is an answer.
    func gossip(_ peers: @escaping @Sendable (NodeEntry) -> PeerRepository?) {
        state.withLock { $0.peers = peers }
    }

    /// Asks in rounds until the node stops.
    public func run() async throws {
        let authority = try Self.fetcher(origin)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await round(asking: authority)
            try? await cancelWhenGracefulShutdown { [interval] in
                try await Task.sleep(for: interval)
            }
        }
        await authority.shutdown()
    }

    /// Asks the authority and some peers, and says how it went.
    func round(asking authority: RepositoryFetcher? = nil) async {
        if let authority { await refresh(from: authority, named: "authority") }
        for (peer, source) in randomPeers() { await refresh(from: source, named: peer.text) }
        warn()
    }

    func refresh(from source: some RepositorySource, named name: String) async {
        let held = state.withLock { $0.held }
        do {
            guard
                let next = try await vault.update(
                    from: source, at: clock.metadataTime, unless: held)
            else { return }
            let closed = next.directory.closed()
            state.withLock { state in
                state.held = next
                state.closed = closed
                state.silentUntil = nil
            }
            logger.info(
                "directory renewed",
                metadata: [
                    "version": "\(next.directory.version)", "expires": "\(next.expires)",
                    "from": "\(name)",
                ])
        } catch {
            let isSilent = error.fault == .unreachable
            logger.log(
                level: isSilent ? .notice : .error,
                "the directory was not renewed; what is in force stays",
                metadata: [
                    "code": "\(error.fault.rawValue)", "file": "\(error.file)", "from": "\(name)",
                ])
        }
    }

    /// Active nodes that can be asked, in any order; this one is none.
    private func randomPeers() -> [(NodeID, PeerRepository)] {
        let (peers, directory) = state.withLock { ($0.peers, $0.held.directory) }
        guard let peers else { return [] }
        let sources = directory.nodes.filter { $0.status == .active }.shuffled().lazy
            .compactMap { node in peers(node).map { (node.id, $0) } }
        return Array(sources.prefix(Self.peersPerRoundMax))
    }

    private func warn() {
        let now = clock.now
        let (expires, silentUntil) = state.withLock { ($0.held.expires, $0.silentUntil) }
        let left = Duration.seconds(expires.seconds - Int(now.secondsSinceEpoch))
        guard let warning = DirectoryExpiry.warning(left: left),
            silentUntil.map({ $0 <= now }) ?? true
        else { return }
        state.withLock {
            $0.silentUntil = now.advanced(bySeconds: warning.silence.components.seconds)
        }
        let text: Logger.Message =
            left > .zero
            ? "the directory expires soon; then this node neither asks nor answers"
            : "the directory has expired: this node neither asks nor answers"
        logger.log(level: warning.level, text, metadata: ["expires": "\(expires)"])
    }

    private static func fetcher(_ origin: DirectoryOrigin) throws(NodeError) -> RepositoryFetcher {
        do {
            return try RepositoryFetcher(
                url: origin.authority, roots: origin.certificates?.path)
        } catch {
            throw .failed("\(error)")
        }
    }
}

extension Exchange.Clock {
    /// The present moment as metadata has it.
    var metadataTime: MetadataTime { MetadataTime(seconds: Int(now.secondsSinceEpoch)) }
}
