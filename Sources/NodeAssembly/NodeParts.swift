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
    /// Has witnesses cosign the log.
    package let pusher: CheckpointPusher
    /// Logs by which directory the node works.
    let directoryRecorder: DirectoryRecorder
    /// Logs which denials count at the node.
    let denialRecorder: DenialRecorder
    /// The member in whose name the node asks; nil when none can sign.
    let speaker: @Sendable (Directory) -> MemberID?
    /// Keeps what is wrong with logs.
    package let alarms: any Alarms
    /// Cosigns the logs of others; nil for a node that is no witness.
    let witnessDesk: WitnessDesk?
    /// Shows the log.
    let logDesk: LogDesk
    let tls: TLSInForce
    let certificates: CertificateWatch
    package let signers: MessageSigners
    /// What the node counts.
    let metrics = PrometheusRegistry()
    package let peers: PeerClient
    /// Changes the pseudonym key.
    package let pseudonymKeys: any PseudonymKeyService
    let keyWatch: KeyWatch
    /// Takes regulators' denials from peers, and brings them to others.
    let gossip: DenialGossip
    /// Tells nodes whether this one reaches them.
    let reachability: ReachabilityDesk
    /// Takes the directory from peers, and brings it to others; nil where it is one file.
    let directoryGossip: DirectoryGossip?
    private let witnesses: WitnessClient

    /// Opens everything that a home names.
    public init(
        home: NodeHome, configuration: NodeConfiguration, version: String,
        clock: any Exchange.Clock, logger: Logger, settling: Duration = MessageSigners.settling
    ) throws(NodeError) {
        offline = try OfflineNode(
            home: home, configuration: configuration, clock: clock, logger: logger,
            acceptsRestored: true, metrics: metrics)
        let context = offline.context
        let alarms = offline.alarms
        self.alarms = alarms
        witnessDesk =
            configuration.witnessPort == nil
            ? nil : try Witnessing.desk(of: home, offline.keys.signing, context, alarms)
        let files = CertificateFiles(
            home: home,
            identity: NodeIdentity(
                consortium: context.directory.current.consortium, node: context.node))
        let material = try files.load()
        tls = TLSInForce(material)
        certificates = CertificateWatch(
            home: home, files: files, tls: tls, clock: clock, logger: logger)
        signers = MessageSigners(
            answers: offline.keys.signing.answers, requests: offline.keys.signing.requests,
            settling: settling)
        try Self.check(signers, of: context)
        let changes = PseudonymKeyChanges(home: home, node: offline, logger: logger)
        pseudonymKeys = changes
        keyWatch = KeyWatch(
            home: home, node: offline, signers: signers, pseudonyms: changes, logger: logger)
        peers = PeerClient(
            tls: tls, signers: signers, directory: context.directory, clock: context.clock,
            logger: logger)
        witnesses = WitnessClient(tls: tls, logger: logger)
        directoryRecorder = DirectoryRecorder(
            context: context, shelf: try Witnessing.shelf(home.recorded))
        denialRecorder = DenialRecorder(
            context: context, board: offline.denials, shelf: try Witnessing.shelf(home.recorded))
        pusher = try Witnessing.pusher(of: home, context, witnesses, alarms)
        let speaker = Self.speaker(signers, of: context.node)
        self.speaker = speaker
        gossip = DenialGossip(
            own: context.node, board: offline.denials, directory: context.directory, peers: peers,
            logger: logger, speaker: speaker)
        reachability = Self.reachability(through: peers, context, speaker)
        directoryGossip = (offline.directory as? SignedDirectory).map { [peers] signed in
            DirectoryGossip(
                own: context.node, signed: signed, peers: peers,
                interval: configuration.gossipInterval, logger: logger, speaker: speaker)
        }
        peerFilters = PeerFilters(context: context, peers: peers)
        inquirer = Inquirer(
            context: context, peers: peers, filters: peerFilters,
            references: offline.keys.references, standards: .embedded,
            sealer: offline.keys.sealer)
        register = AccountRegister(
            context: context, standards: .embedded, references: offline.keys.references,
            sealer: offline.keys.sealer)
        logDesk = LogDesk(context: context, log: context.log, pusher: pusher)
        answerer = Answerer(context: context, publisher: offline.publisher, version: version)
    }

    /// The first member of a node that can sign, whatever its status: in its name is asked who belongs.
    private static func speaker(
        _ signers: MessageSigners, of own: NodeID
    ) -> @Sendable (Directory) -> MemberID? {
        { directory in
            directory.members(servedBy: own)
                .first { signers.signer(ofRequestsBy: $0) != nil }?.id
        }
    }

    /// Dials an asker as every other node, over a connection that is open already where there is one.
    private static func reachability(
        through peers: PeerClient, _ context: NodeContext,
        _ speaker: @escaping @Sendable (Directory) -> MemberID?
    ) -> ReachabilityDesk {
        ReachabilityDesk(clock: context.clock) { [directory = context.directory] node in
            guard let member = speaker(directory.current) else { return .unsigned }
            do throws(PeerFailure) {
                _ = try await peers.meet(
                    node, as: member, deadline: .now + ReachabilityDesk.patience)
                return nil
            } catch {
                return error
            }
        }
    }

    /// What takes denials from peers.
    var denialDesk: DenialDesk {
        DenialDesk(board: offline.denials, directory: offline.context.directory) { [gossip] in
            gossip.spread($0)
        }
    }

    /// A node that could not sign would be an error at every asker, and its members could not ask.
    private static func check(
        _ signers: MessageSigners, of context: NodeContext
    ) throws(NodeError) {
        let directory = context.directory.current
        guard let own = directory.node(context.node),
            signers.signer(ofAnswersBy: own) != nil
        else {
            throw .directory(
                "lists no key of '\(context.node)' for answers that this home holds; "
                    + "run: creditmesh node signing-key --answers")
        }
        for member in directory.members(servedBy: context.node) {
            let takesPart = member.status == .active || member.status == .trial
            guard !takesPart || signers.signer(ofRequestsBy: member) != nil else {
                throw .directory(
                    "lists no request key of '\(member.id)' that this home holds; "
                        + "run: creditmesh node signing-key --member \(member.id)")
            }
        }
    }

    /// Closes connections and the store, and keeps what was seen of other logs until now.
    public func close() async {
        offline.context.watch?.keepNewest()
        await peers.shutdown()
        await witnesses.shutdown()
        offline.close()
    }
}
