/// How a node serves its peers.
public struct PeerServerConfiguration: Sendable {
    /// The address to listen on, a name or an IP address.
    public var host: String
    /// The TCP port; 0 lets the system choose one.
    public var port: Int
    /// The node's certificate and key and the consortium's roots.
    public var tls: TLSInForce
    /// Most connections held open.
    public var connectionsMax: Int = PeerHTTPLimits.connectionsMax
    /// Most requests worked on at the same time.
    public var requestsInFlightMax: Int = PeerHTTPLimits.requestsInFlightMax
    /// When a connection is given up.
    public var timeouts = ConnectionTimeouts()

    /// A configuration with the limits of `PeerHTTPLimits`.
    public init(host: String, port: Int, tls: TLSInForce) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}

/// When a server gives up a connection; the meanings stand at the defaults in `PeerHTTPLimits`.
public struct ConnectionTimeouts: Sendable {
    /// Longest TLS handshake.
    public var handshake = PeerHTTPLimits.handshakeTimeout
    /// Longest wait for a request's body.
    public var requestRead = PeerHTTPLimits.requestReadTimeout
    /// Longest silence between two requests.
    public var idle = PeerHTTPLimits.idleTimeout
    /// Longest standstill of an answer.
    public var writeStall = PeerHTTPLimits.writeStallTimeout
    /// Longest taking of a refused request.
    public var discard = PeerHTTPLimits.discardTimeout

    /// The defaults.
    public init() {}
}
