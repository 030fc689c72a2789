import Exchange
import Membership
import StrictJSON
import Testing

@testable import PeerHTTP

@Suite("Peer server: news of the directory")
struct ServerDirectoryNewsTests {
    private static let post = "POST /v1/directory HTTP/1.1\ncontent-type: application/json"

    @Test(
        "a node tells which edition it holds, a suspended one too, and is told",
        arguments: [true, false])
    func told(isSuspended: Bool) async throws {
        try await RunningServer.with { server in
            if isSuspended { try server.list(asker: .suspended) }
            let body: JSONValue = ["member": "lakeside", "root": 2, "timestamp": 17]
            let answer = try await server.connect().exchange(Self.post, body: body.encoded)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"root":2,"timestamp":16}"#)
            #expect(answer.fields["signature"] != nil)
            let heard = try #require(server.listener.heard.first)
            #expect(heard.edition == DirectoryEdition(root: 2, timestamp: 17))
            #expect(heard.node.text == TestConsortium.asker)
        }
    }

    @Test(
        "what says no edition is refused, signed, and not heard",
        arguments: [
            (["member": "lakeside", "root": 2], "bad-request"),
            (["member": "lakeside", "root": 0, "timestamp": 17], "bad-request"),
            (["member": "lakeside", "root": 2, "timestamp": "17"], "bad-request"),
            (["member": "lakeside", "root": 2, "timestamp": 17, "more": 1], "bad-request"),
            (["member": "reed", "root": 2, "timestamp": 17], "unknown-member"),
            (["root": 2, "timestamp": 17], "bad-request"),
        ] as [(JSONValue, String)])
    func refused(body: JSONValue, code: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.connect().exchange(Self.post, body: body.encoded)
            #expect(try answer.problemCode() == code)
            #expect(answer.fields["signature"] != nil)
            #expect(server.listener.heard.isEmpty)
        }
    }

    @Test("a denied node tells nothing")
    func denied() async throws {
        try await RunningServer.with { server in
            try server.deny(1, [TestConsortium.asker])
            let body: JSONValue = ["member": "lakeside", "root": 2, "timestamp": 17]
            let answer = try await server.connect().exchange(Self.post, body: body.encoded)
            #expect(try answer.problemCode() == "suspended")
            #expect(server.listener.heard.isEmpty)
        }
    }

    @Test("a client tells a node, and reads what is held there")
    func client() async throws {
        try await RunningServer.with { server in
            let lakeside = try #require(MemberID("lakeside"))
            try await Asker.with(server.consortium) { client in
                let theirs = try await client.tell(
                    DirectoryEdition(root: 1, timestamp: 99), to: server.entry(), as: lakeside,
                    deadline: .now + .seconds(30))
                #expect(theirs == ManualListener.edition)
                #expect(theirs > DirectoryEdition(root: 1, timestamp: 99))
            }
        }
    }
}
