import Exchange
import Membership
import Testing

@testable import PeerHTTP

@Suite("Peer server: whether it reaches the asker")
struct ServerReachabilityTests {
    @Test("an active node is told, signed; a suspended one, and one that does not sign, is not")
    func told() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            let answer = try await connection.exchange("GET /v1/reachability HTTP/1.1")
            #expect(answer.status == 200)
            #expect(answer.fields["signature"] != nil)
            #expect(answer.text.contains("\"node\":\"\(TestConsortium.asker)\""))
            #expect(answer.text.contains("\"code\":\"unreachable\""))
            let post = try await connection.exchange(
                "POST /v1/reachability HTTP/1.1\ncontent-type: application/json", body: [])
            #expect(post.status == 405)
            let named = try await connection.exchange(
                "GET /v1/reachability?host=127.0.0.1 HTTP/1.1")
            #expect(named.status == 404)
            try server.list(asker: .suspended)
            let late = try await connection.exchange("GET /v1/reachability HTTP/1.1")
            #expect(try late.problemCode() == "suspended")
        }
    }

    @Test("a client reads whether it is reached")
    func client() async throws {
        try await RunningServer.with { server in
            let lakeside = try #require(MemberID("lakeside"))
            let asker = try #require(NodeID(TestConsortium.asker))
            let other = try #require(NodeID("reed-node"))
            try await Asker.with(server.consortium) { client in
                let deadline = ContinuousClock.now + .seconds(30)
                let read = try await client.reachability(
                    of: asker, from: server.entry(), as: lakeside, deadline: deadline)
                #expect(read.code == "unreachable" && read.node == asker)
                await #expect(throws: PeerFailure.malformed("whom the node reaches")) {
                    try await client.reachability(
                        of: other, from: server.entry(), as: lakeside, deadline: deadline)
                }
            }
        }
    }
}
