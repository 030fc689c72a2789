import Exchange
import Foundation
import PeerHTTP
import TUF

/// A client of any TUF repository over HTTP, with a folder of what it trusts: what the public tests of
/// TUF clients drive. All kinds of keys count that those use; a node's directory takes Ed25519 alone.
public struct PublicRepository: Sendable {
    private let folder: MetadataFolder
    private let clock: any Exchange.Clock

    /// Uses a folder, which must be there.
    public init(folder: URL, clock: any Exchange.Clock = SystemClock()) {
        self.folder = MetadataFolder(folder)
        self.clock = clock
    }

    /// Begins with a root that is trusted. Nothing is fetched.
    public func begin(root: URL) throws(UpdateError) {
        let trusted = MetadataFolder(root.deletingLastPathComponent())
        do throws(UpdateFault) {
            guard
                let bytes = try trusted.read(
                    root.lastPathComponent, bytesMax: MetadataLimits.rootBytesMax)
            else { throw UpdateFault.notFound }
            _ = try TrustedMetadata(root: bytes, startTime: now, accepting: .all)
            try folder.write(bytes, as: .root)
        } catch {
            throw UpdateError(file: root.lastPathComponent, fault: error)
        }
    }

    /// Brings all roles up to date.
    public func refresh(from url: String) async throws -> TrustedMetadata {
        let source = try RepositoryFetcher(url: url)
        do {
            var update = try Update(from: source, to: folder, startTime: now, accepting: .all)
            let trusted = try await update.run()
            await source.shutdown()
            return trusted
        } catch {
            await source.shutdown()
            throw error
        }
    }

    /// Brings all roles up to date and a target into a folder, under its path written as one name.
    public func download(
        _ target: String, from url: String, targets: String, into targetFolder: URL
    ) async throws {
        let trusted = try await refresh(from: url)
        let place = MetadataFolder(targetFolder)
        let name = target.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let source = try RepositoryFetcher(url: targets)
        do {
            // A copy that is larger than any target may be is no copy of it.
            let cached =
                (try? place.read(name, bytesMax: MetadataLimits.targetFileBytesMax)) ?? nil
            let bytes = try await trusted.target(target, from: source, cached: cached)
            if bytes != cached { try place.write(bytes, named: name) }
            await source.shutdown()
        } catch {
            await source.shutdown()
            throw error
        }
    }

    private var now: MetadataTime { MetadataTime(seconds: Int(clock.now.secondsSinceEpoch)) }
}
