/// Where a repository's files come from: an authority, a peer, or a folder.
public protocol RepositorySource: Sendable {
    /// One file by its name, such as `2.root.json`; nil when the source says that it has none.
    ///
    /// - Throws: `tooLarge` as soon as there are more than `bytesMax` bytes, without keeping them;
    ///   `unreachable`, or `storage` for a folder.
    func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]?
}
