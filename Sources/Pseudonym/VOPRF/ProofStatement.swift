/// What a batched proof speaks about: a public key, and the batch folded into one pair of points by
/// weights that nobody can choose (RFC 9497 §2.2.1, `ComputeComposites`).
struct ProofStatement {
    let publicKey: VOPRFPublicKey

    /// M, the weighted sum of the blinded elements.
    let blinded: RistrettoPoint

    /// Z, the weighted sum of the evaluated elements.
    let evaluated: RistrettoPoint

    /// The key holder's short way: Z is M multiplied by the key (`ComputeCompositesFast`).
    init(
        publicKey: VOPRFPublicKey,
        blinded: [BlindedElement],
        evaluated: [EvaluatedElement],
        key: Scalar
    ) {
        let weights = Self.weights(publicKey, blinded, evaluated)
        self.publicKey = publicKey
        self.blinded = Self.sum(blinded, weights)
        self.evaluated = self.blinded.times(key)
    }

    /// The asker's way, which needs no secret. Both lists have the same length, at least one.
    init(publicKey: VOPRFPublicKey, blinded: [BlindedElement], evaluated: [EvaluatedElement]) {
        let weights = Self.weights(publicKey, blinded, evaluated)
        self.publicKey = publicKey
        self.blinded = Self.sum(blinded, weights)
        self.evaluated = Self.sum(evaluated, weights)
    }

    /// The challenge that binds key, batch and the two commitments of the prover.
    func challenge(_ generatorSide: RistrettoPoint, _ batchSide: RistrettoPoint) -> Scalar {
        var transcript = VOPRFSuite.scalarTranscript
        for point in [publicKey.point, blinded, evaluated, generatorSide, batchSide] {
            transcript.hash.update(lengthPrefixed: point.encoding)
        }
        transcript.hash.update(Self.challengeLabel)
        return Scalar(reducing: transcript.finish())
    }

    private static let challengeLabel = Array("Challenge".utf8)
    private static let compositeLabel = Array("Composite".utf8)
    private static let seedLabel = Array("Seed-".utf8) + VOPRFSuite.context

    /// One weight for each pair: a hash of the key, the pair's place and the pair.
    private static func weights(
        _ publicKey: VOPRFPublicKey,
        _ blinded: [BlindedElement],
        _ evaluated: [EvaluatedElement]
    ) -> [Scalar] {
        var seed = SHA512()
        seed.update(lengthPrefixed: publicKey.point.encoding)
        seed.update(lengthPrefixed: seedLabel)
        var prefix = VOPRFSuite.scalarTranscript
        prefix.hash.update(lengthPrefixed: seed.finish())
        return blinded.indices.map { index in
            var transcript = prefix
            transcript.hash.update(twoBytes: index)
            transcript.hash.update(lengthPrefixed: blinded[index].point.encoding)
            transcript.hash.update(lengthPrefixed: evaluated[index].point.encoding)
            transcript.hash.update(compositeLabel)
            return Scalar(reducing: transcript.finish())
        }
    }

    /// The sum of the points, each multiplied by its weight; one point at least.
    private static func sum<Role>(
        _ elements: [GroupElement<Role>],
        _ weights: [Scalar]
    ) -> RistrettoPoint {
        var sum = elements[0].point.times(weights[0])
        for index in elements.indices.dropFirst() {
            sum = sum + elements[index].point.times(weights[index])
        }
        return sum
    }
}
