import Exchange
import Logging
import Membership
import PeerHTTP

/// The nodes of a consortium, asked with the certificate and the request keys of a home by commands.
/// The home's own node may run meanwhile; nothing of its store is touched.
struct RemotePeers: Sendable {
    /// The directory by which is asked.
    let directory: Directory
    /// The home's node.
    let own: NodeID
    /// What the home shows.
    let tls: TLSMaterial
    /// Signs in the names of the home's members.
    let signers: MessageSigners
    /// Asks.
    let client: PeerClient

    /// Dials nothing yet.
    init(
        home: NodeHome, clock: any Exchange.Clock = SystemClock(), logger: Logger
    ) throws(NodeError) {
        let configuration = try NodeConfiguration(home: home)
        let source = try DirectoryFile(configuration.directory, logger: logger)
        directory = source.current
        own = configuration.node
        let keys = try SigningKeys(home: home)
        tls = try CertificateFiles(
            home: home, identity: NodeIdentity(consortium: directory.consortium, node: own)
        ).load()
        signers = MessageSigners(answers: keys.answers, requests: keys.requests)
        client = PeerClient(
            tls: TLSInForce(tls), signers: signers, directory: source, clock: clock,
            logger: logger)
    }
}
