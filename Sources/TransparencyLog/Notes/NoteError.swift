/// Why a note, a checkpoint or a receipt is not believed. The fault is that of whoever wrote or
/// changed it; reading the same bytes again fails again. No case repeats what was read.
public enum NoteError: Error, Hashable, Sendable {
    /// More bytes than the kind of text may have.
    case tooLong
    /// Not UTF-8, a control character, no empty line before the signatures, or a line that is no
    /// signature.
    case malformed
    /// More signatures than a note may have.
    case tooManySignatures
    /// No signature of a known key.
    case unsigned
    /// A signature of a known key does not verify.
    case invalidSignature
    /// Two signatures of one known key.
    case repeatedSignature
    /// The text is not a checkpoint's.
    case checkpoint
    /// The checkpoint is that of another log than the keys.
    case origin
    /// The lines before the checkpoint are not those of a receipt.
    case receipt
    /// The lines before the checkpoint are not those of a submission to a witness.
    case submission
}
