/// A node: an endpoint with keys, run by one operator for one member or several (protocol.md §1).
public struct NodeEntry: Sendable, Equatable {
    /// Whether the node takes part.
    public enum Status: String, Sendable, CaseIterable {
        /// Asks and answers.
        case active
        /// Not asked and not answered for now.
        case suspended
        /// Gone for good; the entry keeps its id from being used again.
        case withdrawn
    }

    /// The node's id.
    public let id: NodeID
    /// The firm that runs it, as people read it.
    public let operatorName: String
    /// Where it listens; no two nodes share one.
    public let endpoint: Endpoint
    /// Whether the node takes part.
    public let status: Status
    /// What it understands beyond the base protocol.
    public let features: [String]
    /// The keys that sign its answers.
    public let answerKeys: [SigningKeyEntry]
    /// Its keys for pseudonyms; at most one is current.
    public let voprfKeys: [VOPRFKeyEntry]
    /// Its exchange log, once it has one.
    public let log: NodeLog?

    /// An entry; its values are checked when the directory is made.
    public init(
        id: NodeID, operatorName: String, endpoint: Endpoint, status: Status = .active,
        features: [String] = [], answerKeys: [SigningKeyEntry] = [],
        voprfKeys: [VOPRFKeyEntry] = [], log: NodeLog? = nil
    ) {
        self.id = id
        self.operatorName = operatorName
        self.endpoint = endpoint
        self.status = status
        self.features = features
        self.answerKeys = answerKeys
        self.voprfKeys = voprfKeys
        self.log = log
    }

    /// The same entry in another status.
    public func with(_ status: Status) -> NodeEntry {
        NodeEntry(
            id: id, operatorName: operatorName, endpoint: endpoint, status: status,
            features: features, answerKeys: answerKeys, voprfKeys: voprfKeys, log: log)
    }

    /// The same entry with other keys.
    public func with(
        answerKeys: [SigningKeyEntry], voprfKeys: [VOPRFKeyEntry], log: NodeLog?
    ) -> NodeEntry {
        NodeEntry(
            id: id, operatorName: operatorName, endpoint: endpoint, status: status,
            features: features, answerKeys: answerKeys, voprfKeys: voprfKeys, log: log)
    }

    /// The key that askers use, or nil when the node cannot be asked yet.
    public var currentVOPRFKey: VOPRFKeyEntry? {
        voprfKeys.first { $0.state == .current }
    }
}
