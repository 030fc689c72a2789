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
/// It is asked for at the authority in every round, and peers bring it (`DirectoryGossip`). Sources are
/// fetched from beside each other, and what they gave is taken one after the other, so that none waits
/// for another. A refused file changes nothing. When what is in force expires, every node counts as
/// suspended until something newer comes.
public final class SignedDirectory: DirectoryService {
    private let vault: DirectoryVault
    private let origin: DirectoryOrigin
    private let clock: any Exchange.Clock
    private let interval: Duration
    private let logger: Logger
    private let state: Mutex<State>
    /// One update at a time is written.
    private let taking = Turnstile()

    private struct State {
        var held: DirectoryVault.Held
        /// What holds when `held` has expired.
        var closed: Directory
        /// Called when other officers, or another directory, came into force.
        var onRenewal: (@Sendable () -> Void)?
        /// Before it nothing more is said about the expiry.
        var silentUntil: Timestamp?
    }

    /// Takes what is in force from a home; `prepare` has put it there. `interval` is the time from the
    /// beginning of a round to that of the next.
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

    /// Which edition is in force.
    var edition: DirectoryEdition { state.withLock(\.held.edition) }

    /// Calls `body` from now on whenever what is in force says other things than before: not when a
    /// timestamp alone was renewed.
    func onRenewal(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.onRenewal = body }
    }

    /// Asks the authority in rounds until the node stops; an update under way then is given up.
    public func run() async throws {
        let authority = try Self.fetcher(origin)
        try? await cancelWhenGracefulShutdown { [self] in
            let rounds = Repeating(
                name: "asking for the directory", interval: { [interval] in interval },
                isSteady: true, logger: logger
            ) {
                await self.refresh(from: authority, named: "authority")
                self.warn()
            }
            try await rounds.run()
        }
        await authority.shutdown()
    }

    /// Brings what is in force up to date from one source, for which is waited no longer than
    /// `Gossip.updatePatience`.
    ///
    /// - Returns: whether the source answered.
    @discardableResult
    package func refresh(
        from source: some RepositorySource, named name: String, isPeer: Bool = false
    ) async -> Bool {
        let now = clock.metadataTime
        let files = await vault.files(of: source, at: now, within: Gossip.updatePatience)
        let fault = await taking.pass { await take(files, from: name, at: now) }
        guard let fault else { return true }
        // A peer that is behind, or away, is no fault as long as another is not.
        let isHarmless = fault.fault == .unreachable || (isPeer && fault.fault == .rollback)
        logger.log(
            level: isHarmless ? .notice : .error,
            "the directory was not renewed; what is in force stays",
            metadata: [
                "code": "\(fault.fault.rawValue)", "file": "\(fault.file)", "from": "\(name)",
            ])
        return fault.fault != .unreachable
    }

    private func take(
        _ files: ReplayedFiles, from name: String, at now: MetadataTime
    ) async -> UpdateError? {
        let held = state.withLock { $0.held }
        do throws(UpdateError) {
            guard let next = try await vault.update(from: files, at: now, unless: held) else {
                return nil
            }
            let closed = next.directory.closed()
            let onRenewal = state.withLock { state in
                state.held = next
                state.closed = closed
                state.silentUntil = nil
                return state.onRenewal
            }
            logger.info(
                "directory renewed",
                metadata: [
                    "version": "\(next.directory.version)", "expires": "\(next.expires)",
                    "from": "\(name)",
                ])
            let isOther =
                next.directory.version != held.directory.version
                || next.edition.root != held.edition.root
            if isOther { onRenewal?() }
            return nil
        } catch {
            return error
        }
    }

    func warn() {
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
