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
    private let tls: TLSInForce
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var clients: [NodeID: DialledNode] = [:]
        /// Those that take no more calls, and still have some under way.
        var replaced: [DialledNode] = []
        var isShutDown = false
    }

    /// Dials nothing yet.
    init(tls: TLSInForce, logger: Logger) {
        self.tls = tls
        self.logger = logger
    }

    /// Sends a call as it was signed and reads its answer, all before `deadline`.
    func send(
        _ call: PeerCall, _ request: SignedRequest, to node: NodeEntry,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> ReceivedAnswer {
        guard deadline > .now else { throw .timedOut }
        let dialled = try await dialled(node)
        do throws(PeerFailure) {
            let answer = try await Self.send(
                call, call.request(request, to: node), by: dialled.client, deadline: deadline)
            await leave(dialled)
            return answer
        } catch {
            await leave(dialled)
            throw error
        }
    }

    private static func send(
        _ call: PeerCall, _ request: HTTPClientRequest, by client: HTTPClient,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> ReceivedAnswer {
        try await within(deadline) { () async throws(PeerFailure) -> ReceivedAnswer in
            do {
                let timeLeft = TimeAmount(deadline - .now)
                let response = try await client.execute(request, deadline: .now() + timeLeft)
                return try await AnswerReader(call: call).read(response)
            } catch {
                throw PeerFailure(transport: error)
            }
        }
    }

    /// Ends all clients; those that are asked for later are refused.
    func shutdown() async {
        let dialled = state.withLock { state in
            state.isShutDown = true
            defer { (state.clients, state.replaced) = ([:], []) }
            return state.replaced + Array(state.clients.values)
        }
        for node in dialled { await end(node) }
    }

    /// The client of a node, with a call more under way. When the node has moved, or this one shows
    /// another certificate or trusts other roots, the client of before takes no more calls, and ends after its last one.
    private func dialled(_ node: NodeEntry) async throws(PeerFailure) -> DialledNode {
        let material = tls.current
        let found = state.withLock { state -> (now: DialledNode, idle: DialledNode?)? in
            guard !state.isShutDown else { return nil }
            let known = state.clients[node.id]
            if let known, known.endpoint == node.endpoint, known.uses(material) {
                known.enter()
                return (known, nil)
            }
            let made = DialledNode(
                endpoint: node.endpoint, material: material,
                client: makeClient(for: node.id, showing: material))
            made.enter()
            state.clients[node.id] = made
            guard let known, !known.isIdle else { return (made, known) }
            state.replaced.append(known)
            return (made, nil)
        }
        guard let found else { throw .unreachable }
        if let idle = found.idle { await end(idle) }
        return found.now
    }

    /// A call of a client has ended.
    private func leave(_ dialled: DialledNode) async {
        let isOver = state.withLock { state in
            dialled.leave()
            guard dialled.isIdle, let place = state.replaced.firstIndex(where: { $0 === dialled })
            else { return false }
            state.replaced.remove(at: place)
            return true
        }
        if isOver { await end(dialled) }
    }

    private func end(_ dialled: DialledNode) async {
        do {
            try await dialled.client.shutdown()
        } catch {
            logger.warning("closing connections failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func makeClient(for node: NodeID, showing material: TLSMaterial) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: material.clientConfiguration,
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
            expected: NodeIdentity(consortium: material.identity.consortium, node: node))
        configuration.http1_1ConnectionDebugInitializer = { check.verify($0) }
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }
}

/// A node that was dialled. How many calls are under way is changed only under the lock of its owner's state.
private final class DialledNode: Sendable {
    let endpoint: Endpoint
    let client: HTTPClient
    private let material: TLSMaterial
    private let calls = Mutex(0)

    init(endpoint: Endpoint, material: TLSMaterial, client: HTTPClient) {
        (self.endpoint, self.material, self.client) = (endpoint, material, client)
    }

    /// Whether its connections were made with this material.
    func uses(_ other: TLSMaterial) -> Bool { material.isSame(as: other) }

    var isIdle: Bool { calls.withLock { $0 == 0 } }
    func enter() { calls.withLock { $0 += 1 } }
    func leave() { calls.withLock { $0 -= 1 } }
}
