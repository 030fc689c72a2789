import Crypto

@testable import TransparencyLog

/// Keys and texts of an invented log.
enum Sample {
    static let origin = "demo.creditmesh.example/log/harbor"

    static func name(_ text: String) throws -> KeyName {
        guard let name = KeyName(text) else { throw FixtureError.text }
        return name
    }

    /// A private key of a label, the same on every run.
    static func privateKey(_ label: String) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: SHA256.hash(data: Array(label.utf8)))
    }

    static func signer(_ label: String = "log key", name: String = origin) throws -> NoteSigner {
        guard
            let signer = NoteSigner(
                name: try self.name(name), privateKey: try privateKey(label))
        else { throw FixtureError.text }
        return signer
    }

    static func cosigner(
        _ label: String = "witness key", name: String = "witness.example/w1"
    ) throws -> Cosigner {
        guard
            let cosigner = Cosigner(name: try self.name(name), privateKey: try privateKey(label))
        else { throw FixtureError.text }
        return cosigner
    }

    static func checkpoint(of tree: NaiveTree, size: Int) throws -> Checkpoint {
        Checkpoint(origin: try name(origin), head: try tree.head(size))
    }

    /// The text of a key, with one part changed.
    static func key(_ text: String) throws -> NoteKey {
        guard let key = NoteKey(text) else { throw FixtureError.text }
        return key
    }
}
