import Synchronization

/// A source whose roots are remembered, so that a mirror can give every one on to those who are
/// further behind.
public final class RecordedRoots: RepositorySource {
    private let source: any RepositorySource
    private let found = Mutex<[Int: [UInt8]]>([:])

    /// Passes on what a source has.
    public init(_ source: any RepositorySource) { self.source = source }

    /// The roots that were fetched, by the version in their names; nobody has verified them.
    public var roots: [Int: [UInt8]] { found.withLock { $0 } }

    /// One file of the source.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        let bytes = try await source.file(name, bytesMax: bytesMax)
        if let bytes, name.hasSuffix(".root.json"), let version = Int(name.prefix { $0 != "." }) {
            found.withLock { $0[version] = bytes }
        }
        return bytes
    }
}
