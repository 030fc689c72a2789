import Foundation
import Membership
import TestSupport
import Testing

@testable import PeerHTTP

@Suite("Peer server: resumed TLS sessions")
struct ServerResumptionTests {
    private static let openssl = "/usr/bin/openssl"

    @Test(
        "a resumed session is authorised like a new one",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: openssl),
            "needs \(openssl): install the package openssl"))
    func resumed() async throws {
        try await RunningServer.with { server in
            let files = try server.consortium.files(for: TestConsortium.asker)
            let session = server.consortium.folder.appendingPathComponent("session.pem").path
            let first = try await Self.request(server, files, ["-sess_out", session])
            #expect(first.contains("200 OK"))

            try server.list(asker: .suspended)
            let second = try await Self.request(server, files, ["-sess_in", session])
            #expect(second.contains("Reused, TLSv1.3"))
            #expect(second.contains("403 Forbidden"))
            #expect(second.contains(#""code":"suspended""#))
        }
    }

    /// What `openssl s_client` prints for one request.
    private static func request(
        _ server: RunningServer, _ files: TestPKIFiles, _ arguments: [String]
    ) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: openssl)
        process.arguments =
            [
                "s_client", "-connect", "127.0.0.1:\(server.port)", "-ign_eof",
                "-cert", files.certificate.path, "-key", files.key.path,
                "-CAfile", files.authority.path,
            ] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let request = "GET /v1/node HTTP/1.1\r\nhost: node\r\nconnection: close\r\n\r\n"
        try input.fileHandleForWriting.write(contentsOf: Data(request.utf8))
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }
}
