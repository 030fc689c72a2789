import Crypto
import Exchange
import Foundation
import Membership
import Store
import TestSupport
import Testing
import TransparencyLog

/// Two regulators with denial keys, a directory that lists them, and a folder for what is kept.
final class DenialScene {
    let folder: URL
    let keys = ["banking", "insurance"].reduce(into: [:]) { keys, name in
        keys[name] = Curve25519.Signing.PrivateKey()
    }

    init() {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "denials-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Everyone of `TestDirectory`, and the regulators; with other keys than the scene's where told.
    func directory(
        listing others: [String: Curve25519.Signing.PrivateKey?] = [:]
    ) throws -> Directory {
        var directory = TestDirectory()
        for (name, key) in keys {
            var member = TestDirectory.Member(name, at: "harbor-node", role: .regulator)
            let listed = others[name] ?? key
            member.denialKey = try listed.map { try Self.listed($0, of: name) }
            directory.members.append(member)
        }
        return try directory.directory()
    }

    /// A board over what is kept, as after a start.
    func board(
        _ directory: Directory, atStep: @escaping @Sendable (NoteStep) throws -> Void = { _ in }
    ) throws -> DenialBoard {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return try DenialBoard(
            shelf: NoteFolder(folder.path, atStep: atStep), directory: directory)
    }

    /// A note of a regulator.
    func note(
        of name: String, _ version: Int, _ ids: [String],
        key: Curve25519.Signing.PrivateKey? = nil, consortium: String = TestDirectory.consortium
    ) throws -> [UInt8] {
        let consortium = try #require(ConsortiumID(consortium))
        let denial = try #require(Denial(consortium: consortium, version: version, ids: ids))
        return try self.note(of: name, text: denial.text, key: key)
    }

    /// Any text, signed by a regulator.
    func note(
        of name: String, text: [UInt8], key: Curve25519.Signing.PrivateKey? = nil
    ) throws -> [UInt8] {
        let signer = try Self.signer(name, #require(key ?? keys[name]))
        return try SignedNote(text: text, signatures: [signer.signature(of: text)]).bytes
    }

    static func signer(
        _ name: String, _ key: Curve25519.Signing.PrivateKey
    ) throws -> NoteSigner {
        let text = "\(TestDirectory.consortium)/deny/\(name)"
        let keyName = TransparencyLog.KeyName(text)
        let signer = keyName.flatMap { NoteSigner(name: $0, privateKey: key) }
        return try #require(signer)
    }

    static func listed(
        _ key: Curve25519.Signing.PrivateKey, of name: String
    ) throws -> VerifierKey {
        try #require(VerifierKey(signer(name, key).key.description))
    }
}

extension DenialBoard {
    /// Who is denied, by name.
    func names(_ directory: Directory) -> [String] {
        Set(standing(in: directory).flatMap(\.denial.ids)).sorted()
    }
}
