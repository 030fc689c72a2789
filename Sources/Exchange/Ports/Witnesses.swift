import Membership
import TransparencyLog

/// The witnesses of the directory, as a log reaches them.
public protocol Witnesses: Sendable {
    /// Submits a checkpoint (C2SP tlog-witness, `add-checkpoint`). What comes back is read, and not
    /// verified.
    func submit(
        _ submission: AddCheckpoint, to witness: WitnessEntry,
        deadline: ContinuousClock.Instant
    ) async throws(WitnessFailure) -> WitnessReply
}

/// What a witness says to a submission.
public enum WitnessReply: Hashable, Sendable {
    /// Signatures, among which its own must be.
    case cosigned(CosignatureLines)
    /// The size that it cosigned last is another one.
    case stale(TreeSize)
    /// It refuses; the HTTP status.
    case refused(status: Int)
}

/// Why a witness said nothing that can be used. Each may be tried again.
public enum WitnessFailure: Error, Hashable, Sendable {
    /// No answer in time.
    case timedOut
    /// No connection.
    case unreachable
    /// An answer that C2SP tlog-witness does not know.
    case malformed
}
