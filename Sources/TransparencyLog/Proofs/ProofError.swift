/// Why a proof cannot be made, or does not prove. Asking again with the same values fails again.
public enum ProofError: Error, Hashable, Sendable {
    /// The caller's fault, or that of whoever sent the numbers: the entry is not in a tree of that
    /// size, or the first tree is larger than the second.
    case outside
    /// A consistency proof from the empty tree was asked for; it would prove nothing.
    case emptyTree
    /// The prover's fault: the proof has too many hashes, or too few.
    case length
    /// The prover's fault: the hashes do not lead to the root.
    case root
}
