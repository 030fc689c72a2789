import Exchange
import Foundation
import Membership
import Pseudonym

/// The life of a node's pseudonym keys as files of its home (protocol/rekey.md, "Changing the
/// pseudonym key"). Whoever calls this holds the store's lock: no node runs on the home.
///
/// Every step is one change of one file; repeated after a crash, it goes on from there.
public struct KeyChange: Sendable {
    private let home: NodeHome
    private let entry: NodeEntry

    /// Looks after the keys of a home that the directory lists.
    public init(home: NodeHome, entry: NodeEntry) {
        self.home = home
        self.entry = entry
    }

    /// The key that is to come: the one that was made before, or a new one.
    public func announce(now: Timestamp) throws(NodeError) -> PseudonymKey {
        let keys = try NodeKeys.files(home.pseudonymKeys).map(\.key)
        if let next = keys.first(where: { $0.state == .next }) { return next }
        let names = keys.map(\.kid.rawValue) + entry.voprfKeys.map(\.kid.description)
        guard let kid = KeyID(rawValue: Self.name(after: names)) else {
            throw .failed("no name is left for another key")
        }
        let file = home.pseudonymKeys.appending(path: "\(kid).json")
        do {
            return try PseudonymKeyFile.create(
                at: file.path, kid: kid, state: .next,
                now: Date(timeIntervalSince1970: Double(now.secondsSinceEpoch)))
        } catch {
            throw .file(file.path, "\(error)")
        }
    }

    /// Makes the coming key current and the current one retiring. The directory must list it, as
    /// `next` or already as `current`, with its public half. Done already: changes nothing.
    ///
    /// - Returns: the current key.
    public func activate() throws(NodeError) -> PseudonymKey {
        let files = try NodeKeys.files(home.pseudonymKeys)
        guard let next = files.first(where: { $0.key.state == .next }) else {
            return try retireOlder()
        }
        guard entry.voprfKeys.contains(where: next.key.isListed) else {
            throw .directory(
                "does not list '\(next.key.kid)' with this home's public half yet; "
                    + "send it to whoever writes the directory")
        }
        try change(next.file, to: .current)
        return try retireOlder()
    }

    /// The retiring keys that the directory no longer lists, and so nobody asks under.
    ///
    /// - Throws: `NodeError.directory`: there are some, and it lists all of them still.
    public func unlisted() throws(NodeError) -> [KeyID] {
        let retiring = try NodeKeys(home: home).ring.keys.filter { $0.state == .retiring }
        let unlisted = retiring.filter { !entry.voprfKeys.contains(where: $0.isListed) }
        if let kept = retiring.first, unlisted.isEmpty {
            throw .directory(
                "still lists '\(kept.kid)'; askers may use it until the directory leaves it out")
        }
        return unlisted.map(\.kid)
    }

    /// Destroys the file of a key. Its tokens must be gone from the store by then.
    public func destroy(_ kid: KeyID) throws(NodeError) {
        for (file, key) in try NodeKeys.files(home.pseudonymKeys) where key.kid == kid {
            do {
                try PseudonymKeyFile.destroy(file.path)
            } catch {
                throw .file(file.path, "\(error)")
            }
        }
    }

    /// Writes down that older keys retire, which `NodeKeys` sees already.
    private func retireOlder() throws(NodeError) -> PseudonymKey {
        let ring = try NodeKeys(home: home).ring
        for (file, key) in try NodeKeys.files(home.pseudonymKeys)
        where key.state == .current && key.kid != ring.current.kid {
            try change(file, to: .retiring)
        }
        return ring.current
    }

    private func change(_ file: URL, to state: KeyState) throws(NodeError) {
        do {
            try PseudonymKeyFile.change(file.path, to: state)
        } catch {
            throw .file(file.path, "\(error)")
        }
    }

    /// The name after the greatest of the form `k<number>`.
    private static func name(after names: [String]) -> String {
        let numbers = names.compactMap { $0.hasPrefix("k") ? Int($0.dropFirst()) : nil }
        return "k\((numbers.max() ?? 0) + 1)"
    }
}
