import Membership
import Pseudonym

/// The filters of the other nodes, held locally, so that a miss is decided here and nothing more is
/// sent (the first promise).
public actor PeerFilters {
    /// What is known of one node.
    struct NodeFilters: Sendable {
        let manifest: Manifest
        /// By key, every filter of the union.
        let filters: [String: [TokenFilter]]

        /// The digests of the filters for a key, in the manifest's order.
        func digests(kid: String) -> [[UInt8]] {
            manifest.filters.filter { $0.kid == kid }.map(\.digest)
        }

        /// Whether the node may hold something under a token; nil when it has no filter for the key.
        func mayHold(_ token: Token, kid: String) -> Bool? {
            filters[kid].map { union in union.contains { $0.mayContain(token) } }
        }
    }

    private let context: NodeContext
    private let peers: any Peers
    private var nodes: [NodeID: NodeFilters] = [:]
    /// How the last fetching from each node went.
    public private(set) var looks: [NodeID: PeerLook] = [:]
    private var decoded: [[UInt8]: TokenFilter] = [:]

    /// Holds nothing until the first refresh.
    public init(context: NodeContext, peers: any Peers) {
        self.context = context
        self.peers = peers
    }

    /// The filters of a node as a member fetches them, not older than `maxAgeSeconds`, fetched anew when need be: also when
    /// the node has changed its key and none of them is for `kid`.
    func filters(
        of node: NodeEntry, as member: MemberID, kid: String, maxAgeSeconds: Int64,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> NodeFilters {
        if let held = nodes[node.id], held.filters[kid] != nil,
            context.clock.now.seconds(since: held.manifest.asOf) <= maxAgeSeconds
        {
            return held
        }
        let fresh = try await refresh(node, as: member, deadline: deadline)
        guard context.clock.now.seconds(since: fresh.manifest.asOf) <= maxAgeSeconds else {
            throw .malformed("a manifest that is too old")
        }
        return fresh
    }

    /// Fetches a node's manifest and those of its filters that are not here yet.
    @discardableResult
    func refresh(
        _ node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> NodeFilters {
        var asOf: Timestamp?
        do throws(PeerFailure) {
            let fresh = try await fetch(node, as: member, deadline: deadline, asOf: &asOf)
            looks[node.id] = PeerLook(at: context.clock.now, asOf: asOf, code: nil)
            return fresh
        } catch {
            looks[node.id] = PeerLook(
                at: context.clock.now, asOf: asOf,
                code: MemberOutcome(error).code ?? MemberOutcome(error).word)
            throw error
        }
    }

    /// - Parameter asOf: takes what the node signed of its time, whether or not it is believed.
    private func fetch(
        _ node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant,
        asOf: inout Timestamp?
    ) async throws(PeerFailure) -> NodeFilters {
        // Only what was held before the asking shows that a node went back in time: of two askings
        // at once the answers may arrive in either order.
        let known = nodes[node.id]?.manifest.asOf
        let manifest = try await peers.manifest(of: node, as: member, deadline: deadline)
        asOf = manifest.asOf
        try check(manifest, of: node, notBefore: known)
        var filters: [String: [TokenFilter]] = [:]
        for entry in manifest.filters {
            let filter = try await filter(entry, of: node, as: member, deadline: deadline)
            filters[entry.kid, default: []].append(filter)
        }
        // Another refresh may have brought a later manifest while this one waited for filters.
        if let held = nodes[node.id], held.manifest.asOf > manifest.asOf { return held }
        let fresh = NodeFilters(manifest: manifest, filters: filters)
        nodes[node.id] = fresh
        forgetUnused()
        return fresh
    }

    private func check(
        _ manifest: Manifest, of node: NodeEntry, notBefore known: Timestamp?
    ) throws(PeerFailure) {
        let skew = ExchangeLimits.clockSkewSeconds
        guard manifest.node == node.id else { throw .malformed("the manifest of another node") }
        guard manifest.asOf <= context.clock.now.advanced(bySeconds: skew) else {
            throw .malformed("a manifest of the future")
        }
        if let known, manifest.asOf < known {
            throw .malformed("a manifest older than the one before it")
        }
        let served = Set(context.directory.current.members(servedBy: node.id).map(\.id))
        let named = manifest.members.map(\.member)
        guard Set(named).count == named.count, served.isSuperset(of: named) else {
            throw .malformed("a manifest that names a member twice or one that is not its own")
        }
    }

    /// A filter from memory, from the store or from the node; its digest is checked by `Peers`.
    private func filter(
        _ entry: ManifestFilter, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> TokenFilter {
        if let held = decoded[entry.digest] {
            guard held.count == entry.count else { throw .malformed("a filter of another size") }
            return held
        }
        let kept = try? await context.store.peerFilterBody(digest: entry.digest)
        let body: [UInt8]
        if let kept {
            body = kept
        } else {
            body = try await peers.filter(entry, of: node, as: member, deadline: deadline)
        }
        let filter: TokenFilter
        do {
            filter = try TokenFilter(encoded: body, count: entry.count)
        } catch {
            throw .malformed("a filter that cannot be decoded")
        }
        if kept == nil {
            // Kept as proof of what was told; when that fails the answer is still good.
            try? await context.store.keepPeerFilter(entry, of: node.id, body: body)
        }
        decoded[entry.digest] = filter
        return filter
    }

    private func forgetUnused() {
        let used = Set(nodes.values.flatMap { $0.manifest.filters.map(\.digest) })
        decoded = decoded.filter { used.contains($0.key) }
    }
}

extension PeerFilters {
    /// Time for refreshing all nodes once in the background.
    public static let backgroundDeadline: Duration = .seconds(15)

    /// Fetches the manifests of all active nodes with lenders, and what is new of their filters.
    /// A node that does not answer keeps what is held; an ask finds out by itself. A node without a
    /// lender that may ask has nothing to fetch.
    public func refreshAll() async {
        let directory = context.directory.current
        let asking = directory.lenders(servedBy: context.node)
            .first { $0.status == .active || $0.status == .trial }
        guard let member = asking?.id else { return }
        let nodes = directory.nodes.filter { node in
            node.id != context.node && node.status == .active
                && !directory.lenders(servedBy: node.id).isEmpty
        }
        let deadline = ContinuousClock.now + Self.backgroundDeadline
        await withTaskGroup(of: Void.self) { group in
            for node in nodes {
                group.addTask {
                    _ = try? await self.refresh(node, as: member, deadline: deadline)
                }
            }
        }
    }
}
