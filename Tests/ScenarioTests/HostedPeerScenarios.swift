import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import Testing
import TransparencyLog

@testable import PeerHTTP

/// `guild-node` hosts maple, birch and willow: towards other nodes each stands for itself. That quotas are
/// apart show the admission scenarios.
@Suite("Scenario: several members of one node towards other nodes")
struct HostedPeerScenarios {
    private static let members = HostedRouteScenarios.members

    /// What a route does with the member that signed.
    private enum Row {
        /// Its body names the member; what it answers to that one's own request.
        case named(@Sendable (String) -> [UInt8], own: String)
        /// It says the same to every member of the node.
        case anyMember
        /// It names the member, and is not there where the directory is one file, as here.
        case absent(String)
        /// It is for regulators.
        case regulators
    }

    /// Every route: one that is new has no row, and this does not compile.
    private static func row(of route: PeerRoute) -> Row {
        switch route {
        case .evaluations: .named({ MessageText.evaluation(member: $0) }, own: "200")
        case .queries: .named({ MessageText.query(member: $0) }, own: "200")
        case .newDenial:
            .named(
                { Array(#"{"member":"\#($0)","denial":"no note"}"#.utf8) },
                own: "422 invalid-denial")
        case .directoryNews:
            .absent(#"{"member":"maple","root":1,"timestamp":1}"#)
        case .manifest, .filter, .node, .checkpoint, .cosigned, .tile, .directory, .denials,
            .reachability, .seen:
            .anyMember
        case .entries, .evidence: .regulators
        }
    }

    /// One of each.
    private static func routes() throws -> [PeerRoute] {
        [
            .evaluations, .queries, .manifest, .filter(SHA256Digest(hashing: [])), .node,
            .checkpoint, .cosigned, .tile(try #require(TileID(level: 0, index: 0, width: 1))),
            .entries(try #require(EntryBundleID(index: 0, width: 1))),
            .evidence(try #require(EntryIndex(0)), authority: nil),
            .directory(try #require(DirectoryFileName("timestamp.json"))), .denials, .newDenial,
            .directoryNews, .reachability, .seen,
        ]
    }

    @Test("a member's key signs for that member alone, at every route")
    func keys() async throws {
        try await ScenarioConsortium.run { consortium in
            var open: [String: Set<String>] = [:]
            for signer in Self.members {
                try await Self.call("cedar-node", as: signer, of: consortium) { caller in
                    for route in try Self.routes() {
                        switch Self.row(of: route) {
                        case .named(let body, let own):
                            for named in Self.members + ["harbor", "regulator"] {
                                let verdict = try await caller.post(route.path, body(named)).verdict
                                #expect(
                                    verdict == (named == signer ? own : "403 unknown-member"),
                                    "\(signer) for \(named) at \(route.path)")
                            }
                        case .anyMember:
                            let verdict = try await caller.get(route.path).verdict
                            open[route.path, default: []].insert(verdict)
                        case .absent(let body):
                            let verdict = try await caller.post(route.path, Array(body.utf8))
                                .verdict
                            #expect(verdict == "404 not-found", "\(route.path)")
                        case .regulators:
                            let verdict = try await caller.get(route.path).verdict
                            #expect(verdict == "403 not-supervised", "\(route.path)")
                        }
                    }
                }
            }
            for (path, verdicts) in open {
                #expect(verdicts.count == 1, "\(path): \(verdicts)")
                #expect(!verdicts.contains { $0.hasPrefix("401") }, "\(path)")
            }
        }
    }

    @Test("a suspended member's key opens nothing through its neighbours, nor theirs for it")
    func suspended() async throws {
        try await ScenarioConsortium.run(books: [:]) { consortium in
            try await consortium.publish { try $0.set(.suspended, ofMember: "maple") }
            for (signer, expected) in [("maple", "403 suspended"), ("birch", "200")] {
                try await Self.call("cedar-node", as: signer, of: consortium) { caller in
                    #expect(try await caller.get("/v1/manifest").verdict == expected)
                    let body = MessageText.evaluation(member: "maple")
                    let named = try await caller.post("/v1/evaluations", body).verdict
                    #expect(named == (signer == "maple" ? expected : "403 unknown-member"))
                }
            }
        }
    }

    /// Talks to a node with the certificate of `guild-node` and the keys of one member of it alone.
    private static func call(
        _ node: String, as member: String, of consortium: ScenarioConsortium,
        _ body: (PeerCaller) async throws -> Void
    ) async throws {
        let guild = try consortium.home("guild-node")
        let id = try consortium.entry(ofMember: member).id
        let home = NodeHome(consortium.site.folder.appending(path: "only-\(member)"))
        if !FileManager.default.fileExists(atPath: home.requestKeys.path) {
            try NodeHome.createFolder(home.requestKeys)
            try FileManager.default.copyItem(
                at: guild.requestKeys(of: id), to: home.requestKeys(of: id))
        }
        let endpoint = try consortium.entry(node).endpoint
        try await PeerCaller.with(
            PeerCaller.Credentials(of: guild), port: endpoint.port,
            signing: PeerCaller.Signing(
                keys: try SigningKeys(home: home), endpoint: endpoint, clock: consortium.clock),
            body)
    }
}
