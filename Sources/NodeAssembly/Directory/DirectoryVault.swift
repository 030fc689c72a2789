import Exchange
import Foundation
import Membership
import TUF

/// What a node keeps of the repository, in its home: what it trusts, which only ever becomes newer,
/// and the mirror of the last whole update, which is in force.
struct DirectoryVault {
    /// A directory and until when it holds.
    struct Held {
        let directory: Directory
        let expires: MetadataTime
        let edition: DirectoryEdition
    }

    /// The directory's name among the targets.
    static let target = "members.json"

    let mirror: RepositoryMirror
    private let trusted: MetadataFolder
    private let plainFile: URL

    /// Opens the folders of a home; they are made where they are missing, and the root of `origin`
    /// is where it begins.
    init(home: NodeHome, origin: DirectoryOrigin) throws(NodeError) {
        let place = home.folder.appending(path: "directory")
        for name in ["trusted", "mirror"] {
            try NodeHome.createFolder(place.appending(path: name))
        }
        trusted = MetadataFolder(place.appending(path: "trusted"))
        mirror = RepositoryMirror(
            MetadataFolder(place.appending(path: "mirror")), target: Self.target)
        plainFile = home.directoryFile
        do throws(UpdateFault) {
            guard try trusted.read(.root) == nil else { return }
            let file = MetadataFolder(origin.root.deletingLastPathComponent())
            guard
                let root = try file.read(
                    origin.root.lastPathComponent, bytesMax: MetadataLimits.rootBytesMax)
            else { throw .notFound }
            _ = try TrustedMetadata(
                root: root, startTime: MetadataTime(seconds: 0), accepting: .directory)
            try trusted.write(root, as: .root)
        } catch {
            throw .file(origin.root.path, "\(error) (\(error.rawValue))")
        }
    }

    /// What is in force; nil before the first update.
    func held() throws(NodeError) -> Held? {
        do throws(UpdateFault) {
            guard let found = try mirror.load() else { return nil }
            return try held(found.trusted, found.target)
        } catch {
            throw .directory("the copy in the home \(error) (\(error.rawValue))")
        }
    }

    /// What an update from a source would need, fetched beside whatever else is under way: nothing is
    /// kept of it. What the source has not given in time is missing then.
    func files(
        of source: some RepositorySource, at now: MetadataTime, within patience: Duration
    ) async -> ReplayedFiles {
        let fetched = FetchedFiles(source)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await fetch(through: fetched, at: now) }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
        return fetched.replay
    }

    private func fetch(through source: FetchedFiles, at now: MetadataTime) async throws {
        var update = try Update(
            from: source, to: MemoryStore(copying: trusted), startTime: now)
        let found = try await update.run()
        let cached = found.sourceName(ofTarget: Self.target).flatMap(mirror.file)
        _ = try await found.target(Self.target, from: source, cached: cached)
    }

    /// Brings the vault up to date from a source, one at a time. Nil when nothing is new.
    ///
    /// - Throws: `UpdateError`; then what was in force stays.
    func update(
        from source: some RepositorySource, at now: MetadataTime, unless held: Held?
    ) async throws(UpdateError) -> Held? {
        let recorded = RecordedRoots(source)
        var update = try Update(from: recorded, to: trusted, startTime: now)
        let found = try await update.run()
        let isHeld =
            held.map { found.edition == $0.edition && found.expires == $0.expires } ?? false
        guard !isHeld else { return nil }
        let cached = found.sourceName(ofTarget: Self.target).flatMap(mirror.file)
        let bytes = try await found.target(Self.target, from: recorded, cached: cached)
        do throws(UpdateFault) {
            let next = try self.held(found, bytes)
            if let held {
                guard next.directory.consortium == held.directory.consortium else {
                    throw .malformed
                }
                guard next.directory.version >= held.directory.version else { throw .rollback }
            }
            try mirror.replace(with: found, roots: recorded.roots, from: trusted, target: bytes)
            // For commands that work without the node; what the node believes is in the mirror.
            do { try PrivateFile.write(bytes, to: plainFile) } catch { throw .storage }
            return next
        } catch {
            throw UpdateError(file: Self.target, fault: error)
        }
    }

    private func held(
        _ trusted: TrustedMetadata, _ bytes: [UInt8]
    ) throws(UpdateFault) -> Held {
        guard let directory = try? Directory(json: bytes) else { throw .malformed }
        return Held(
            directory: directory, expires: trusted.expires,
            edition: trusted.edition)
    }
}

extension TrustedMetadata {
    /// Which edition of the directory it is.
    fileprivate var edition: DirectoryEdition {
        DirectoryEdition(root: root.head.version, timestamp: timestamp?.head.version ?? 0)
    }
}
