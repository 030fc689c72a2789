/// Where the metadata that is trusted stays between updates. What is written is on the disk when the
/// call returns, whole or not at all.
public protocol TrustedStore: Sendable {
    /// What was written last; nil for nothing.
    func read(_ role: MetadataRole) throws(UpdateFault) -> [UInt8]?
    /// Puts the bytes in the place of what was there.
    func write(_ bytes: [UInt8], as role: MetadataRole) throws(UpdateFault)
}
