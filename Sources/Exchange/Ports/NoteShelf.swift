/// A few small texts by name, each replaced as a whole: what a node must know of logs and witnesses
/// after its next start.
///
/// A `put` that returns has reached the disk; after one that throws the old text stands there or the
/// new one, and reading tells which.
public protocol NoteShelf: Sendable {
    /// The text of a name; nil when there is none.
    ///
    /// - Parameter name: 1 to 64 of `a-z 0-9 -`.
    /// - Throws: `StoreError`.
    func note(_ name: String) throws(StoreError) -> [UInt8]?

    /// Puts a text in the place of the one before.
    ///
    /// - Throws: `StoreError`.
    func put(_ note: [UInt8], as name: String) throws(StoreError)
}
