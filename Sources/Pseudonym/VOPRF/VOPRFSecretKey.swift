/// A node's secret key of the VOPRF, in guarded memory that is overwritten at the end.
public struct VOPRFSecretKey: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<secret key>"

    /// The length in bytes.
    public static let count = 32

    /// The longest `info` of `derive`, in bytes.
    public static let infoBytesMax = 65_535

    /// The key that askers check proofs with.
    public let publicKey: VOPRFPublicKey

    private let storage: SecretScalars

    /// The key that `bytes` spell: a scalar, little-endian, canonical, not zero.
    ///
    /// - Throws: `GroupError.length` or `.scalar`; the fault of whoever stored them.
    public init(bytes: some Collection<UInt8>) throws(GroupError) {
        guard var content = Bytes32(bytes) else { throw .length(expected: Self.count) }
        defer { content.wipe() }
        guard let scalar = Scalar(canonical: content), !scalar.isZero else { throw .scalar }
        self.init(scalar)
    }

    /// A new random key.
    public static func generate() -> VOPRFSecretKey {
        VOPRFSecretKey(Scalar.random())
    }

    /// The key that a seed of 32 bytes and a public `info` of at most 65535 bytes determine
    /// (RFC 9497 §3.2.1, `DeriveKeyPair`).
    ///
    /// - Throws: `GroupError.length` for a wrong seed or info, `.derivation` with a chance of
    ///   2^-252.
    public static func derive(seed: [UInt8], info: [UInt8]) throws(GroupError) -> VOPRFSecretKey {
        guard seed.count == count else { throw .length(expected: count) }
        guard info.count <= infoBytesMax else { throw .length(expected: infoBytesMax) }
        var prefix = VOPRFSuite.keyTranscript
        prefix.hash.update(seed)
        prefix.hash.update(lengthPrefixed: info)
        for counter in UInt8.min...UInt8.max {
            var transcript = prefix
            transcript.hash.update(byte: counter)
            let scalar = Scalar(reducing: transcript.finish())
            if !scalar.isZero { return VOPRFSecretKey(scalar) }
        }
        throw .derivation
    }

    private init(_ scalar: Scalar) {
        storage = SecretScalars(count: 1) { _ in scalar }
        publicKey = VOPRFPublicKey(RistrettoPoint.generator(times: scalar))
    }

    /// What this key makes of a subject of the node's own, without blinding: the same output that
    /// an asker gets (RFC 9497 §3.3.1, `Evaluate`). One multiplication.
    public func output(for input: SubjectInput) -> PseudonymOutput {
        let evaluated = withScalar { input.point.times($0) }
        return PseudonymOutput(VOPRFSuite.output(input: input.bytes, evaluated: evaluated))
    }

    /// The 32 bytes, for the key's own file; the caller wipes them.
    var bytes: [UInt8] { withScalar { $0.bytes.array } }

    func withScalar<Result>(_ body: (Scalar) -> Result) -> Result {
        var scalar = storage[0]
        defer { scalar.wipe() }
        return body(scalar)
    }
}
