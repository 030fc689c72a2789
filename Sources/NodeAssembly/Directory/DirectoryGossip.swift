import Exchange
import Logging
import Membership
import PeerHTTP
import ServiceLifecycle
import Synchronization

/// Brings the directory from node to node, so that no authority is needed once one node has it
/// (protocol/directory.md, "Peers"): some peers are asked in every round, all are told of what is new
/// here, and what others tell is fetched from them at once.
final class DirectoryGossip: DirectoryListener, Service {
    private let own: NodeID
    private let signed: SignedDirectory
    private let peers: PeerClient
    private let speaker: @Sendable (Directory) -> MemberID?
    private let interval: Duration
    private let logger: Logger
    private let news: AsyncStream<Void>
    private let publish: AsyncStream<Void>.Continuation
    private let heard: AsyncStream<NodeID>
    private let follow: AsyncStream<NodeID>.Continuation
    /// The newest that each node told, for those from whom it is still to be fetched.
    private let told = Mutex<[NodeID: DirectoryEdition]>([:])

    /// - Parameters:
    ///   - speaker: the member in whose name peers are asked; nil when none can sign.
    ///   - interval: from the beginning of a round to that of the next.
    init(
        own: NodeID, signed: SignedDirectory, peers: PeerClient, interval: Duration,
        logger: Logger, speaker: @escaping @Sendable (Directory) -> MemberID?
    ) {
        self.own = own
        self.signed = signed
        self.peers = peers
        self.interval = interval
        self.logger = logger
        self.speaker = speaker
        // What waits is only that something is new; what, is looked up when it is told.
        (news, publish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // A node stands in it once at most.
        (heard, follow) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(Directory.nodesMax))
        signed.onRenewal { [publish] in publish.yield() }
        // Whoever missed something while it did not run learns it from the answers.
        publish.yield()
    }

    /// See `DirectoryListener`.
    func hear(of edition: DirectoryEdition, from node: NodeID) -> DirectoryEdition {
        let held = signed.edition
        guard edition > held, node != own else { return held }
        let isFirst = told.withLock { told in
            defer { told[node] = max(edition, told[node] ?? edition) }
            return told[node] == nil
        }
        if isFirst { follow.yield(node) }
        return held
    }

    /// Asks, tells and fetches until the node stops; what is under way then is given up.
    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { await self.tell() }
                group.addTask { await self.fetch() }
                group.addTask { await self.ask() }
            }
        }
    }

    /// Asks some peers for what they have.
    func round() async {
        let nodes = others.filter { $0.status == .active }
        await Gossip.ask(nodes) { [self] node in await ask(node) }
    }

    /// Whether the node answered. One that is not told of directories is asked for the files.
    private func ask(_ node: NodeEntry) async -> Bool {
        switch await tell(node) {
        case .heard: true
        case .refused: await fetch(from: node)
        case .silent: false
        }
    }

    private func ask() async {
        let rounds = Repeating(
            name: "asking peers for the directory", interval: { [interval] in interval },
            isSteady: true, logger: logger
        ) { await self.round() }
        try? await rounds.run()
    }

    private enum Reply { case heard, refused, silent }

    /// Tells all nodes as soon as something is new here: those that are suspended, too, so that they
    /// can say why nobody answers them.
    private func tell() async {
        for await _ in news {
            let nodes = others.shuffled()
            let active = nodes.filter { $0.status == .active }
            let rest = nodes.filter { $0.status != .active }
            await Gossip.turn(to: active + rest) { [self] node in await tell(node) != .silent }
        }
    }

    /// Tells a node what is in force here, and hears what is there.
    private func tell(_ node: NodeEntry) async -> Reply {
        guard let member = speaker(signed.issued) else { return .silent }
        do {
            let theirs = try await peers.tell(
                signed.edition, to: node, as: member, deadline: .now + Gossip.patience)
            _ = hear(of: theirs, from: node.id)
            return .heard
        } catch {
            logger.debug("a peer was not told", metadata: ["node": "\(node.id)"])
            if case .refused = error { return .refused }
            return .silent
        }
    }

    /// Fetches what nodes told of; each has a place of its own, so that one who says nothing more
    /// holds up nobody else.
    private func fetch() async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await node in heard {
                if running == Gossip.fetchesAtOnceMax {
                    await group.next()
                    running -= 1
                }
                group.addTask { await self.fetch(toldBy: node) }
                running += 1
            }
        }
    }

    private func fetch(toldBy id: NodeID) async {
        let edition = told.withLock { $0[id] }
        if let edition, edition > signed.edition,
            let node = others.first(where: { $0.id == id })
        {
            _ = await fetch(from: node)
        }
        // It may have told of a newer one meanwhile.
        let isToldAgain = told.withLock { told in
            guard told[id] == edition else { return true }
            told[id] = nil
            return false
        }
        if isToldAgain { follow.yield(id) }
    }

    /// Whether the node answered.
    private func fetch(from node: NodeEntry) async -> Bool {
        guard let member = speaker(signed.issued) else { return false }
        let source = PeerRepository(of: node, as: member, through: peers)
        return await signed.refresh(from: source, named: node.id.text, isPeer: true)
    }

    private var others: [NodeEntry] {
        signed.issued.nodes.filter { $0.id != own && $0.status != .withdrawn }
    }
}
