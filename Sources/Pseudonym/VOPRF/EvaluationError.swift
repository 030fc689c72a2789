/// Why a batch was not evaluated, or an evaluation not believed.
public enum EvaluationError: Error, Equatable, Sendable {
    /// A batch of none, or of more than `EvaluationProof.batchSizeMax`; the asker's fault.
    case batchSize
    /// Not as many elements as were asked for; the answerer's fault.
    case count(expected: Int)
    /// The proof does not fit batch and key: a wrong key, an altered or a mixed-up answer; the
    /// answerer's fault or its line's. Asking again is of no use before the directory has changed.
    case proof
}
