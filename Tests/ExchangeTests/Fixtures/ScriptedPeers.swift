import Crypto
import Exchange
import HTTPSignatures
import Membership
import StrictJSON
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

    /// What a call's reply has for a receipt, in place of the right one.
    typealias Receipting = @Sendable (_ right: String?, SignedCall, PeerReply) throws -> String?

    private let receipting = Mutex<Receipting?>(nil)
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

    /// From now on replies have other receipts.
    func give(_ receipting: @escaping Receipting) {
        self.receipting.withLock { $0 = receipting }
    }

    /// What was called, in the order of the calls.
    var calls: [Call] { noted.withLock { $0.map(\.call) } }

    /// By when the answers were wanted.
    var deadlines: [ContinuousClock.Instant] { noted.withLock { $0.map(\.deadline) } }

    func sign(
        _ message: PeerMessage, to node: NodeEntry, as member: MemberID
    ) throws(PeerFailure) -> SignedCall {
        guard let call = try? TestSignature.call(message, to: node, as: member) else {
            throw .unsigned
        }
        return call
    }

    func send(
        _ call: SignedCall, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> PeerReply {
        let script = script(of: call.node)
        let json: JSONValue
        switch call.message {
        case .evaluation(let request):
            note(.evaluate(call.node.id.text, kid: request.kid), deadline)
            json = try await script.evaluate(request).json
        case .query(let request):
            note(.query(call.node.id.text), deadline)
            json = try await script.query(request).json
        }
        guard let reply = try? TestSignature.reply(json, to: call) else { throw .badSignature }
        guard let receipting = receipting.withLock({ $0 }) else { return reply }
        return PeerReply(
            content: reply.content, body: reply.body, answer: reply.answer,
            receipt: try? receipting(reply.receipt, call, reply))
    }

    func manifest(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Manifest {
        note(.manifest(node.id.text), deadline)
        return try await script(of: node).manifest(())
    }

    func filter(
        _ filter: ManifestFilter, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        note(.filter(node.id.text), deadline)
        return try await script(of: node).filter(filter)
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
    init(honest answerer: Answerer, caller: Caller) {
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
