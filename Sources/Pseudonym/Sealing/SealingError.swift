/// Why something sealed cannot be opened, or a key for it cannot be used (protocol/rekey.md).
public enum SealingError: Error, Equatable, Sendable {
    /// Not 32 bytes, or a point that gives every partner the same secret; the fault of whoever
    /// stored the key.
    case key
    /// The box holds no data key for this private key: it was sealed to another one, or changed.
    case otherKey
    /// The bytes were changed or cut, belong to another reference, or were sealed under another
    /// data key.
    case forged
    /// Opened, but not of the form that protocol/rekey.md gives; the fault of whoever sealed it.
    case form
}
