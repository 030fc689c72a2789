import Foundation

/// A pseudonym key in a file of its own, mode 0600, which only the node's own user can read:
/// `{"version":1,"kid":"k1","state":"current","createdAt":"…Z","secretKey":"<base64url>"}`.
public enum PseudonymKeyFile {
    /// The version of the form that is written and read.
    public static let version = 1

    /// The longest file, in bytes.
    public static let bytesMax = 4096

    /// Makes a new random key and its file, which survives a loss of power once this has returned.
    ///
    /// - Parameters:
    ///   - path: where; no file of this name may exist.
    ///   - kid: the key's name.
    ///   - state: the key's state.
    ///   - now: the time, kept to the second.
    /// - Throws: `KeyFileError`; there is no file then.
    public static func create(
        at path: String,
        kid: KeyID,
        state: KeyState,
        now: Date
    ) throws(KeyFileError) -> PseudonymKey {
        let createdAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let key = PseudonymKey(
            kid: kid, state: state, createdAt: createdAt, secret: VOPRFSecretKey.generate())
        var bytes = try PseudonymKeyRecord(key).encoded()
        defer { Sodium.wipe(&bytes) }
        try SecretFile.create(at: path, bytes: bytes)
        return key
    }

    /// Brings a key into another state of its life; a crash leaves the old state or the new one.
    ///
    /// - Throws: `KeyFileError`.
    @discardableResult
    public static func change(
        _ path: String, to state: KeyState
    ) throws(KeyFileError) -> PseudonymKey {
        let old = try load(path)
        let key = PseudonymKey(
            kid: old.kid, state: state, createdAt: old.createdAt, secret: old.secret)
        var bytes = try PseudonymKeyRecord(key).encoded()
        defer { Sodium.wipe(&bytes) }
        try SecretFile.replace(path, bytes: bytes)
        return key
    }

    /// Overwrites a key's file and removes it: nothing can be asked under it any more.
    ///
    /// - Throws: `KeyFileError`.
    public static func destroy(_ path: String) throws(KeyFileError) {
        try SecretFile.destroy(path, bytesMax: bytesMax)
    }

    /// Reads a key.
    ///
    /// - Throws: `KeyFileError`, also when someone else could have read the file: links, other
    ///   owners and modes that let group or others in are refused.
    public static func load(_ path: String) throws(KeyFileError) -> PseudonymKey {
        var bytes = try SecretFile.read(path, bytesMax: bytesMax)
        defer { Sodium.wipe(&bytes) }
        return try PseudonymKeyRecord(decoding: bytes).key()
    }
}
