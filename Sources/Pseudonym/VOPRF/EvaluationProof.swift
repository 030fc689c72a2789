/// The proof that one key evaluated a whole batch: 64 bytes, the scalars c ‖ s of a
/// discrete-logarithm equality proof (RFC 9497 §2.2).
public struct EvaluationProof: Sendable, Equatable {
    /// The length in bytes.
    public static let count = 64

    /// The most elements that one proof covers (protocol.md §3).
    public static let batchSizeMax = 1024

    /// The sizes that a batch may have.
    static let batchSizes = 1...batchSizeMax

    private let challenge: Scalar
    private let response: Scalar

    /// A proof received.
    ///
    /// - Throws: `GroupError.length`, or `.scalar` when one of the two is not below the group's
    ///   order; the sender's fault.
    public init(bytes: some Collection<UInt8>) throws(GroupError) {
        guard bytes.count == Self.count,
            let first = Bytes32(bytes.prefix(Bytes32.count)),
            let second = Bytes32(bytes.suffix(Bytes32.count))
        else { throw .length(expected: Self.count) }
        guard let challenge = Scalar(canonical: first), let response = Scalar(canonical: second)
        else { throw .scalar }
        self.challenge = challenge
        self.response = response
    }

    /// RFC 9497 §2.2.1, `GenerateProof`.
    init(of statement: ProofStatement, key: Scalar, nonce: Scalar) {
        challenge = statement.challenge(
            RistrettoPoint.generator(times: nonce), statement.blinded.times(nonce))
        var product = challenge * key
        defer { product.wipe() }
        response = nonce - product
    }

    /// The 64 bytes, c ‖ s.
    public var bytes: [UInt8] { challenge.bytes.array + response.bytes.array }

    /// Whether the key of `statement` evaluated its batch: RFC 9497 §2.2.2, `VerifyProof`.
    func holds(for statement: ProofStatement) -> Bool {
        let generatorSide =
            RistrettoPoint.generator(times: response)
            + statement.publicKey.point.times(challenge)
        let batchSide =
            statement.blinded.times(response)
            + statement.evaluated.times(challenge)
        return statement.challenge(generatorSide, batchSide) == challenge
    }
}
