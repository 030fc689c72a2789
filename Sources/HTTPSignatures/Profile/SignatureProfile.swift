/// The numbers and words of the profile.
///
/// Source: protocol/signatures.md.
public enum SignatureProfile {
    /// The longest life of a request's signature: `expires` − `created`.
    public static let lifeSecondsMax = 300
    /// How far clocks may differ.
    public static let skewSeconds = 60
    /// The most bytes of `Signature-Input` and of `Signature`, all lines together, enforced before
    /// they are read.
    public static let fieldBytesMax = 4 * 1024
    /// Length of an Ed25519 signature.
    public static let signatureBytes = 64

    static let label = "sig1"
    static let algorithm = "ed25519"
    static let tag = "creditmesh-v1"
}
