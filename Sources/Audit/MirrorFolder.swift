import Exchange
import Foundation
import Membership
import TransparencyLog

/// A copy of a log as plain files, at the paths at which a static server of C2SP tlog-tiles would have
/// them, so that any tool can read it:
///
///     checkpoint                 the newest that was verified
///     checkpoints/<size>         those before it
///     cosigned/<size>-<time>     what witnesses cosigned
///     tile/<L>/<N>[.p/<W>]       hashes
///     tile/entries/<N>[.p/<W>]   entries
///     evidence/<index>           evidence, JSON
///     members/<version>.json     the directories by which it was verified
///     mirror.json                whose log it is, and when it was copied last
///
/// Files are written beside their place and moved into it, so that none is ever there in half.
public struct MirrorFolder: Sendable {
    /// The folder.
    public let folder: URL

    /// Names a folder; nothing is touched.
    public init(_ folder: URL) { self.folder = folder }

    /// Most bytes of a file of the folder.
    static let fileBytesMax = 32 * 1024 * 1024

    /// The bytes of a file; nil when it is not there.
    func read(_ name: String) throws(AuditFailure) -> [UInt8]? {
        let path = folder.appending(path: name).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
        guard let size, size.intValue <= Self.fileBytesMax,
            let data = FileManager.default.contents(atPath: path)
        else { throw .file(name, "cannot be read, or is too large") }
        return [UInt8](data)
    }

    /// Whether a file is there.
    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    /// Writes a file, whole or not at all, for its owner alone: evidence is as confidential as a book.
    func write(_ bytes: [UInt8], to name: String) throws(AuditFailure) {
        let place = folder.appending(path: name)
        let draft = place.deletingLastPathComponent()
            .appending(path: ".\(place.lastPathComponent).new")
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(name, "its folder cannot be made")
        }
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: Data(bytes),
                attributes: [.posixPermissions: 0o600]),
            rename(draft.path, place.path) == 0
        else { throw .file(name, "cannot be written") }
    }

    /// The names of the files in a folder within, whose names are numbers, smallest first.
    func numbers(in name: String) -> [Int] {
        let names =
            (try? FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: name).path)) ?? []
        return names.compactMap { Int($0) }.sorted()
    }

    /// The names of the files in a folder within, in their order; drafts are none.
    func names(in name: String) -> [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: name).path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The directories by which the log was verified, oldest first.
    public func directories() throws(AuditFailure) -> [Directory] {
        let names =
            (try? FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "members").path)) ?? []
        let versions = names.filter { $0.hasSuffix(".json") }.compactMap { Int($0.dropLast(5)) }
        var directories: [Directory] = []
        for version in versions.sorted() {
            let name = "members/\(version).json"
            guard let bytes = try read(name), let directory = try? Directory(json: bytes) else {
                throw .file(name, "is no directory")
            }
            directories.append(directory)
        }
        return directories
    }

    /// Keeps a directory.
    func keep(_ directory: Directory) throws(AuditFailure) {
        try write(directory.encoded(), to: "members/\(directory.version).json")
    }
}

extension MirrorFolder: TileSource {
    /// The bytes of a tile, of this width or cut from a wider one.
    public func bytes(of tile: TileID) throws(AuditFailure) -> [UInt8] {
        if let bytes = try read(tile.path) { return bytes }
        guard let full = TileID(level: tile.level, index: tile.index),
            let bytes = try read(full.path), bytes.count >= tile.byteCount
        else { throw .file(tile.path, "is missing") }
        return Array(bytes.prefix(tile.byteCount))
    }
}
