import Membership
import Pseudonym
import Testing

@testable import Exchange

@Suite("Filters of the other nodes")
struct PeerFiltersTests {
    private let scene: AskScene
    private let node: NodeEntry

    init() async throws {
        scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        node = try #require(scene.directory.current.node(Samples.node("lakeside-node")))
    }

    private func filters(maxAgeSeconds: Int64 = 60, kid: String = "k1") async throws
        -> PeerFilters.NodeFilters
    {
        try await scene.filters.filters(
            of: node, as: Samples.member("harbor"), kid: kid, maxAgeSeconds: maxAgeSeconds,
            deadline: .now + .seconds(5))
    }

    private func failure() async -> PeerFailure? {
        await #expect(throws: PeerFailure.self) { try await filters() }
    }

    /// Serves another manifest instead of the node's own.
    private func serve(_ change: (Manifest) -> Manifest) async throws {
        let manifest = change(try await scene.manifest())
        scene.peers.change("lakeside-node") { script in script.manifest = { _ in manifest } }
    }

    private var token: Token {
        get throws { try #require(scene.others["lakeside-node"]).node.token(.zhang).token }
    }

    @Test("tell what the node may hold under a key, and nothing under one without filter")
    func lookUp() async throws {
        let filters = try await filters()
        #expect(try filters.mayHold(token, kid: "k1") == true)
        #expect(filters.mayHold(Samples.token(5), kid: "k1") == false)
        #expect(filters.mayHold(Samples.token(5), kid: "k2") == nil)
    }

    @Test("are fetched once while they are young enough, each filter only once at all")
    func caching() async throws {
        _ = try await filters()
        scene.clock.advance(by: .seconds(60))
        _ = try await filters()
        #expect(scene.peers.calls == [.manifest("lakeside-node"), .filter("lakeside-node")])
        scene.clock.advance(by: .seconds(1))
        try await scene.publish()
        _ = try await filters()
        #expect(
            scene.peers.calls == [
                .manifest("lakeside-node"), .filter("lakeside-node"), .manifest("lakeside-node"),
            ])
    }

    @Test("survive a restart: what was fetched is kept in the store")
    func restart() async throws {
        _ = try await filters()
        let restarted = PeerFilters(context: scene.own.context, peers: scene.peers)
        let again = try await restarted.filters(
            of: node, as: Samples.member("harbor"), kid: "k1", maxAgeSeconds: 60,
            deadline: .now + .seconds(5))
        #expect(try again.mayHold(token, kid: "k1") == true)
        #expect(scene.peers.calls.count { $0 == .filter("lakeside-node") } == 1)
    }

    @Test("several filters of one key are a union, also after the node has added one")
    func union() async throws {
        _ = try await filters()
        scene.clock.advance(by: .seconds(61))
        try await scene.hold(.li, by: "lakeside", rebuild: false)
        let union = try await filters()
        #expect(union.manifest.filters.count == 2)
        for resident in [Samples.Resident.zhang, .li] {
            let token = try #require(scene.others["lakeside-node"]).node.token(resident).token
            #expect(union.mayHold(token, kid: "k1") == true)
        }
    }

    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (Manifest) -> Manifest

        init(_ name: String, _ change: @escaping @Sendable (Manifest) -> Manifest) {
            testDescription = name
            self.change = change
        }

        init(
            _ name: String, node: String = "lakeside-node", asOf: Int64 = 0,
            members: [String] = ["lakeside", "reed"]
        ) {
            self.init(name) { manifest in
                Manifest(
                    node: Samples.node(node), asOf: manifest.asOf.advanced(bySeconds: asOf),
                    filters: manifest.filters,
                    members: members.map { id in
                        ManifestMember(
                            member: Samples.member(id), bookAsOf: Samples.now, subjects: 1,
                            undisclosed: 0)
                    })
            }
        }
    }

    @Test(
        "a manifest that cannot be is malformed, and changes nothing",
        arguments: [
            Lie("another node's", node: "harbor-node"),
            Lie("of the future", asOf: 61),
            Lie("older than the charter allows", asOf: -61),
            Lie("that names a member twice", members: ["lakeside", "lakeside"]),
            Lie("that names another node's member", members: ["lakeside", "harbor"]),
            Lie("that names a member nobody knows", members: ["lakeside", "nobody"]),
            Lie("whose filter has another count") { manifest in
                let entry = manifest.filters[0]
                return Manifest(
                    node: manifest.node, asOf: manifest.asOf,
                    filters: [
                        ManifestFilter(
                            kid: entry.kid, count: entry.count + 1, digest: entry.digest,
                            generated: entry.generated)
                    ], members: manifest.members)
            },
        ])
    func lies(lie: Lie) async throws {
        try await serve(lie.change)
        guard case .malformed? = await failure() else {
            Issue.record("not malformed")
            return
        }
        scene.peers.change("lakeside-node") {
            $0.manifest = { _ throws(PeerFailure) in
                throw .unreachable
            }
        }
        #expect(await failure() == .unreachable, "nothing usable is held")
    }

    @Test("a manifest up to 60 s in the future is forgiven, one of that age too")
    func skew() async throws {
        for seconds in [-60, 60] as [Int64] {
            let scene = try await AskScene()
            let manifest = try await scene.manifest()
            scene.peers.change("lakeside-node") { script in
                script.manifest = { _ in
                    Manifest(
                        node: manifest.node, asOf: Samples.now.advanced(bySeconds: seconds),
                        filters: manifest.filters, members: manifest.members)
                }
            }
            await #expect(throws: Never.self) {
                try await scene.filters.filters(
                    of: node, as: Samples.member("harbor"), kid: "k1", maxAgeSeconds: 60,
                    deadline: .now + .seconds(5))
            }
        }
    }

    @Test("a node cannot go back to a manifest from before")
    func backwards() async throws {
        let first = try await scene.manifest()
        scene.clock.advance(by: .seconds(30))
        try await scene.publish()
        _ = try await filters()
        try await serve { _ in first }
        let failure = await #expect(throws: PeerFailure.self) {
            try await scene.filters.refresh(
                node, as: Samples.member("harbor"), deadline: .now + .seconds(5))
        }
        guard case .malformed? = failure else {
            Issue.record("not malformed")
            return
        }
        #expect(try await filters().manifest.asOf == Samples.now.advanced(bySeconds: 30))
    }

    @Test("of two refreshes at once the later manifest stays, whichever ends last")
    func race() async throws {
        let early = try await scene.manifest()
        let gate = Gate()
        let body = try #require(
            await scene.others["lakeside-node"]?.node.store.filterBody(
                digest: early.filters[0].digest))
        scene.peers.change("lakeside-node") { script in
            script.manifest = { _ in early }
            script.filter = { _ in
                await gate.wait()
                return body
            }
        }
        async let slow = scene.filters.refresh(
            node, as: Samples.member("harbor"), deadline: .now + .seconds(5))
        await gate.reached()

        scene.clock.advance(by: .seconds(10))
        try await scene.hold(.li, by: "lakeside", rebuild: false)
        _ = try await scene.filters.refresh(
            node, as: Samples.member("harbor"), deadline: .now + .seconds(5))
        await gate.open()
        _ = try await slow
        #expect(try await filters().manifest.asOf == Samples.now.advanced(bySeconds: 10))
        #expect(try await filters().manifest.filters.count == 2)
    }

    @Test("a key without filter among those held makes them be fetched anew")
    func newKey() async throws {
        _ = try await filters()
        _ = try await filters()
        #expect(scene.peers.calls.count { $0 == .manifest("lakeside-node") } == 1)
        let unknown = try await filters(kid: "k2")
        #expect(scene.peers.calls.count { $0 == .manifest("lakeside-node") } == 2)
        #expect(unknown.mayHold(Samples.token(5), kid: "k2") == nil)
    }

    @Test(
        "bytes that are no filter are malformed, and are not kept",
        arguments: [[], [0xFF], Array(repeating: 0xFF, count: 64)] as [[UInt8]])
    func garbage(body: [UInt8]) async throws {
        scene.peers.change("lakeside-node") { script in script.filter = { _ in body } }
        #expect(await failure() == .malformed("a filter that cannot be decoded"))
        let digest = try await scene.manifest().filters[0].digest
        #expect(try await scene.own.store.peerFilterBody(digest: digest) == nil)
    }

    @Test("the background fetches from active nodes with lenders, and outlives those that fail")
    func background() async throws {
        var template = TestDirectory()
        template.nodes += [
            .init("cedar-node"), .init("closed-node", status: .suspended), .init("empty-node"),
        ]
        template.members += [
            .init("cedar", at: "cedar-node"), .init("closed", at: "closed-node"),
            .init("watchdog", at: "empty-node", role: .regulator),
        ]
        let scene = try await AskScene(template)
        scene.peers.set(.failing(.unreachable), for: "cedar-node")
        await scene.filters.refreshAll()
        #expect(
            Set(scene.peers.calls) == [
                .manifest("cedar-node"), .manifest("lakeside-node"), .filter("lakeside-node"),
            ])
    }
}

/// Holds one caller back until a test lets it go on.
private actor Gate {
    private var isOpen = false
    private var isReached = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watching: [CheckedContinuation<Void, Never>] = []

    /// Waits until the gate is open.
    func wait() async {
        isReached = true
        watching.forEach { $0.resume() }
        watching = []
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Waits until somebody waits at the gate.
    func reached() async {
        guard !isReached else { return }
        await withCheckedContinuation { watching.append($0) }
    }

    func open() {
        isOpen = true
        waiting.forEach { $0.resume() }
        waiting = []
    }
}
