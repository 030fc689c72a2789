import Console
import Exchange
import Foundation
import PeerHTTP
import ServiceLifecycle

/// Where a running node listens, and says that it does.
extension RunningNode {
    /// The servers: of peers, of the local API, and of logs that are to be cosigned.
    func servers(_ ports: ReadyPorts, _ tokens: LocalTokens) throws -> [any Service] {
        [try peerServer(ports), localAPI(ports, tokens: tokens)]
            + (witnessServer(ports).map { [$0] } ?? [])
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

    func announce(_ addresses: NodeAddresses?) async {
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
