import Foundation

/// A member's rekey key in two files of mode 0600 (protocol/rekey.md): the public half in the
/// node's home, `{"version":1,"member":"…","createdAt":"…Z","publicKey":"<base64url>"}`, and the
/// private half, with `privateKey` in place of `publicKey`, on its way to a place that is offline.
public enum RekeyKeyFile {
    /// The version of the form that is written and read.
    public static let version = 1

    /// The longest file, in bytes.
    public static let bytesMax = 4096

    /// Makes a new key: its private half at `privatePath` first, so that nothing is ever sealed to
    /// a key whose private half was lost, then its public half at `publicPath`.
    ///
    /// - Parameters:
    ///   - member: the member's id, `[a-z0-9-]{3,40}`.
    ///   - now: the time, kept to the second.
    /// - Throws: `KeyFileError`; neither file is there then, unless it was before.
    public static func create(
        member: String, privatePath: String, publicPath: String, now: Date
    ) throws(KeyFileError) -> RekeyPublicKey {
        guard !FileManager.default.fileExists(atPath: publicPath) else { throw .exists }
        let key = RekeyPrivateKey.generate()
        var secret = key.bytes
        defer { Sodium.wipe(&secret) }
        let record = { (half: RekeyKeyRecord.Half) in
            RekeyKeyRecord(member: member, createdAt: now, half: half)
        }
        var bytes = try record(.privateKey(secret)).encoded()
        defer { Sodium.wipe(&bytes) }
        let publicBytes = try record(.publicKey(key.publicKey.bytes)).encoded()
        try SecretFile.create(at: privatePath, bytes: bytes)
        do throws(KeyFileError) {
            try SecretFile.create(at: publicPath, bytes: publicBytes)
        } catch {
            unlink(privatePath)
            throw error
        }
        return key.publicKey
    }

    /// Reads the public half of a member's key.
    ///
    /// - Throws: `KeyFileError`; `.format` also when the file is another member's.
    public static func loadPublic(
        _ path: String, member: String
    ) throws(KeyFileError) -> RekeyPublicKey {
        let record = try RekeyKeyRecord(decoding: SecretFile.read(path, bytesMax: bytesMax))
        guard record.member == member, case .publicKey(let bytes) = record.half,
            let key = try? RekeyPublicKey(bytes: bytes)
        else { throw .format }
        return key
    }

    /// Reads a private half, with the member whose it is.
    ///
    /// - Throws: `KeyFileError`, also when someone else could have read the file.
    public static func loadPrivate(
        _ path: String
    ) throws(KeyFileError) -> (member: String, key: RekeyPrivateKey) {
        var bytes = try SecretFile.read(path, bytesMax: bytesMax)
        defer { Sodium.wipe(&bytes) }
        let record = try RekeyKeyRecord(decoding: bytes)
        guard case .privateKey(let secret) = record.half,
            let key = try? RekeyPrivateKey(bytes: secret)
        else { throw .format }
        return (record.member, key)
    }
}
