import Membership
import RiskStandard

/// What every rule of the exchange works with: who this node is, and its ports.
public struct NodeContext: Sendable {
    /// This node.
    public let node: NodeID
    /// Where the current directory comes from.
    public let directory: any DirectorySource
    /// Where the node's pseudonym keys are.
    public let ring: KeyRingInForce
    /// What the node keeps.
    public let store: any Store
    /// What the node can prove.
    public let log: any ExchangeLog
    /// The time.
    public let clock: any Clock
    /// Holds other nodes to their receipts; nil where nobody asks, or nothing is to be awaited.
    public let watch: WitnessWatch?
    /// Lets one at a time tell the log of what is in the books.
    let bookEvents = Turnstile()

    /// Makes a context, with keys that stay what they are unless its ring is changed.
    public init(
        node: NodeID, directory: any DirectorySource, keys: KeyRing, store: any Store,
        log: any ExchangeLog, clock: any Clock, watch: WitnessWatch? = nil
    ) {
        self.node = node
        self.directory = directory
        ring = KeyRingInForce(keys)
        self.store = store
        self.log = log
        self.clock = clock
        self.watch = watch
    }

    /// The node's pseudonym keys as they are now.
    public var keys: KeyRing { ring.current }
}

extension Directory {
    /// Lenders of a node that hold records: role `lender`, whatever their status.
    public func lenders(servedBy node: NodeID) -> [MemberEntry] {
        members(servedBy: node).filter { $0.role == .lender }
    }

    /// Whether two members exchange: active lenders with each other, trial with trial.
    public static func exchange(_ one: MemberEntry, _ other: MemberEntry) -> Bool {
        one.role == .lender && other.role == .lender && one.status == other.status
            && (one.status == .active || one.status == .trial)
    }

    /// Whether a trial stands between two members: nothing of the one concerns the other, whether or
    /// not either takes part.
    static func trialParts(_ one: MemberEntry, _ other: MemberEntry) -> Bool {
        one.status != other.status && (one.status == .trial || other.status == .trial)
    }
}
