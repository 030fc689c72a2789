import Crypto
import Exchange
import Foundation
import Membership

/// What a backup holds: every file with its length and digest (protocol/store.md, "A backup").
struct BackupManifest: Codable, Equatable {
    /// The name of the manifest in the backup's folder.
    static let name = "backup.json"
    /// The version of the form.
    static let version = 1
    /// Most bytes of a manifest.
    static let bytesMax = 16 * 1024 * 1024
    /// Bytes of a file that are read at a time.
    static let chunkBytes = 1024 * 1024

    /// One file.
    struct Entry: Codable, Equatable {
        /// Its path in the home.
        let path: String
        let bytes: Int
        /// SHA-256 in hexadecimal.
        let digest: String
    }

    let version: Int
    /// Whose home it was.
    let node: String
    /// When it was made.
    let at: String
    /// In the order of their paths.
    let files: [Entry]

    /// Describes files of a folder.
    init(node: NodeID, at: Timestamp, folder: URL, paths: [String]) throws(NodeError) {
        version = Self.version
        self.node = node.description
        self.at = at.description
        var files: [Entry] = []
        for path in paths.sorted() { files.append(try Entry(path, in: folder)) }
        self.files = files
    }

    /// Reads the manifest of a backup.
    init(of folder: URL) throws(NodeError) {
        let file = folder.appending(path: Self.name)
        try self.init(
            json: PrivateFile.read(file, bytesMax: Self.bytesMax), named: file.path)
    }

    /// Reads a manifest.
    ///
    /// - Parameter name: what holds it, for the error.
    init(json bytes: [UInt8], named name: String) throws(NodeError) {
        guard let manifest = try? JSONDecoder().decode(Self.self, from: Data(bytes)),
            manifest.version == Self.version, manifest.files.allSatisfy({ Self.isInside($0.path) })
        else { throw .backup("\(name) is not the manifest of a backup of this version") }
        self = manifest
    }

    func bytes() throws(NodeError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            throw .failed("the manifest cannot be written")
        }
        return Array(data)
    }

    /// Whether a path stays within the folder that it is relative to.
    private static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

extension BackupManifest.Entry {
    /// Describes a file as it is.
    init(_ path: String, in folder: URL) throws(NodeError) {
        let file = folder.appending(path: path)
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw .file(file.path, "cannot be read")
        }
        defer { try? handle.close() }
        var hash = SHA256()
        var count = 0
        do {
            while let part = try handle.read(upToCount: BackupManifest.chunkBytes), !part.isEmpty {
                hash.update(data: part)
                count += part.count
            }
        } catch {
            throw .file(file.path, "cannot be read")
        }
        self.path = path
        bytes = count
        digest = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
