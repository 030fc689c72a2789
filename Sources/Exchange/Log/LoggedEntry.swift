import TransparencyLog

/// An entry that is in the log for good.
public struct LoggedEntry: Hashable, Sendable {
    /// Its place.
    public let index: EntryIndex
    /// Its exact bytes.
    public let bytes: [UInt8]
    /// The proof for the other side, under a checkpoint that is signed.
    public let receipt: Receipt

    /// An entry in its place.
    public init(index: EntryIndex, bytes: [UInt8], receipt: Receipt) {
        self.index = index
        self.bytes = bytes
        self.receipt = receipt
    }
}
