/// Where a running node listens.
public struct NodeAddresses: Sendable, Equatable {
    /// The port of the peer API.
    public let peerPort: Int
    /// The port of the local API on loopback.
    public let localPort: Int
    /// The port of the node as a witness; nil when it is none.
    public let witnessPort: Int?

    /// The local API's base URL.
    public var localURL: String { "http://127.0.0.1:\(localPort)" }
}
