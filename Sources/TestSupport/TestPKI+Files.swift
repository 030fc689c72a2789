import Foundation
import Membership

/// Where a certificate, its key and the authority's certificate lie as PEM files.
public struct TestPKIFiles: Sendable {
    /// The node's certificate.
    public let certificate: URL
    /// The node's private key (PKCS#8).
    public let key: URL
    /// The certificate of the authority that nodes trust, whoever issued `certificate`.
    public let authority: URL
}

extension TestPKI {
    /// Writes `<name>.crt`, `<name>.key` and `ca.crt` with mode 0600 into an existing folder.
    ///
    /// - Throws: ``TestPKIError/file``.
    public func write(
        _ issued: IssuedCertificate, named name: String, into folder: URL
    ) throws -> TestPKIFiles {
        let files = TestPKIFiles(
            certificate: folder.appendingPathComponent("\(name).crt"),
            key: folder.appendingPathComponent("\(name).key"),
            authority: folder.appendingPathComponent("ca.crt"))
        try Self.write(issued.certificatePEM, to: files.certificate)
        try Self.write(issued.privateKeyPEM, to: files.key)
        try Self.write(authority.certificatePEM, to: files.authority)
        return files
    }

    /// Runs `body` with a new folder of mode 0700 that is removed afterwards.
    public static func withTemporaryFolder<Result>(
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("creditmesh-pki-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private static func write(_ text: String, to file: URL) throws {
        let isWritten = FileManager.default.createFile(
            atPath: file.path, contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw TestPKIError.file }
    }
}
