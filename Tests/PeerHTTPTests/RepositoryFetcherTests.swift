import NIOSSL
import TUF
import Testing

@testable import PeerHTTP

@Suite("Fetching a repository")
struct RepositoryFetcherTests {
    /// Runs a fetcher of a server that always gives the same answer.
    private static func with<Result>(
        _ answer: String, trusting isTrusting: Bool = true,
        _ body: (RepositoryFetcher, CannedServer) async throws -> Result
    ) async throws -> Result {
        try await TestConsortium.with { consortium in
            let files = try consortium.files(for: TestConsortium.server)
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate.path)
                    .map { .certificate($0) },
                privateKey: .privateKey(
                    try NIOSSLPrivateKey(file: files.key.path, format: .pem)))
            tls.applicationProtocols = ["http/1.1"]
            return try await CannedServer.with(tls: tls, answer: .bytes(Array(answer.utf8))) {
                server in
                let fetcher = try RepositoryFetcher(
                    url: "https://127.0.0.1:\(server.port)/directory",
                    roots: isTrusting ? files.authority.path : nil)
                do {
                    let result = try await body(fetcher, server)
                    await fetcher.shutdown()
                    return result
                } catch {
                    await fetcher.shutdown()
                    throw error
                }
            }
        }
    }

    /// What the fetcher makes of an answer, read up to 8 bytes.
    private static func outcome(
        of answer: String, trusting isTrusting: Bool = true
    ) async throws -> Result<[UInt8]?, UpdateFault> {
        try await with(answer, trusting: isTrusting) { fetcher, _ in
            do throws(UpdateFault) {
                return .success(try await fetcher.file("timestamp.json", bytesMax: 8))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test("keeps the connection on which it heard that a file is not there")
    func keptConnection() async throws {
        let answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nno!\r\n"
        try await Self.with(answer) { fetcher, server in
            for _ in 0..<3 {
                let file = try await fetcher.file("2.root.json", bytesMax: 8)
                #expect(file == nil)
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test(
        "takes a file of at most the bytes that it may have, and knows what is not there",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n12345678", Array("12345678".utf8)),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", []),
            ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", nil),
            ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", nil),
        ] as [(String, [UInt8]?)])
    func taken(answer: String, bytes: [UInt8]?) async throws {
        #expect(try await Self.outcome(of: answer) == .success(bytes))
    }

    @Test(
        "refuses everything else",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", UpdateFault.tooLarge),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n123456789\r\n0\r\n\r\n",
                .tooLarge
            ),
            ("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", .unreachable),
            ("HTTP/1.1 304 Not Modified\r\n\r\n", .unreachable),
            ("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", .unreachable),
            (
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n1",
                .unreachable
            ),
            ("SSH-2.0-x\r\n\r\n", .unreachable),
        ])
    func refused(answer: String, fault: UpdateFault) async throws {
        #expect(try await Self.outcome(of: answer) == .failure(fault))
    }

    @Test("does not talk to a server of another authority")
    func otherAuthority() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
        #expect(try await Self.outcome(of: answer, trusting: false) == .failure(.unreachable))
    }
}

@Suite("Names of the repository's files in paths")
struct DirectoryFileNameTests {
    @Test(
        "are of one part, small letters and digits",
        arguments: [
            "timestamp.json", "12.root.json", "1.snapshot.json",
            String(repeating: "a0", count: 32) + ".members.json",
        ])
    func names(text: String) {
        #expect(DirectoryFileName(text)?.text == text)
        #expect(PeerRoute(path: "/v1/directory/" + text)?.path == "/v1/directory/" + text)
    }

    @Test(
        "nothing else is one",
        arguments: [
            "", ".json", "json", "a.b.c.json", "../1.root.json", "1.root.json/", "1.Root.json",
            ".1.root.json", "1..json", "1.root.json.4711", "timestamp.json?x", "%74.json",
            String(repeating: "a", count: 92) + ".json",
        ])
    func others(text: String) {
        #expect(DirectoryFileName(text) == nil)
        #expect(PeerRoute(path: "/v1/directory/" + text) == nil)
    }
}
