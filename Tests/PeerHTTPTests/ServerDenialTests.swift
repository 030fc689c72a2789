import Exchange
import Membership
import StrictJSON
import Testing

@testable import PeerHTTP

@Suite("Peer server: denials")
struct ServerDenialTests {
    private static let paths = [
        "/v1/node", "/v1/manifest", "/v1/denials", "/v1/directory/timestamp.json",
        "/v1/log/checkpoint", "/v1/log/tile/0/000",
        "/v1/filters/" + String(repeating: "0", count: 64),
        "/nowhere",
    ]

    @Test("a denied node is refused at its next request on an open connection, on every path")
    func everyPath() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            #expect(try await connection.exchange("GET /v1/node HTTP/1.1").status == 200)
            try server.deny(1, [TestConsortium.asker])
            for path in Self.paths {
                let response = try await connection.exchange("GET \(path) HTTP/1.1")
                #expect(response.status == 403, "\(path)")
                #expect(try response.problemCode() == "suspended", "\(path)")
                #expect(response.fields["signature"] == nil, "\(path)")
            }
            let post = try await connection.exchange(
                "POST /v1/denials HTTP/1.1\ncontent-type: application/json",
                body: try Self.message(server, 2, []))
            #expect(try post.problemCode() == "suspended")
            #expect(try await server.request("GET /v1/node HTTP/1.1").status == 403)

            try server.deny(2, [])
            #expect(try await connection.exchange("GET /v1/node HTTP/1.1").status == 200)
        }
    }

    @Test("a suspended node still gets and gives denials", arguments: [true, false])
    func suspendedNode(isSuspended: Bool) async throws {
        try await RunningServer.with { server in
            if isSuspended { try server.list(asker: .suspended) }
            let connection = try await server.connect()
            let empty = try await connection.exchange("GET /v1/denials HTTP/1.1")
            #expect(empty.text == #"{"denials":[]}"#)
            let body = try Self.message(server, 1, ["reed"])
            let given = try await connection.exchange(
                "POST /v1/denials HTTP/1.1\ncontent-type: application/json", body: body)
            #expect(given.status == 200)
            #expect(given.fields["signature"] != nil)
            let note = try TestDenials.note(1, ["reed"], in: server.consortium.pki.consortium)
            #expect(given.text == DenialList(denials: [note]).json.text)
            #expect(try await connection.exchange("GET /v1/denials HTTP/1.1").text == given.text)
            // An older one is no fault and changes nothing.
            try server.deny(2, [])
            let older = try await connection.exchange(
                "POST /v1/denials HTTP/1.1\ncontent-type: application/json", body: body)
            #expect(older.status == 200)
            #expect(older.text != given.text)
        }
    }

    @Test("what is no denial is refused, signed")
    func refused() async throws {
        try await RunningServer.with { server in
            let connection = try await server.connect()
            try server.deny(1, [])
            let denial = String(
                decoding: try TestDenials.note(2, [], in: server.consortium.pki.consortium),
                as: UTF8.self)
            let conflict = String(
                decoding: try TestDenials.note(1, ["reed"], in: server.consortium.pki.consortium),
                as: UTF8.self)
            let bodies: [(JSONValue, String)] = [
                (["member": "lakeside", "denial": "no note"], "invalid-denial"),
                (["member": "lakeside", "denial": .string(conflict)], "invalid-denial"),
                (["member": "reed", "denial": .string(denial)], "unknown-member"),
                (["member": "lakeside"], "bad-request"),
                (["member": "lakeside", "denial": 7], "bad-request"),
                (["member": "lakeside", "denial": .string(denial), "more": 1], "bad-request"),
                (
                    [
                        "member": "lakeside",
                        "denial": .string(String(repeating: "a", count: Denial.bytesMax + 1)),
                    ], "malformed-json"
                ),
            ]
            for (body, code) in bodies {
                let answer = try await connection.exchange(
                    "POST /v1/denials HTTP/1.1\ncontent-type: application/json",
                    body: body.encoded)
                #expect(try answer.problemCode() == code)
                #expect(answer.fields["signature"] != nil)
            }
            let other = try await connection.exchange("DELETE /v1/denials HTTP/1.1")
            #expect(other.status == 405)
            #expect(other.fields["allow"] == "GET, POST")
        }
    }

    @Test("a client gives a denial and reads those that count")
    func client() async throws {
        try await RunningServer.with { server in
            let note = try TestDenials.note(1, ["reed"], in: server.consortium.pki.consortium)
            let lakeside = try #require(MemberID("lakeside"))
            try await Asker.with(server.consortium) { client in
                let deadline = ContinuousClock.now + .seconds(30)
                let given = try await client.give(
                    denial: note, to: server.entry(), as: lakeside, deadline: deadline)
                #expect(given == [note])
                let read = try await client.denials(
                    of: server.entry(), as: lakeside, deadline: deadline)
                #expect(read == [note])
                await #expect(throws: PeerFailure.refused(.invalidDenial)) {
                    try await client.give(
                        denial: Array("no note".utf8), to: server.entry(), as: lakeside,
                        deadline: deadline)
                }
            }
        }
    }

    private static func message(
        _ server: RunningServer, _ version: Int, _ ids: [String]
    ) throws -> [UInt8] {
        let note = try TestDenials.note(version, ids, in: server.consortium.pki.consortium)
        return DenialRequest(member: try #require(MemberID("lakeside")), denial: note).json.encoded
    }
}

extension JSONValue {
    /// The document as text.
    fileprivate var text: String { String(decoding: encoded, as: UTF8.self) }
}
