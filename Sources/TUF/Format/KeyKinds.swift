/// Kinds of keys whose signatures count.
public struct KeyKinds: OptionSet, Sendable {
    /// One bit a kind.
    public let rawValue: Int

    /// A set by its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `ecdsa-sha2-nistp256`.
    public static let ecdsaP256 = KeyKinds(rawValue: 1)
    /// `rsassa-pss-sha256` and `rsa-pkcs1v15-sha256`.
    public static let rsa = KeyKinds(rawValue: 2)

    /// What a consortium's directory uses. Ed25519 always counts.
    public static let directory: KeyKinds = []
    /// What public tests of TUF clients use.
    public static let all: KeyKinds = [.ecdsaP256, .rsa]
}
