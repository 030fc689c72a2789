import Foundation
import Testing

@testable import Pseudonym

@Suite("Key files")
final class PseudonymKeyFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "creditmesh-keys-\(UUID().uuidString)")
    private let kid: KeyID
    private let now = Date(timeIntervalSince1970: 1_790_000_000.75)

    private var path: String { folder.appending(path: "k1.json").path }

    init() throws {
        kid = try #require(KeyID(rawValue: "k1"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func create() throws -> PseudonymKey {
        try PseudonymKeyFile.create(at: path, kid: kid, state: .current, now: now)
    }

    /// Writes a file of mode 0600 with the content of a good key file after `change`.
    private func write(_ change: (inout [String: Any]) -> Void) throws {
        var members: [String: Any] = [
            "version": 1, "kid": "k1", "state": "current", "createdAt": "2026-09-21T14:13:20Z",
            "secretKey": Base64URL.encode([1] + [UInt8](repeating: 0, count: 31)),
        ]
        change(&members)
        try write(JSONSerialization.data(withJSONObject: members))
    }

    private func write(_ data: Data) throws {
        try data.write(to: URL(fileURLWithPath: path))
        try setMode(0o600)
    }

    private func setMode(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("keep a key with name, state and time to the second", arguments: KeyState.allCases)
    func roundTrip(state: KeyState) throws {
        let made = try PseudonymKeyFile.create(at: path, kid: kid, state: state, now: now)
        let loaded = try PseudonymKeyFile.load(path)
        #expect(loaded.kid == kid)
        #expect(loaded.state == state)
        #expect(loaded.createdAt == Date(timeIntervalSince1970: 1_790_000_000))
        #expect(loaded.createdAt == made.createdAt)
        #expect(loaded.secret.bytes == made.secret.bytes)
        #expect(loaded.secret.publicKey == made.secret.publicKey)
    }

    @Test("have mode 0600, the form described, and nothing beside them")
    func haveModeAndForm() throws {
        let key = try create()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["k1.json"])
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let members = try #require(object)
        #expect(members.count == 5)
        #expect(members["version"] as? Int == 1)
        #expect(members["createdAt"] as? String == "2026-09-21T14:13:20Z")
        #expect(members["secretKey"] as? String == Base64URL.encode(key.secret.bytes))
    }

    @Test("are never overwritten")
    func areNeverOverwritten() throws {
        let first = try create()
        #expect(throws: KeyFileError.exists) { try create() }
        #expect(try PseudonymKeyFile.load(path).secret.bytes == first.secret.bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["k1.json"])
    }

    @Test("do not follow a link that lies in their place")
    func doNotFollowLinks() throws {
        let target = folder.appending(path: "target").path
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        #expect(throws: KeyFileError.exists) { try create() }
        #expect(!FileManager.default.fileExists(atPath: target))
        #expect(throws: KeyFileError.notPlainFile) { try PseudonymKeyFile.load(path) }
    }

    @Test("need a folder that is there")
    func needFolder() {
        let missing = folder.appending(path: "none/k1.json").path
        #expect(throws: KeyFileError.system(operation: "create", errno: ENOENT)) {
            try PseudonymKeyFile.create(at: missing, kid: self.kid, state: .next, now: self.now)
        }
        #expect(throws: KeyFileError.missing) { try PseudonymKeyFile.load(missing) }
    }

    @Test(
        "are refused when group or others have any right",
        arguments: [0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o644, 0o666])
    func refuseOpenModes(mode: Int) throws {
        _ = try create()
        try setMode(mode)
        #expect(throws: KeyFileError.permissions) { try PseudonymKeyFile.load(path) }
        #expect(KeyFileError.permissions.description.contains("chmod 600"))
    }

    @Test("change their state and nothing else", arguments: KeyState.allCases)
    func changeState(state: KeyState) throws {
        let made = try create()
        let changed = try PseudonymKeyFile.change(path, to: state)
        let loaded = try PseudonymKeyFile.load(path)
        for key in [changed, loaded] {
            #expect(key.state == state)
            #expect(key.kid == kid && key.createdAt == made.createdAt)
            #expect(key.secret.bytes == made.secret.bytes)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["k1.json"])
    }

    @Test("are overwritten before they are removed")
    func destroy() throws {
        _ = try create()
        let other = folder.appending(path: "link.json").path
        #expect(link(path, other) == 0)
        try PseudonymKeyFile.destroy(path)
        #expect(!FileManager.default.fileExists(atPath: path))
        let left = try #require(FileManager.default.contents(atPath: other))
        #expect(!left.isEmpty && left.allSatisfy { $0 == 0 })
        #expect(throws: KeyFileError.missing) { try PseudonymKeyFile.destroy(path) }
        #expect(throws: KeyFileError.missing) { try PseudonymKeyFile.change(path, to: .retiring) }
    }

    @Test("may be read-only")
    func acceptReadOnly() throws {
        _ = try create()
        try setMode(0o400)
        #expect(throws: Never.self) { try PseudonymKeyFile.load(path) }
    }

    @Test(
        "of another user are refused",
        .enabled(if: geteuid() == 0, "only root can give a file away"))
    func refuseOtherOwners() throws {
        _ = try create()
        #expect(chown(path, 65_534, 65_534) == 0)
        #expect(throws: KeyFileError.owner) { try PseudonymKeyFile.load(path) }
    }

    @Test("are plain files, not folders or pipes")
    func refuseOtherKinds() throws {
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: KeyFileError.notPlainFile) { try PseudonymKeyFile.load(path) }
        #expect(throws: KeyFileError.notPlainFile) { try PseudonymKeyFile.load(folder.path) }
    }

    @Test("are at most 4 KiB long")
    func boundLength() throws {
        try write { _ in }
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        let padding = { (size: Int) in Data(repeating: 0x20, count: size - good.count) }
        try write(good + padding(PseudonymKeyFile.bytesMax))
        #expect(throws: Never.self) { try PseudonymKeyFile.load(path) }
        try write(good + padding(PseudonymKeyFile.bytesMax + 1))
        #expect(throws: KeyFileError.tooLarge) { try PseudonymKeyFile.load(path) }
    }

    @Test(
        "are refused when a member is missing",
        arguments: ["version", "kid", "state", "createdAt", "secretKey"])
    func refuseMissingMember(name: String) throws {
        try write { $0[name] = nil }
        #expect(throws: KeyFileError.format) { try PseudonymKeyFile.load(path) }
    }

    @Test(
        "are refused when a member has another form",
        arguments: [
            ("kid", ""), ("kid", "k 1"), ("kid", "schlüssel"), ("state", "old"),
            ("state", "Current"), ("createdAt", "2026-09-21"),
            ("createdAt", "2026-13-21T14:13:20Z"),
            ("createdAt", "2026-09-21T14:13:20+00:00"), ("createdAt", "2026-09-21T14:13:20.5Z"),
            ("secretKey", ""), ("secretKey", "AQ"),
            ("secretKey", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            ("secretKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("secretKey", "__________________________________________8"), ("more", "1"),
        ])
    func refuseOtherForms(name: String, value: String) throws {
        try write { $0[name] = value }
        #expect(throws: KeyFileError.format) { try PseudonymKeyFile.load(path) }
    }

    @Test("are refused when they are of another version, or no JSON at all")
    func refuseOthers() throws {
        try write { $0["version"] = 2 }
        #expect(throws: KeyFileError.format) { try PseudonymKeyFile.load(path) }
        for text in ["", "{", "[]", "null", "-----BEGIN PRIVATE KEY-----"] {
            try write(Data(text.utf8))
            #expect(throws: KeyFileError.format) { try PseudonymKeyFile.load(path) }
        }
    }
}
