/// Which node a certificate speaks for.
public struct NodeIdentity: Sendable, Hashable {
    /// The SPIFFE trust domain.
    public let consortium: ConsortiumID
    /// The node.
    public let node: NodeID

    /// An identity.
    public init(consortium: ConsortiumID, node: NodeID) {
        self.consortium = consortium
        self.node = node
    }

    /// An identity from its URI, or nil unless it is exactly `spiffe://<consortium>/node/<id>`.
    /// Both names allow only characters that stand for themselves, so there is no other spelling:
    /// no percent escapes, port, query, fragment or trailing slash.
    public init?(spiffeURI text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "spiffe:", parts[1].isEmpty, parts[3] == "node",
            let consortium = ConsortiumID(String(parts[2])), let node = NodeID(String(parts[4]))
        else { return nil }
        self.init(consortium: consortium, node: node)
    }

    /// The URI that stands in the certificate, `spiffe://<consortium>/node/<id>` (protocol.md §1).
    public var spiffeURI: String { "spiffe://\(consortium)/node/\(node)" }
}

extension NodeIdentity: CustomStringConvertible {
    /// The SPIFFE URI.
    public var description: String { spiffeURI }
}
