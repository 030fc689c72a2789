import Exchange
import Foundation
import Membership
import Pseudonym

/// A regulator's opening keys in a folder of their own (protocol/opening.md): one file a month, mode
/// 0600, that holds the private half's 32 bytes and is named for the key. They belong in no node's
/// home: a node that answers must not be able to open what it is asked.
public enum OpeningKeys {
    /// Most months for which keys are made at once: as many as a directory lists.
    public static let monthsMax = MemberEntry.openingKeysMax

    /// Makes the key of a month; returns what the directory must list.
    ///
    /// - Parameter month: such as `2026-11`.
    /// - Throws: `NodeError.file`: the folder has a key of that month, or cannot be written.
    public static func create(
        in folder: URL, month: String
    ) throws(NodeError) -> OpeningKeyEntry {
        try NodeHome.createFolder(folder)
        guard !names(in: folder).contains(where: { $0.hasPrefix("\(month)-") }) else {
            throw .file(folder.path, "has a key of \(month) already")
        }
        // The name has digits of the key, so that two keys of one month are told apart.
        let draft = folder.appending(path: ".\(month).new")
        do {
            let key = try OpeningPrivateKey.create(at: draft.path)
            let digits = SHA256Digest(hashing: key.bytes).hexadecimal.prefix(8)
            guard let kid = KeyName("\(month)-\(digits)"), let bytes = PublicKeyBytes(key.bytes)
            else { throw NodeError.failed("a key cannot be named for \(month)") }
            let place = folder.appending(path: "\(kid)\(suffix)")
            guard rename(draft.path, place.path) == 0 else {
                throw NodeError.file(place.path, "cannot be put in place")
            }
            return OpeningKeyEntry(kid: kid, month: month, publicKey: bytes)
        } catch let error as NodeError {
            throw error
        } catch {
            throw .file(draft.path, "\(error)")
        }
    }

    /// The keys of a folder by their names.
    ///
    /// - Throws: `NodeError.file` for a file that is no key, or that others may read; also when there
    ///   is none.
    public static func load(_ folder: URL) throws(NodeError) -> [String: OpeningPrivateKey] {
        var keys: [String: OpeningPrivateKey] = [:]
        for name in names(in: folder) where name.hasSuffix(suffix) && !name.hasPrefix(".") {
            let file = folder.appending(path: name)
            do {
                keys[String(name.dropLast(suffix.count))] = try OpeningPrivateKey.load(file.path)
            } catch {
                throw .file(file.path, "\(error)")
            }
        }
        guard !keys.isEmpty else { throw .file(folder.path, "holds no opening key") }
        return keys
    }

    private static let suffix = ".key"

    private static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }
}

extension OpeningKeys {
    /// The months from one on; nil when `first` is none.
    ///
    /// - Parameter count: 1 to ``monthsMax``.
    public static func months(from first: String, count: Int) -> [String]? {
        guard (1...monthsMax).contains(count), let start = Timestamp("\(first)-01T00:00:00Z")?.date
        else { return nil }
        let months = (0..<count).compactMap { start.adding(months: $0) }
            .map { Timestamp(startOf: $0).month }
        return months.count == count ? months : nil
    }
}
