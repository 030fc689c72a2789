import Crypto
import Exchange
import Foundation
import Membership
import Pseudonym
import TransparencyLog

/// A regulator's denial key: a file of mode 0600 that holds the private half's 32 bytes
/// (protocol/directory.md, "Denials"). It belongs on no node: whoever has it can put everybody out.
public struct DenialKey: Sendable {
    private let signer: NoteSigner
    private let consortium: ConsortiumID

    /// What the directory must list.
    public var publicHalf: String { verifier.description }
    /// The same as a key of the directory.
    let verifier: VerifierKey

    /// Makes a key in a file that must not be there.
    public static func create(
        at file: URL, of regulator: MemberID, in consortium: ConsortiumID
    ) throws(NodeError) -> DenialKey {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw .file(file.path, "is there already")
        }
        let key = Curve25519.Signing.PrivateKey()
        try PrivateFile.write(key.rawRepresentation, to: file)
        return try DenialKey(key, of: regulator, in: consortium)
    }

    /// Reads a key's file.
    public init(
        file: URL, of regulator: MemberID, in consortium: ConsortiumID
    ) throws(NodeError) {
        let bytes = try PrivateFile.read(file, bytesMax: Self.fileBytes)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else {
            throw .file(file.path, "must hold exactly \(Self.fileBytes) bytes")
        }
        try self.init(key, of: regulator, in: consortium)
    }

    /// Signs a denial.
    ///
    /// - Parameters:
    ///   - version: greater than that of every denial before.
    ///   - ids: of nodes and members; none lifts everything.
    /// - Throws: `NodeError.failed` for an id that can be none, or too many.
    public func note(version: Int, ids: [String]) throws(NodeError) -> [UInt8] {
        guard let denial = Denial(consortium: consortium, version: version, ids: ids),
            let signature = try? signer.signature(of: denial.text),
            let note = try? SignedNote(text: denial.text, signatures: [signature])
        else { throw .failed("a version is 1 or more, an id [a-z0-9-]{3,40}") }
        guard note.bytes.count <= Denial.bytesMax else {
            throw .failed(
                "the note would have \(note.bytes.count) bytes, of which \(Denial.bytesMax) are "
                    + "allowed; deny nodes in place of their members")
        }
        return note.bytes
    }

    private static let fileBytes = 32

    private init(
        _ key: Curve25519.Signing.PrivateKey, of regulator: MemberID, in consortium: ConsortiumID
    ) throws(NodeError) {
        let text = MemberEntry.denialKeyName(of: regulator, in: consortium)
        guard let name = TransparencyLog.KeyName(text),
            let signer = NoteSigner(name: name, privateKey: key),
            let verifier = VerifierKey(signer.key.description)
        else { throw .failed("a denial key cannot be named '\(text)'") }
        self.signer = signer
        self.verifier = verifier
        self.consortium = consortium
    }
}

extension DenialKey: Redacted {
    /// Holds a private key; see `Redacted`.
    public static let redactedLabel = "<denial key>"
}
