import Exchange
import Logging
import Membership
import PeerHTTP

/// The parts of a node that serves: an opened home, its TLS identity and both sides of the
/// exchange.
public struct NodeParts: Sendable {
    /// The opened home.
    public let offline: OfflineNode
    /// Holds the filters of peers.
    public let peerFilters: PeerFilters
    /// Asks.
    public let inquirer: Inquirer
    /// Answers.
    public let answerer: Answerer
    /// Puts single accounts.
    public let register: AccountRegister
    let tls: TLSMaterial
    package let peers: PeerClient

    /// Opens everything that a home names.
    public init(
        home: NodeHome, configuration: NodeConfiguration, version: String,
        clock: any Exchange.Clock, logger: Logger
    ) throws(NodeError) {
        offline = try OfflineNode(
            home: home, configuration: configuration, clock: clock, logger: logger)
        let context = offline.context
        do {
            tls = try TLSMaterial(
                certificate: home.certificate.path, key: home.certificateKey.path,
                roots: home.roots.path,
                identity: NodeIdentity(
                    consortium: context.directory.current.consortium, node: context.node))
        } catch {
            throw .failed("\(error)")
        }
        peers = PeerClient(tls: tls, logger: logger)
        peerFilters = PeerFilters(context: context, peers: peers)
        inquirer = Inquirer(
            context: context, peers: peers, filters: peerFilters,
            references: offline.keys.references, standards: .embedded,
            sealer: offline.keys.sealer)
        register = AccountRegister(
            context: context, standards: .embedded, references: offline.keys.references,
            sealer: offline.keys.sealer)
        answerer = Answerer(context: context, publisher: offline.publisher, version: version)
    }

    /// Closes connections and the store.
    public func close() async {
        await peers.shutdown()
        offline.close()
    }
}
