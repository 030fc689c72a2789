import Exchange
import Membership
import Synchronization

/// The other nodes without a network: each answers as its script says, and every call is noted.
final class ScriptedPeers: Peers {
    /// One call, and to whom.
    enum Call: Hashable, Sendable {
        case evaluate(String, kid: String)
        case manifest(String)
        case filter(String)
        case query(String)

        var node: String {
            switch self {
            case .evaluate(let node, _), .manifest(let node), .filter(let node), .query(let node):
                node
            }
        }
    }

    /// How one node answers. A node without a script cannot be reached.
    struct Script: Sendable {
        var evaluate: Answering<EvaluationRequest, EvaluationAnswer>
        var manifest: Answering<Void, Manifest>
        var filter: Answering<ManifestFilter, [UInt8]>
        var query: Answering<QueryRequest, QueryAnswer>

        /// A node that never gives anything but this failure.
        static func failing(_ failure: PeerFailure) -> Script {
            Script(
                evaluate: { _ throws(PeerFailure) in throw failure },
                manifest: { _ throws(PeerFailure) in throw failure },
                filter: { _ throws(PeerFailure) in throw failure },
                query: { _ throws(PeerFailure) in throw failure })
        }
    }

    typealias Answering<Request, Answer> =
        @Sendable (Request) async throws(PeerFailure) -> Answer

    private let scripts = Mutex<[NodeID: Script]>([:])
    private let noted = Mutex<[(call: Call, deadline: ContinuousClock.Instant)]>([])

    /// From now on the node answers so.
    func set(_ script: Script, for node: String) {
        scripts.withLock { $0[Samples.node(node)] = script }
    }

    /// Changes how a node answers from now on.
    func change(_ node: String, _ change: (inout Script) -> Void) {
        scripts.withLock { scripts in
            var script = scripts[Samples.node(node)] ?? .failing(.unreachable)
            change(&script)
            scripts[Samples.node(node)] = script
        }
    }

    /// What was called, in the order of the calls.
    var calls: [Call] { noted.withLock { $0.map(\.call) } }

    /// By when the answers were wanted.
    var deadlines: [ContinuousClock.Instant] { noted.withLock { $0.map(\.deadline) } }

    func evaluate(
        _ request: EvaluationRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> EvaluationAnswer {
        note(.evaluate(node.id.text, kid: request.kid), deadline)
        return try await script(of: node).evaluate(request)
    }

    func manifest(
        of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest {
        note(.manifest(node.id.text), deadline)
        return try await script(of: node).manifest(())
    }

    func filter(
        _ filter: ManifestFilter, of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        note(.filter(node.id.text), deadline)
        return try await script(of: node).filter(filter)
    }

    func query(
        _ request: QueryRequest, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> QueryAnswer {
        note(.query(node.id.text), deadline)
        return try await script(of: node).query(request)
    }

    private func script(of node: NodeEntry) -> Script {
        scripts.withLock { $0[node.id] } ?? .failing(.unreachable)
    }

    private func note(_ call: Call, _ deadline: ContinuousClock.Instant) {
        noted.withLock { $0.append((call, deadline)) }
    }
}

extension ScriptedPeers.Script {
    /// A node that answers honestly: its own `Answerer` over its own store.
    init(honest answerer: Answerer, caller: NodeEntry) {
        let failing: @Sendable (any Error) -> PeerFailure = { error in
            .refused((error as? Problem)?.code)
        }
        evaluate = { request throws(PeerFailure) in
            do { return try await answerer.evaluate(request, from: caller) } catch {
                throw failing(error)
            }
        }
        manifest = { _ throws(PeerFailure) in
            do { return try await answerer.manifest(for: caller) } catch { throw failing(error) }
        }
        filter = { filter throws(PeerFailure) in
            do { return try await answerer.filter(digest: filter.digest, for: caller) } catch {
                throw failing(error)
            }
        }
        query = { request throws(PeerFailure) in
            do { return try await answerer.query(request, from: caller) } catch {
                throw failing(error)
            }
        }
    }
}
