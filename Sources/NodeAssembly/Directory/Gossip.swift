import Exchange
import Membership

/// How what one node knows comes to all others within a minute (protocol/directory.md, "Within 60
/// seconds"). Nobody is waited for whom others could be asked instead.
enum Gossip {
    /// The peers that are asked in one round, as long as one of them answers.
    static let peersPerRoundMax = 3
    /// The most peers to whom a node turns at the same time.
    static let nodesAtOnceMax = 256
    /// How long one peer may take to hear something or to tell what it has.
    static let patience: Duration = .seconds(5)
    /// How long one source may take for all files of an update.
    static let updatePatience: Duration = .seconds(20)
    /// The most peers from whom the directory is fetched at the same time, on their word.
    static let fetchesAtOnceMax = 16

    /// Turns to all nodes, in their order, so many at once.
    ///
    /// - Returns: whether any answered, as `work` says.
    @discardableResult
    static func turn(
        to nodes: some Sequence<NodeEntry> & Sendable,
        _ work: @escaping @Sendable (NodeEntry) async -> Bool
    ) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            var (running, hasAnswer) = (0, false)
            for node in nodes where !Task.isCancelled {
                if running == nodesAtOnceMax {
                    hasAnswer = await group.next() == true || hasAnswer
                    running -= 1
                }
                group.addTask { await work(node) }
                running += 1
            }
            for await answered in group { hasAnswer = answered || hasAnswer }
            return hasAnswer
        }
    }

    /// Asks some nodes, in any order; where none of them answers, all others.
    static func ask(
        _ nodes: [NodeEntry], _ work: @escaping @Sendable (NodeEntry) async -> Bool
    ) async {
        let nodes = nodes.shuffled()
        guard await !turn(to: nodes.prefix(peersPerRoundMax), work) else { return }
        await turn(to: nodes.dropFirst(peersPerRoundMax), work)
    }
}
