import Crypto
import TransparencyLog

/// Keys of invented logs and witnesses, the same on every run.
public enum TestLogKeys {
    /// A key that cannot have this name.
    public struct Unnamed: Error {}

    /// The key of a log.
    ///
    /// - Parameter label: tells keys of one name apart.
    public static func signer(_ origin: String, label: String = "log") throws -> NoteSigner {
        guard let name = KeyName(origin),
            let signer = NoteSigner(name: name, privateKey: try privateKey(label + origin))
        else { throw Unnamed() }
        return signer
    }

    /// The key of a witness.
    public static func cosigner(_ name: String) throws -> Cosigner {
        guard let key = KeyName(name),
            let cosigner = Cosigner(name: key, privateKey: try privateKey("witness" + name))
        else { throw Unnamed() }
        return cosigner
    }

    private static func privateKey(_ label: String) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: Array(SHA256.hash(data: Array(label.utf8))))
    }
}
