import Console
import Exchange
import Foundation
import Logging
import Membership
import NIOCore
import PeerHTTP
import RiskStandard
import ServiceLifecycle
import UnixSignals

/// One node put together: store, exchange, peer server, local API and what repeats in the
/// background, as services that start and stop in order.
public struct RunningNode: Service {
    /// How often the node looks whether its filters are complete, unless the charter wants additions
    /// sooner than twice this.
    static let publishInterval: Duration = .seconds(5)
    /// How often is looked whether the opening regulator's keys end.
    static let openingInterval: Duration = .seconds(3600)
    /// How often the manifests of peers are fetched.
    static let refreshInterval: Duration = .seconds(20)
    /// How often is looked whether there is a new certificate.
    static let certificateInterval: Duration = .seconds(1)
    /// How often is looked whether the certificate is to be renewed.
    static let renewalInterval: Duration = .seconds(3600)
    /// How often is looked whether keys or tokens have come or gone, or are listed otherwise.
    static let keyInterval: Duration = .seconds(1)
    /// How often evidence whose time is over is looked for.
    static let evidenceInterval: Duration = .seconds(3600)
    /// How often witnesses are asked to cosign the newest checkpoint.
    static let witnessInterval: Duration = .seconds(30)

    /// What the node works with.
    public let parts: NodeParts
    /// The node's id.
    public var id: NodeID { configuration.node }
    private let home: NodeHome
    private let configuration: NodeConfiguration
    private let version: String
    private let logger: Logger
    private let onReady: @Sendable (NodeAddresses) async -> Void

    /// Opens a home: keys, directory and store are checked before anything is served.
    ///
    /// `settling`: how long a key that the directory begins to list waits before it signs. `onReady` is
    /// called once all servers listen.
    public init(
        home: NodeHome, version: String, clock: any Exchange.Clock = SystemClock(),
        logger: Logger, settling: Duration = MessageSigners.settling,
        onReady: @escaping @Sendable (NodeAddresses) async -> Void = { _ in }
    ) throws(NodeError) {
        self.home = home
        self.version = version
        self.logger = logger
        self.onReady = onReady
        configuration = try NodeConfiguration(home: home)
        parts = try NodeParts(
            home: home, configuration: configuration, version: version, clock: clock,
            logger: logger, settling: settling)
    }

    /// Fetches the directory of a home that takes it from a repository and has none yet.
    ///
    /// - Throws: `NodeError` when there is none to begin with.
    public static func prepare(_ home: NodeHome) async throws(NodeError) {
        guard let origin = try NodeConfiguration(home: home).origin,
            try DirectoryVault(home: home, origin: origin).held() == nil
        else { return }
        _ = try await SignedDirectory.prepare(home: home, origin: origin)
    }

    /// Serves until the service group that it runs in stops gracefully.
    public func run() async throws {
        try await run(signals: [])
    }

    /// Serves until a signal, or until the service group that it runs in stops gracefully; what was
    /// accepted is finished. Cancelling the task ends it without that.
    public func run(signals: [UnixSignal]) async throws {
        do {
            try await checkWithWitnesses()
        } catch {
            await parts.close()
            throw error
        }
        let tokens = try LocalTokens(home: home, served: served)
        try await endUnfinishedAskings()
        await recordDirectory()
        try await parts.offline.publisher.refresh()
        let ports = ReadyPorts(awaitsWitness: parts.witnessDesk != nil)
        var services: [any Service] = [
            parts.offline.directory, publishing, recording, refreshing, pushing, watching,
            watchingOpening, watchingCertificate, watchingKeys, forgetting,
            watching(tokens), parts.gossip, askingForDenials, try peerServer(ports),
            localAPI(ports, tokens: tokens),
        ]
        if let gossip = parts.directoryGossip { services.append(gossip) }
        if let witness = witnessServer(ports) { services.append(witness) }
        if let renewing { services.append(renewing) }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: signals, logger: logger))
        defer { try? FileManager.default.removeItem(at: home.localAddress) }
        do {
            try await serve(group, ports)
        } catch {
            await parts.close()
            throw Self.explained(error, configuration)
        }
        await parts.close()
    }

    /// What a crash cut off gets its second entry before anything else is asked.
    private func endUnfinishedAskings() async throws {
        let count: Int
        do {
            count = try await UnfinishedAskings(context: parts.offline.context).end()
        } catch {
            throw NodeError.failed("the exchange log takes nothing: \(error)")
        }
        guard count > 0 else { return }
        logger.warning(
            "askings that were cut off are logged as timed out", metadata: ["count": "\(count)"])
    }

    /// Runs the services and says when they serve; whoever waits for the ports is let go in any
    /// case.
    private func serve(_ group: ServiceGroup, _ ports: ReadyPorts) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await announce(await ports.all) }
            do {
                try await group.run()
            } catch {
                await ports.abandon()
                throw error
            }
            await ports.abandon()
            try await tasks.waitForAll()
        }
    }

    /// An address on which the node may not listen is the operator's to change.
    private static func explained(
        _ error: any Error, _ configuration: NodeConfiguration
    ) -> any Error {
        guard let error = error as? IOError,
            [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode)
        else { return error }
        return NodeError.configuration(
            key: "listen, witness, localAPI",
            "\(configuration.listenHost):\(configuration.listenPort), "
                + (configuration.witnessPort.map { "\(configuration.witnessHost):\($0) " } ?? "")
                + "or 127.0.0.1:\(configuration.localPort) cannot be listened on: "
                + String(cString: strerror(error.errnoCode)))
    }

    /// Tells the operator in time when the opening regulator's keys end.
    private var watchingOpening: Repeating {
        let (directory, clock) = (parts.offline.directory, parts.offline.context.clock)
        return Repeating(
            name: "looking at opening keys", interval: { Self.openingInterval }, logger: logger
        ) { [logger] in
            switch directory.current.openingOutlook(at: clock.now) {
            case .missing(let month):
                logger.error(
                    "the directory lists no opening key: nothing is asked of other nodes",
                    metadata: ["month": "\(month)"])
            case .ends(let month):
                logger.warning(
                    "the directory lists no opening key for the month that begins soon",
                    metadata: ["month": "\(month)"])
            case nil: break
            }
        }
    }

    /// Takes a new certificate while the node runs.
    private var watchingCertificate: Repeating {
        Repeating(
            name: "looking at the certificate", interval: { Self.certificateInterval },
            logger: logger
        ) { [certificates = parts.certificates] in certificates.look() }
    }

    /// Renews the certificate in time, where the directory comes from an authority that does.
    private var renewing: Repeating? {
        guard let origin = configuration.origin, origin.service != nil else { return nil }
        let renewal = CertificateRenewal(
            home: home, node: configuration.node, origin: origin,
            directory: parts.offline.directory, tls: parts.tls,
            clock: parts.offline.context.clock, logger: logger)
        return Repeating(
            name: "renewing the certificate", interval: { Self.renewalInterval }, logger: logger
        ) { await renewal.renewIfDue() }
    }

    /// Takes keys into use while the node runs.
    private var watchingKeys: Repeating {
        Repeating(
            name: "looking at keys", interval: { Self.keyInterval }, logger: logger
        ) { [watch = parts.keyWatch] in await watch.look() }
    }

    /// The members of this node, whatever their status, also when the directory has expired.
    private var served: [MemberID] {
        parts.offline.directory.issued.members(servedBy: configuration.node).map(\.id)
    }

    /// Gives members that come a token of the local API, and takes it from those that leave.
    private func watching(_ tokens: LocalTokens) -> Repeating {
        Repeating(
            name: "looking at the local API's tokens", interval: { Self.keyInterval },
            initialDelay: Self.keyInterval, logger: logger
        ) { try tokens.look(served: served) }
    }

    private var askingForDenials: Repeating {
        let (gossip, interval) = (parts.gossip, configuration.gossipInterval)
        return Repeating(
            name: "asking for denials", interval: { interval }, isSteady: true, logger: logger
        ) { await gossip.round() }
    }

    /// Deletes evidence whose time is over, from the start on; nothing waits for it.
    private var forgetting: Repeating {
        let retention = EvidenceRetention(context: parts.offline.context)
        return Repeating(
            name: "deleting evidence", interval: { Self.evidenceInterval }, logger: logger
        ) { [logger] in
            let outcome = try await retention.forgetEnded()
            guard outcome.deleted > 0 else { return }
            logger.info(
                "evidence whose time was over is deleted",
                metadata: ["deleted": "\(outcome.deleted)", "held": "\(outcome.held)"])
        }
    }

    private var publishing: Repeating {
        let directory = parts.offline.directory
        return Repeating(
            name: "publishing filters",
            interval: { Self.publishInterval(under: directory.current.charter) }, logger: logger
        ) {
            try await parts.offline.publisher.refresh()
        }
    }

    /// Logs by which directory the node works before it first publishes; a failure is tried again.
    private func recordDirectory() async {
        do {
            try await parts.directoryRecorder.record()
            try await parts.denialRecorder.record()
        } catch {
            logger.error("the directory in force is not logged yet, and will be")
        }
    }

    private var recording: Repeating {
        let (recorder, denials) = (parts.directoryRecorder, parts.denialRecorder)
        return Repeating(
            name: "logging the directory", interval: { Self.publishInterval },
            initialDelay: Self.publishInterval, logger: logger
        ) {
            try await recorder.record()
            try await denials.record()
        }
    }

    /// How long to wait between two rounds of publishing: half of `filterAdditionsSeconds` at most,
    /// so that what came just after a round began is in a filter by the end of the next one.
    static func publishInterval(under charter: Charter) -> Duration {
        min(publishInterval, charter.intervals.filterAdditions / 2)
    }

    /// The first round waits a random part of the interval: nodes that start together, as after a
    /// power cut, would otherwise all dial each other in the same second. Whoever asks before it
    /// fetches what it needs.
    private var refreshing: Repeating {
        let share = Double.random(in: 0..<1)
        return Repeating(
            name: "refreshing peers' filters", interval: { Self.refreshInterval },
            initialDelay: Self.refreshInterval * share, logger: logger
        ) {
            await parts.peerFilters.refreshAll()
        }
    }

    /// The first round waits a little less than the others: what was written at the start is soon
    /// under a cosignature.
    private var pushing: Repeating {
        let pusher = parts.pusher
        let logger = logger
        return Repeating(
            name: "asking witnesses", interval: { Self.witnessInterval },
            initialDelay: Self.publishInterval, logger: logger
        ) {
            let wasMissing = pusher.current.missingSince
            await pusher.push(deadline: .now + Witnessing.patience)
            let standing = pusher.current
            guard (standing.missingSince == nil) != (wasMissing == nil) else { return }
            logger.log(
                level: standing.missingSince == nil ? .notice : .error,
                "alarm: whether enough witnesses cosign this node's log has changed",
                metadata: [
                    "quorum": "\(standing.quorum)", "cosignatures": "\(standing.cosignatures)",
                ])
        }
    }

    /// Looks what witnesses cosigned of the logs whose receipts this node holds.
    private var watching: Repeating {
        let (parts, context) = (parts, parts.offline.context)
        return Repeating(
            name: "looking at other logs", interval: { Self.refreshInterval }, logger: logger
        ) {
            defer { context.watch?.keepNewest() }
            let asking = context.directory.current.lenders(servedBy: context.node)
                .first { $0.status == .active || $0.status == .trial }
            guard let member = asking?.id else { return }
            await context.watch?.check(
                parts.peers, as: member, deadline: .now + Witnessing.patience)
        }
    }

    /// A log that was cut off together with its record, or brought back from a copy, shows in what
    /// witnesses cosigned: it is not served then.
    private func checkWithWitnesses() async throws(NodeError) {
        let mark = RestoredMark(home: home)
        let patience = mark.isThere ? Witnessing.patience : Witnessing.startPatience
        try Witnessing.check(await parts.pusher.push(deadline: .now + patience), home)
        guard mark.isThere else { return }
        try await RestoredLog(parts: parts, home: home).check()
        let standing = parts.pusher.current
        let isConfirmed = standing.cosignatures >= max(1, standing.quorum)
        guard isConfirmed || mark.isAccepted else { throw RestoredMark.refusal(home) }
        try mark.clear()
        guard isConfirmed else {
            return logger.warning("the log of a restored home goes on at its operator's word")
        }
        logger.notice(
            "witnesses confirmed the log of a restored home",
            metadata: ["cosignatures": "\(standing.cosignatures)"])
    }

    private func witnessServer(_ ports: ReadyPorts) -> WitnessServer? {
        guard let desk = parts.witnessDesk, let port = configuration.witnessPort else {
            return nil
        }
        var server = PeerServerConfiguration(
            host: configuration.witnessHost, port: port, tls: parts.tls)
        server.connectionsMax = PeerHTTPLimits.witnessConnectionsMax
        return WitnessServer(
            configuration: server, desk: desk, clock: parts.offline.context.clock,
            logger: logger, onReady: { await ports.witness($0) })
    }

    private func peerServer(_ ports: ReadyPorts) throws -> PeerServer {
        PeerServer(
            configuration: PeerServerConfiguration(
                host: configuration.listenHost, port: configuration.listenPort,
                tls: parts.tls),
            service: parts.answerer, log: parts.logDesk, files: parts.offline.directory,
            denials: parts.denialDesk, reachability: parts.reachability,
            listener: parts.directoryGossip, signers: parts.signers,
            directory: parts.offline.context.directory,
            clock: parts.offline.context.clock, metrics: parts.metrics,
            logger: logger, onReady: { await ports.peer($0) })
    }

    private var metrics: NodeMetrics {
        NodeMetrics(
            registry: parts.metrics, parts: parts,
            directoryFile: configuration.origin == nil
                ? configuration.directory : home.directoryFile)
    }

    private func localAPI(_ ports: ReadyPorts, tokens: LocalTokens) -> LocalAPIServer {
        LocalAPIServer(
            port: configuration.localPort,
            desks: LocalDesks(
                reports: ReportDesk(
                    inquirer: parts.inquirer, context: parts.offline.context,
                    metrics: parts.metrics),
                accounts: AccountDesk(register: parts.register),
                exchanges: ExchangeDesk(entries: MemberEntries(log: parts.offline.context.log)),
                keys: PseudonymKeyDesk(keys: parts.pseudonymKeys),
                alarms: AlarmDesk(alarms: parts.alarms) { [pusher = parts.pusher] in
                    pusher.current
                },
                metrics: MetricsDesk { [metrics] in await metrics.text() },
                status: StatusDesk { [parts, version] in
                    try await NodeStatus(parts: parts, version: version).json()
                },
                peers: StatusDesk {
                    ["peers": .array(await PeerTest(self).run().map(\.json))]
                }),
            tokens: tokens.access, logger: logger, onReady: { await ports.local($0) })
    }

    private func announce(_ addresses: NodeAddresses?) async {
        guard let addresses else { return }
        do {
            try PrivateFile.write(addresses.localURL.utf8, to: home.localAddress)
        } catch {
            logger.error("\(error)")
        }
        logger.info(
            "the node serves",
            metadata: [
                "node": "\(configuration.node)", "peers": "\(addresses.peerPort)",
                "local": "\(addresses.localURL)",
            ])
        await onReady(addresses)
    }
}

/// Where a running node listens.
public struct NodeAddresses: Sendable, Equatable {
    /// The port of the peer API.
    public let peerPort: Int
    /// The port of the local API on loopback.
    public let localPort: Int
    /// The port of the node as a witness; nil when it is none.
    public let witnessPort: Int?

    /// The local API's base URL.
    public var localURL: String { "http://127.0.0.1:\(localPort)" }
}
