import Exchange
import Logging
import Membership
import PeerHTTP
import ServiceLifecycle

/// Brings denials from node to node, so that no authority can hold them back (protocol/directory.md,
/// "Denials"): some peers are asked in every round, and what is new here goes out to all at once.
struct DenialGossip: Service {
    private let own: NodeID
    private let board: DenialBoard
    private let directory: any DirectorySource
    private let peers: PeerClient
    private let speaker: @Sendable (Directory) -> MemberID?
    private let logger: Logger
    private let news: AsyncStream<[UInt8]>
    private let publish: AsyncStream<[UInt8]>.Continuation

    /// - Parameters:
    ///   - directory: by which notes are judged and peers chosen.
    ///   - speaker: the member in whose name peers are asked; nil when none can sign.
    init(
        own: NodeID, board: DenialBoard, directory: any DirectorySource, peers: PeerClient,
        logger: Logger, speaker: @escaping @Sendable (Directory) -> MemberID?
    ) {
        self.own = own
        self.board = board
        self.directory = directory
        self.peers = peers
        self.logger = logger
        self.speaker = speaker
        // One place a regulator: of more that wait, the newest supersede the others.
        (news, publish) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(Directory.denialKeysMax))
    }

    /// Has a note that is new here handed on; returns at once.
    func spread(_ note: [UInt8]) {
        logger.notice("a regulator's denial is new here and in force")
        publish.yield(note)
    }

    /// Hands on what is new until the node stops.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await note in news { await give(note) }
        }
    }

    /// Asks some peers for theirs, and takes what is new.
    func round() async {
        let directory = directory.current
        guard let member = speaker(directory) else { return }
        let nodes = others(in: directory).filter { $0.status == .active }
        await Gossip.ask(nodes) { node in await ask(node, as: member) }
    }

    /// Whether the node told.
    private func ask(_ node: NodeEntry, as member: MemberID) async -> Bool {
        let notes: [[UInt8]]
        do {
            notes = try await peers.denials(
                of: node, as: member, deadline: .now + Gossip.patience)
        } catch {
            // A peer that is down, or does not know denials, is no fault as long as another does.
            logger.debug("a peer did not tell its denials", metadata: ["node": "\(node.id)"])
            return false
        }
        for note in notes { take(note, from: node.id) }
        return true
    }

    private func take(_ note: [UInt8], from node: NodeID) {
        do throws(DenialError) {
            guard try board.take(note, in: directory.current) else { return }
            spread(note)
        } catch {
            complain(of: error, from: node)
        }
    }

    private func complain(of error: DenialError, from node: NodeID) {
        switch error {
        case .storage:
            logger.error("a denial is in force, but could not be kept; tried again")
        case .conflict:
            logger.error(
                "alarm: a regulator signed two denials of one version; the first holds",
                metadata: ["from": "\(node)"])
        case .invalid:
            // Under a directory that is not here yet, or already another one.
            logger.notice(
                "a denial of a peer does not verify here", metadata: ["from": "\(node)"])
        }
    }

    /// Those who are denied hear of it first, so that they can say why nobody answers them.
    private func give(_ note: [UInt8]) async {
        let directory = directory.current
        guard let member = speaker(directory) else { return }
        let others = others(in: directory).shuffled()
        let denied = others.filter { directory.denials[$0.id.text] != nil }
        let rest = others.filter { directory.denials[$0.id.text] == nil }
        await Gossip.turn(to: denied + rest) { node in
            let given = try? await peers.give(
                denial: note, to: node, as: member, deadline: .now + Gossip.patience)
            return given != nil
        }
    }

    private func others(in directory: Directory) -> [NodeEntry] {
        directory.nodes.filter { $0.id != own && $0.status != .withdrawn }
    }
}
