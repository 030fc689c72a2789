import Membership

/// Tells nodes whether this one reaches them. Nobody has it dial anything but the asker's own endpoint,
/// as the directory lists it.
public actor ReachabilityDesk {
    /// Nodes that are dialled at a time.
    public static let dialsMax = 8
    /// Within so many seconds the same node hears what the last dialling showed.
    public static let repeatSeconds: Int64 = 10
    /// The longest time for one dialling.
    public static let patience: Duration = .seconds(5)
    /// When a node that finds no room may ask again, in seconds.
    public static let retryAfterSeconds = 5

    private let clock: any Clock
    private let dial: @Sendable (NodeEntry) async -> PeerFailure?
    /// What was told in the last seconds.
    private var told: [NodeID: Reachability] = [:]
    private var underWay: Set<NodeID> = []

    /// Opens the desk.
    ///
    /// - Parameter dial: asks a node who it is, within ``patience``; nil when it answered.
    public init(clock: any Clock, dial: @escaping @Sendable (NodeEntry) async -> PeerFailure?) {
        self.clock = clock
        self.dial = dial
    }

    /// Whether the caller's node is reached.
    ///
    /// - Throws: `overloaded` while it is being dialled, or too many are.
    public func answer(to caller: Caller) async throws(Problem) -> Reachability {
        let node = caller.node
        let now = clock.now
        told = told.filter { (0..<Self.repeatSeconds).contains(now.seconds(since: $0.value.at)) }
        if let last = told[node.id] { return last }
        guard underWay.count < Self.dialsMax, underWay.insert(node.id).inserted else {
            throw Problem(
                .overloaded, "the node is being dialled, or too many are",
                retryAfterSeconds: Self.retryAfterSeconds)
        }
        let failure = await dial(node)
        underWay.remove(node.id)
        let answer = Reachability(node: node.id, at: clock.now, code: failure?.word)
        told[node.id] = answer
        return answer
    }
}
