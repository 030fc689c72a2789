import Exchange
import Foundation
import Membership
import Pseudonym

/// The rekey keys of a home's members (protocol/rekey.md): public halves in the home, private
/// halves anywhere else.
public enum RekeyKeys {
    /// Makes a member's rekey key: the private half in `file`, the public half in the home.
    ///
    /// - Throws: `NodeError.file`: `file` lies in the home or exists, or the member has a rekey
    ///   key. Nothing was made then.
    public static func create(
        home: NodeHome, member: MemberID, privateHalf file: URL, now: Timestamp
    ) throws(NodeError) -> RekeyPublicKey {
        guard !home.contains(file) else {
            throw .file(
                file.path, "lies in the node's home, where a thief of the home would find it too")
        }
        let place = home.rekeyKey(of: member)
        guard !FileManager.default.fileExists(atPath: place.path) else {
            throw .file(
                place.path, "exists already; move it away to seal to a new key from now on")
        }
        try NodeHome.createFolder(home.rekeyKeys)
        do {
            return try RekeyKeyFile.create(
                member: member.description, privatePath: file.path, publicPath: place.path,
                now: Date(timeIntervalSince1970: Double(now.secondsSinceEpoch)))
        } catch {
            throw .file(file.path, "\(error)")
        }
    }

    /// The public half of a member's rekey key; nil when it has none.
    public static func publicHalf(
        of member: MemberID, home: NodeHome
    ) throws(NodeError) -> RekeyPublicKey? {
        let path = home.rekeyKey(of: member).path
        do {
            return try RekeyKeyFile.loadPublic(path, member: member.description)
        } catch .missing {
            return nil
        } catch {
            throw .file(path, "\(error)")
        }
    }

    /// The public halves that a home has, by member. A file that is no member's public half is an
    /// error: identifiers must not be sealed to an unknown key, nor silently to none.
    public static func publicHalves(
        of home: NodeHome
    ) throws(NodeError) -> [MemberID: RekeyPublicKey] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: home.rekeyKeys.path)) ?? []
        var keys: [MemberID: RekeyPublicKey] = [:]
        for name in names.sorted() where name.hasSuffix(".pub") && !name.hasPrefix(".") {
            guard let member = MemberID(String(name.dropLast(4))) else {
                throw .file(home.rekeyKeys.appending(path: name).path, "is named for no member")
            }
            keys[member] = try publicHalf(of: member, home: home)
        }
        return keys
    }

    /// Private halves from their files, by member.
    public static func privateHalves(
        _ files: [URL]
    ) throws(NodeError) -> [MemberID: [RekeyPrivateKey]] {
        var keys: [MemberID: [RekeyPrivateKey]] = [:]
        for file in files {
            do {
                let (name, key) = try RekeyKeyFile.loadPrivate(file.path)
                guard let member = MemberID(name) else { throw KeyFileError.format }
                keys[member, default: []].append(key)
            } catch {
                throw .file(file.path, "\(error)")
            }
        }
        return keys
    }
}

extension NodeHome {
    /// Whether a file would lie in the home, links in its folder's path followed.
    func contains(_ file: URL) -> Bool {
        let own = folder.resolvingSymlinksInPath().standardizedFileURL.pathComponents
        let place = file.deletingLastPathComponent().resolvingSymlinksInPath()
            .standardizedFileURL.pathComponents
        return place.starts(with: own)
    }
}
