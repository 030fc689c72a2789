/// An asker's side of one evaluation: subjects hidden under fresh random factors, which are kept
/// until the answer comes and are overwritten with the session.
///
/// Each node gets a session of its own, so that two nodes cannot see that they were asked about the
/// same subject.
public struct BlindingSession: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<blinding session>"

    /// What is sent, one element for each subject, in their order.
    public let elements: [BlindedElement]

    private let inputs: [SubjectInput]
    private let blinds: SecretScalars

    /// Hides `inputs` under random factors. One multiplication each.
    ///
    /// - Parameter inputs: 1 to `EvaluationProof.batchSizeMax`.
    /// - Throws: `EvaluationError.batchSize`, the caller's fault.
    public init(_ inputs: [SubjectInput]) throws(EvaluationError) {
        try self.init(inputs) { _ in Scalar.random() }
    }

    /// The same with the factors given, so that the standard's vectors can be run. None is zero.
    init(_ inputs: [SubjectInput], blind: (Int) -> Scalar) throws(EvaluationError) {
        guard EvaluationProof.batchSizes.contains(inputs.count) else { throw .batchSize }
        let blinds = SecretScalars(count: inputs.count, blind)
        self.inputs = inputs
        self.blinds = blinds
        elements = inputs.indices.map { index in
            var blind = blinds[index]
            defer { blind.wipe() }
            return BlindedElement(inputs[index].point.times(blind))
        }
    }

    /// The factor of an element, 32 bytes; the caller wipes them.
    func blindBytes(at index: Int) -> [UInt8] {
        var blind = blinds[index]
        defer { blind.wipe() }
        return blind.bytes.array
    }

    /// Checks an answer and takes the random factors off again (RFC 9497 §3.3.2, `Finalize`). Three
    /// multiplications for each subject and four for the proof.
    ///
    /// - Parameters:
    ///   - evaluated: the elements of the answer, in the order asked.
    ///   - proof: the answer's proof.
    ///   - key: the answerer's public key as the directory lists it, never as the answer does.
    /// - Returns: one output for each subject, in their order.
    /// - Throws: `EvaluationError.count` or `.proof`, the answerer's fault: its answer tells
    ///   nothing and counts as an error, never as "no record".
    public func finish(
        evaluated: [EvaluatedElement],
        proof: EvaluationProof,
        key: VOPRFPublicKey
    ) throws(EvaluationError) -> [PseudonymOutput] {
        guard evaluated.count == elements.count else { throw .count(expected: elements.count) }
        let statement = ProofStatement(publicKey: key, blinded: elements, evaluated: evaluated)
        guard proof.holds(for: statement) else { throw .proof }
        return inputs.indices.map { index in
            var blind = blinds[index]
            var inverse = blind.inverse
            defer {
                blind.wipe()
                inverse.wipe()
            }
            let unblinded = evaluated[index].point.times(inverse)
            return PseudonymOutput(
                VOPRFSuite.output(input: inputs[index].bytes, evaluated: unblinded))
        }
    }
}
