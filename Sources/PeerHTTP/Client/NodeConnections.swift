import AsyncHTTPClient
import Exchange
import HTTPSignatures
import Logging
import Membership
import NIOCore
import NIOPosix
import Synchronization

/// The connections to the nodes of a consortium, one HTTP client a node, because the identity that
/// a connection must have is a property of its client. There are as many as the directory has
/// nodes that were asked.
final class NodeConnections: Sendable {
    private let tls: TLSMaterial
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var clients: [NodeID: DialledNode] = [:]
        var isShutDown = false
    }

    private struct DialledNode {
        let endpoint: Endpoint
        let client: HTTPClient
    }

    /// Dials nothing yet.
    init(tls: TLSMaterial, logger: Logger) {
        self.tls = tls
        self.logger = logger
    }

    /// Sends a call as it was signed and reads its answer, all before `deadline`.
    func send(
        _ call: PeerCall, _ request: SignedRequest, to node: NodeEntry,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> ReceivedAnswer {
        guard deadline > .now else { throw .timedOut }
        let client = try await client(for: node)
        return try await within(deadline) { () async throws(PeerFailure) -> ReceivedAnswer in
            do {
                let timeLeft = TimeAmount(deadline - .now)
                let response = try await client.execute(
                    call.request(request, to: node), deadline: .now() + timeLeft)
                return try await AnswerReader(call: call).read(response)
            } catch {
                throw PeerFailure(transport: error)
            }
        }
    }

    /// Ends all clients; those that are asked for later are refused.
    func shutdown() async {
        let clients = state.withLock { state in
            state.isShutDown = true
            defer { state.clients = [:] }
            return state.clients.values.map(\.client)
        }
        for client in clients { await end(client) }
    }

    /// The client of a node. When the node has moved, the client of its old endpoint is ended.
    private func client(for node: NodeEntry) async throws(PeerFailure) -> HTTPClient {
        let found = state.withLock { state -> (client: HTTPClient, moved: HTTPClient?)? in
            guard !state.isShutDown else { return nil }
            let known = state.clients[node.id]
            if let known, known.endpoint == node.endpoint { return (known.client, nil) }
            let client = makeClient(for: node.id)
            state.clients[node.id] = DialledNode(endpoint: node.endpoint, client: client)
            return (client, known?.client)
        }
        guard let found else { throw .unreachable }
        if let moved = found.moved { await end(moved) }
        return found.client
    }

    private func end(_ client: HTTPClient) async {
        do {
            try await client.shutdown()
        } catch {
            logger.warning("closing connections failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func makeClient(for node: NodeID) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls.clientConfiguration,
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(PeerHTTPLimits.connectTimeout)),
            connectionPool: .init(
                idleTimeout: TimeAmount(PeerHTTPLimits.unusedConnectionTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: PeerHTTPLimits.connectionsPerNodeMax),
            proxy: nil, decompression: .disabled)
        configuration.httpVersion = .http1Only
        // A connection that cannot be made fails its request at once instead of at the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        let check = ServerIdentityCheck(
            expected: NodeIdentity(consortium: tls.identity.consortium, node: node))
        configuration.http1_1ConnectionDebugInitializer = { check.verify($0) }
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }
}
