import Synchronization

/// What a source gave, to be read again without it: a slow source is waited for while files are
/// fetched, and not while they are taken.
public final class FetchedFiles: RepositorySource {
    private let source: any RepositorySource
    private let found = Mutex<[String: Result<[UInt8]?, UpdateFault>]>([:])

    /// Passes on what a source has, and keeps it.
    public init(_ source: any RepositorySource) { self.source = source }

    /// One file of the source.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        do throws(UpdateFault) {
            let bytes = try await source.file(name, bytesMax: bytesMax)
            found.withLock { $0[name] = .success(bytes) }
            return bytes
        } catch {
            found.withLock { $0[name] = .failure(error) }
            throw error
        }
    }

    /// What was fetched until now; what was not is `unreachable`.
    public var replay: ReplayedFiles { ReplayedFiles(files: found.withLock { $0 }) }
}

/// Files that were fetched before, with what was said of those that were not there.
public struct ReplayedFiles: RepositorySource {
    fileprivate let files: [String: Result<[UInt8]?, UpdateFault>]

    /// One file, as the source gave it.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        guard let bytes = try files[name, default: .failure(.unreachable)].get() else {
            return nil
        }
        guard bytes.count <= bytesMax else { throw .tooLarge }
        return bytes
    }
}
