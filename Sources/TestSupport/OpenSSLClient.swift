import Foundation

/// The program `openssl s_client`: a TLS client of others, for what a session is worth later.
public enum OpenSSLClient {
    /// The program.
    public static let program = "/usr/bin/openssl"
    /// Whether it is there.
    public static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }
    /// Why a test that needs it does not run.
    public static let need = "needs /usr/bin/openssl: install the package openssl"

    /// What it prints for one request to a node.
    ///
    /// - Parameter arguments: such as `["-sess_out", file]`.
    public static func get(
        _ path: String, port: Int, certificate: URL, key: URL, roots: URL,
        _ arguments: [String] = []
    ) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments =
            [
                "s_client", "-connect", "127.0.0.1:\(port)", "-ign_eof", "-cert", certificate.path,
                "-key", key.path, "-CAfile", roots.path,
            ] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let request = "GET \(path) HTTP/1.1\r\nhost: node\r\nconnection: close\r\n\r\n"
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
