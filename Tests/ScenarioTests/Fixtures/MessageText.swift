import NodeAssembly
import Pseudonym

/// Messages to a node, as text, so that a test can write what no honest client would.
enum MessageText {
    /// Elements that are some.
    static func evaluation(
        member: String = "harbor", kid: String = "k1", elements count: Int = 1
    ) -> [UInt8] {
        evaluation(
            member: member, kid: kid,
            elements: Array(repeating: Base64URL.encode(element), count: count))
    }

    /// Elements as written.
    static func evaluation(
        member: String = "harbor", kid: String = "k1", elements: [String]
    ) -> [UInt8] {
        let list = elements.map { "\"\($0)\"" }.joined(separator: ",")
        return Array(#"{"member":"\#(member)","kid":"\#(kid)","elements":[\#(list)]}"#.utf8)
    }

    /// One question, its parts as written.
    static func query(
        member: String = "harbor", kid: String = "k1", purpose: String = "loan-approval",
        token: String = String(repeating: "A", count: 43), more: String = "",
        consent: String = consent(), count: Int = 1
    ) -> [UInt8] {
        let one = #"{"token":"\#(token)","consent":\#(consent)\#(more)}"#
        let list = Array(repeating: one, count: count).joined(separator: ",")
        return Array(
            #"{"member":"\#(member)","kid":"\#(kid)","purpose":"\#(purpose)","queries":[\#(list)]}"#
                .utf8)
    }

    /// A consent, its parts as written.
    static func consent(
        purposes: String = #"["loan-approval"]"#, from grantedAt: String = "2026-01-05T09:00:00Z",
        to expiresAt: String = "2099-01-05T09:00:00Z"
    ) -> String {
        let digest = String(repeating: "A", count: 43) + "="
        return #"{"basis":"consent","purposes":\#(purposes),"reference":"AAAAAAAAAAAAAAAAAAAAAA","#
            + #""grantedAt":"\#(grantedAt)","expiresAt":"\#(expiresAt)","#
            + #""evidenceDigest":"sha-256=:\#(digest):"}"#
    }

    private static let element = VOPRFSecretKey.generate().publicKey.bytes
}

extension ScenarioConsortium {
    /// Talks to a node as another one.
    func call(
        _ node: String, as caller: String, _ body: (PeerCaller) async throws -> Void
    ) async throws {
        let endpoint = try entry(node).endpoint
        let signing = PeerCaller.Signing(
            keys: try SigningKeys(home: home(caller)), endpoint: endpoint, clock: clock)
        try await PeerCaller.with(
            PeerCaller.Credentials(of: home(caller)), port: endpoint.port, signing: signing, body)
    }
}
