extension VOPRFSecretKey {
    /// Evaluates a batch for an asker and proves that this key did it (RFC 9497 §3.3.2,
    /// `BlindEvaluate`). Two multiplications an element and three for the proof.
    ///
    /// - Parameter elements: 1 to `EvaluationProof.batchSizeMax`.
    /// - Returns: one element for each given, in their order, and one proof for all.
    /// - Throws: `EvaluationError.batchSize`, the asker's fault.
    public func evaluate(
        _ elements: [BlindedElement]
    ) throws(EvaluationError) -> (elements: [EvaluatedElement], proof: EvaluationProof) {
        var nonce = Scalar.random()
        defer { nonce.wipe() }
        return try evaluate(elements, nonce: nonce)
    }

    /// The same with the proof's random scalar given, so that the standard's vectors can be run. A
    /// nonce used twice gives the key away.
    func evaluate(
        _ elements: [BlindedElement],
        nonce: Scalar
    ) throws(EvaluationError) -> (elements: [EvaluatedElement], proof: EvaluationProof) {
        guard EvaluationProof.batchSizes.contains(elements.count) else { throw .batchSize }
        return withScalar { key in
            let evaluated = elements.map { EvaluatedElement($0.point.times(key)) }
            let statement = ProofStatement(
                publicKey: publicKey, blinded: elements, evaluated: evaluated, key: key)
            return (evaluated, EvaluationProof(of: statement, key: key, nonce: nonce))
        }
    }
}
