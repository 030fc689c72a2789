import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing

/// `guild-node` hosts maple, birch and willow: towards other nodes each stands for itself. That quotas are
/// apart show the admission scenarios.
@Suite("Scenario: several members of one node towards other nodes")
struct HostedPeerScenarios {
    private static let members = HostedRouteScenarios.members

    @Test("a member's key signs for that member alone, at every route that names one")
    func keys() async throws {
        try await ScenarioConsortium.run { consortium in
            for signer in Self.members {
                try await Self.call("cedar-node", as: signer, of: consortium) { caller in
                    for named in Self.members + ["harbor", "regulator"] {
                        let isOwn = named == signer
                        let denial = #"{"member":"\#(named)","denial":"no note"}"#
                        let posts: [(path: String, body: [UInt8], verdict: String)] = [
                            ("/v1/evaluations", MessageText.evaluation(member: named), "200"),
                            ("/v1/queries", MessageText.query(member: named), "200"),
                            ("/v1/denials", Array(denial.utf8), "422 invalid-denial"),
                        ]
                        for (path, body, own) in posts {
                            let verdict = try await caller.post(path, body).verdict
                            #expect(
                                verdict == (isOwn ? own : "403 unknown-member"),
                                "\(signer) for \(named) at \(path)")
                        }
                    }
                    // The log of another node is a regulator's, whoever of the lenders asks.
                    let evidence = try await caller.get("/v1/evidence/0").verdict
                    #expect(evidence.hasPrefix("403"), "\(evidence)")
                }
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
