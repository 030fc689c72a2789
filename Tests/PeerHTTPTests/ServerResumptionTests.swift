import Foundation
import Membership
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("Peer server: resumed TLS sessions")
struct ServerResumptionTests {
    @Test(
        "a resumed session is authorised like a new one",
        .enabled(if: OpenSSLClient.isThere, "\(OpenSSLClient.need)"),
        arguments: [true, false])
    func resumed(isDenied: Bool) async throws {
        try await RunningServer.with { server in
            let files = try server.consortium.files(for: TestConsortium.asker)
            let session = server.consortium.folder.appendingPathComponent("session.pem").path
            let first = try await Self.request(server, files, ["-sess_out", session])
            #expect(first.contains("200 OK"))
            let again = try await Self.request(server, files, ["-sess_in", session])
            #expect(again.contains("Reused, TLSv1.3"))
            #expect(again.contains("200 OK"))

            if isDenied {
                try server.deny(1, [TestConsortium.asker])
            } else {
                try server.list(asker: .suspended)
            }
            let second = try await Self.request(server, files, ["-sess_in", session])
            #expect(second.contains("Reused, TLSv1.3"))
            let new = try await Self.request(server, files, [])
            #expect(new.contains("New, TLSv1.3"))
            for answer in [second, new] {
                #expect(answer.contains("403 Forbidden"))
                #expect(answer.contains(#""code":"suspended""#))
            }
        }
    }

    private static func request(
        _ server: RunningServer, _ files: TestPKIFiles, _ arguments: [String]
    ) async throws -> String {
        try await OpenSSLClient.get(
            "/v1/node", port: server.port, certificate: files.certificate, key: files.key,
            roots: files.authority, arguments)
    }
}
