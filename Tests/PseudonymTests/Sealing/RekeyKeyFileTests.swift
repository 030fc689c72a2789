import Foundation
import Testing

@testable import Pseudonym

@Suite("Rekey key files")
final class RekeyKeyFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "creditmesh-rekey-\(UUID().uuidString)")
    private let now = Date(timeIntervalSince1970: 1_790_000_000.75)

    private var publicPath: String { folder.appending(path: "lakeside.pub").path }
    private var privatePath: String { folder.appending(path: "offline.key").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    @discardableResult
    private func create() throws -> RekeyPublicKey {
        try RekeyKeyFile.create(
            member: "lakeside", privatePath: privatePath, publicPath: publicPath, now: now)
    }

    private func members(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// Writes a changed form of a file in its place, mode 0600.
    private func rewrite(_ path: String, _ change: (inout [String: Any]) -> Void) throws {
        var members = try members(path)
        change(&members)
        try JSONSerialization.data(withJSONObject: members).write(to: URL(filePath: path))
        #expect(chmod(path, 0o600) == 0)
    }

    @Test("hold the two halves of one key, each in a file of mode 0600 of the form described")
    func roundTrip() throws {
        let made = try create()
        let loaded = try RekeyKeyFile.loadPrivate(privatePath)
        #expect(loaded.member == "lakeside")
        #expect(loaded.key.publicKey == made)
        #expect(try RekeyKeyFile.loadPublic(publicPath, member: "lakeside") == made)
        for path in [publicPath, privatePath] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let members = try members(path)
            #expect(members["version"] as? Int == 1)
            #expect(members["member"] as? String == "lakeside")
            #expect(members["createdAt"] as? String == "2026-09-21T14:13:20Z")
            #expect(members.count == 4)
        }
        #expect(try members(publicPath)["publicKey"] as? String == Base64URL.encode(made.bytes))
        #expect(
            try members(privatePath)["privateKey"] as? String == Base64URL.encode(loaded.key.bytes))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }

    @Test("are never overwritten, and neither is there when the other cannot be made")
    func neverOverwritten() throws {
        let made = try create()
        #expect(throws: KeyFileError.exists) { try create() }
        try FileManager.default.removeItem(atPath: publicPath)
        #expect(throws: KeyFileError.exists) { try create() }
        #expect(!FileManager.default.fileExists(atPath: publicPath))
        #expect(try RekeyKeyFile.loadPrivate(privatePath).key.publicKey == made)
        let lost = folder.appending(path: "none/lakeside.pub").path
        let other = folder.appending(path: "other.key").path
        #expect(throws: KeyFileError.system(operation: "create", errno: ENOENT)) {
            try RekeyKeyFile.create(
                member: "lakeside", privatePath: other, publicPath: lost, now: self.now)
        }
        #expect(!FileManager.default.fileExists(atPath: other))
    }

    @Test("are not taken for each other, or for another member's")
    func notMistaken() throws {
        try create()
        #expect(throws: KeyFileError.format) { try RekeyKeyFile.loadPrivate(publicPath) }
        #expect(throws: KeyFileError.format) {
            try RekeyKeyFile.loadPublic(privatePath, member: "lakeside")
        }
        #expect(throws: KeyFileError.format) {
            try RekeyKeyFile.loadPublic(publicPath, member: "harbor")
        }
    }

    @Test(
        "are refused in another form",
        arguments: [
            ("version", "1"), ("member", ""), ("member", "Lakeside"), ("member", "a b"),
            ("createdAt", "2026-09-21"), ("privateKey", ""), ("privateKey", "AQ"),
            ("publicKey", "AQ"), ("more", "1"),
        ])
    func refuseOtherForms(name: String, value: String) throws {
        try create()
        try rewrite(privatePath) { $0[name] = value }
        #expect(throws: KeyFileError.format) { try RekeyKeyFile.loadPrivate(privatePath) }
    }

    @Test(
        "are refused without one of their members",
        arguments: ["version", "member", "createdAt", "privateKey"])
    func refuseMissing(name: String) throws {
        try create()
        try rewrite(privatePath) { $0[name] = nil }
        #expect(throws: KeyFileError.format) { try RekeyKeyFile.loadPrivate(privatePath) }
    }

    @Test("are refused when others may read them, also the public half: it decides who can open")
    func refuseOpenModes() throws {
        try create()
        #expect(chmod(privatePath, 0o640) == 0)
        #expect(throws: KeyFileError.permissions) { try RekeyKeyFile.loadPrivate(privatePath) }
        #expect(chmod(publicPath, 0o606) == 0)
        #expect(throws: KeyFileError.permissions) {
            try RekeyKeyFile.loadPublic(publicPath, member: "lakeside")
        }
    }

    @Test("with a public half that anyone could open are refused")
    func refuseWeakKey() throws {
        try create()
        try rewrite(publicPath) {
            $0["publicKey"] = Base64URL.encode([UInt8](repeating: 0, count: 32))
        }
        #expect(throws: KeyFileError.format) {
            try RekeyKeyFile.loadPublic(publicPath, member: "lakeside")
        }
    }
}
