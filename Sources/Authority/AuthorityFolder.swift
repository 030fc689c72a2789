import Foundation
import Membership
import TUF

/// The authority's folder: `repository/`, which is served as it lies, and `drafts/`, which officers
/// carry from one to the next until enough have signed.
public struct AuthorityFolder: Sendable {
    /// What is published.
    public let repository: MetadataFolder
    /// What is to be signed.
    public let drafts: MetadataFolder
    /// The consortium's authority for certificates: `ca.pem`, and its key, enciphered.
    public let certificates: MetadataFolder
    /// Invitations and what came for them, one file a node.
    public let enrolments: MetadataFolder
    /// The folder that holds them all.
    let place: URL

    /// Names a folder; nothing is touched.
    public init(_ folder: URL) {
        self.init(folder) { _ in }
    }

    /// The same; `enrolling` is told of each step of writing an enrolment, and cuts it off by throwing.
    package init(
        _ folder: URL,
        enrolling: @escaping @Sendable (MetadataFolder.WriteStep) throws(UpdateFault) -> Void
    ) {
        place = folder
        repository = MetadataFolder(folder.appending(path: "repository"), mode: 0o644)
        drafts = MetadataFolder(folder.appending(path: "drafts"), mode: 0o644)
        certificates = MetadataFolder(folder.appending(path: "ca"))
        enrolments = MetadataFolder(folder.appending(path: "enrolment"), reached: enrolling)
    }

    /// Makes the folders of what officers sign.
    public func create() throws(AuthorityError) {
        for folder in [repository.folder, drafts.folder] { try Self.create(folder, mode: 0o755) }
    }

    static func create(_ folder: URL, mode: Int) throws(AuthorityError) {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: mode])
        } catch {
            throw .file(folder.path, "cannot be made")
        }
    }

    /// What is published: verified as a node would, but for the time, since what has expired must be
    /// renewed.
    public func published() async throws(AuthorityError) -> Published {
        let store = MemoryStore()
        guard let first = try read(repository, "1.root.json", MetadataLimits.rootBytesMax) else {
            return Published(trusted: nil, members: nil)
        }
        do {
            try store.write(first, as: .root)
            var update = try Update(from: repository, to: store, startTime: Self.always)
            guard
                try repository.read(
                    MetadataRole.timestamp.fileName, bytesMax: MetadataLimits.timestampBytesMax)
                    != nil
            else { return Published(trusted: try await update.roots(), members: nil) }
            let trusted = try await update.run()
            return Published(
                trusted: trusted,
                members: try await trusted.target(Self.target, from: repository))
        } catch let error as UpdateError {
            throw .file("repository/\(error.file)", "\(error.fault)")
        } catch {
            throw .file("repository", "cannot be read")
        }
    }

    /// Reads a `members.json` as every node does.
    static func directory(_ bytes: [UInt8]) throws(AuthorityError) -> Directory {
        do {
            return try Directory(json: bytes)
        } catch {
            throw .directory("\(error)")
        }
    }

    func read(
        _ folder: MetadataFolder, _ name: String, _ bytesMax: Int
    ) throws(AuthorityError) -> [UInt8]? {
        do {
            return try folder.read(name, bytesMax: bytesMax)
        } catch {
            throw .file(name, "\(error)")
        }
    }

    func write(
        _ bytes: [UInt8], to folder: MetadataFolder, _ name: String
    ) throws(AuthorityError) {
        do {
            try folder.write(bytes, named: name)
        } catch {
            throw .file(name, "\(error)")
        }
    }

    /// The directory's path among the targets.
    public static let target = "members.json"
    /// Before every expiry.
    private static let always = MetadataTime(seconds: 0)
}

/// What an authority has published.
public struct Published: Sendable {
    /// The metadata; nil before the first root, with the root alone before the first publication.
    public let trusted: TrustedMetadata?
    /// The bytes of `members.json`; nil before the first publication.
    public let members: [UInt8]?
}
