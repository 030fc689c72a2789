/// The bounds of the peer protocol's transport, as numbers. Each is listed in protocol/limits.md.
/// Bounds on bodies and batches are business ones and stand in `ExchangeLimits`.
public enum PeerHTTPLimits {
    // MARK: Server

    /// Most connections that a node holds open; further ones wait in the listen queue.
    public static let connectionsMax = 1024
    /// Most connections in the listen queue; the system refuses further ones.
    public static let connectionsWaitingMax = 256
    /// Most requests that a node works on at the same time; further ones are `overloaded`.
    public static let requestsInFlightMax = 256
    /// What an overloaded node asks for before the next attempt.
    public static let overloadedRetryAfterSeconds = 1
    /// Most bytes of a request line and its header fields; over it `headers-too-large`.
    public static let headerListBytesMax = 16 * 1024
    /// Most bytes of the request target or of one header field.
    public static let headerFieldBytesMax = 8 * 1024
    /// Most header fields of one request.
    public static let headerFieldsMax = 100
    /// Longest TLS handshake; then the connection is closed.
    public static let handshakeTimeout: Duration = .seconds(10)
    /// Longest wait for a request's body after its header; over it `timeout`.
    public static let requestReadTimeout: Duration = .seconds(10)
    /// Longest silence between two requests, slow header fields included; then the connection is
    /// closed.
    public static let idleTimeout: Duration = .seconds(60)
    /// Longest time in which a peer takes nothing of an answer that waits for it; then the
    /// connection is closed.
    public static let writeStallTimeout: Duration = .seconds(30)
    /// Most bytes of a refused request that are taken and thrown away, so that the sender, still
    /// sending, gets to read why.
    public static let discardedBytesMax = 1024 * 1024
    /// Longest time for the same.
    public static let discardTimeout: Duration = .seconds(2)
    /// Bytes of a filter that are written at a time.
    static let filterChunkBytes = 256 * 1024

    // MARK: Client

    /// Most connections to one node.
    public static let connectionsPerNodeMax = 32
    /// Longest wait for a connection, the TLS handshake included.
    public static let connectTimeout: Duration = .seconds(5)
    /// How long an unused connection is kept: less than the server's `idleTimeout`, so that a
    /// request does not meet a connection that is being closed.
    public static let unusedConnectionTimeout: Duration = .seconds(45)
    /// Most bytes of a problem document that an asker reads.
    public static let problemBytesMax = 16 * 1024

    /// How long one file of a repository may take.
    public static let repositoryPatience: Duration = .seconds(20)

    /// The field with the proof that an answer stands in the answerer's log; in lower case, as
    /// fields are compared.
    static let receiptFieldName = "creditmesh-receipt"

    // MARK: Witnesses

    /// Most connections that a node holds open as a witness.
    public static let witnessConnectionsMax = 64
    /// Most bytes of a witness's answer that are read.
    public static let witnessAnswerBytesMax = 16 * 1024

    // MARK: The authority

    /// Most connections that an authority's service holds open; further ones wait.
    public static let authorityConnectionsMax = 512
    /// Most bytes of a request for a certificate in base64, line breaks included.
    public static let certificateRequestBytesMax = 16 * 1024
    /// What a node that waits for its certificate is asked for before the next attempt.
    public static let approvalRetryAfterSeconds = 5
    /// Most bytes of an answer of the authority's service, while a node reads.
    public static let enrolmentAnswerBytesMax = 1024 * 1024

    // MARK: TLS

    /// Longest wait for the other side's consent to the end of a connection.
    public static let closeTimeout: Duration = .seconds(1)

    /// Most bytes of a file with certificates or a key.
    public static let tlsFileBytesMax = 256 * 1024
    /// Most certificates in a node's chain.
    public static let chainCertificatesMax = 4
    /// Most certificates among the consortium's roots.
    public static let rootCertificatesMax = 16
}
