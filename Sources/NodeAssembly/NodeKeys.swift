import Exchange
import Foundation
import Pseudonym

/// The secrets of a node that are not for TLS, in files of mode 0600.
public struct NodeKeys: Sendable {
    /// The pseudonym keys.
    public let ring: KeyRing
    /// The key of account references.
    public let references: ReferenceKey
    /// Seals to the rekey keys of the members that have one.
    public let sealer: RekeySealer
    /// Sign answers, requests and the log.
    public let signing: SigningKeys

    /// Reads the keys of a home.
    public init(home: NodeHome) throws(NodeError) {
        ring = try Self.ring(home.pseudonymKeys)
        let bytes = try PrivateFile.read(home.referenceKey, bytesMax: 32)
        guard let references = ReferenceKey(bytes: bytes) else {
            throw .file(home.referenceKey.path, "must hold exactly 32 bytes")
        }
        self.references = references
        sealer = RekeySealer(try RekeyKeys.publicHalves(of: home))
        signing = try SigningKeys(home: home)
    }

    /// Makes the keys of a new home; refuses where there are keys already, since new ones would
    /// orphan every token and reference.
    public static func create(
        home: NodeHome, kid: KeyID, now: Timestamp
    ) throws(NodeError) -> PseudonymKey {
        guard !FileManager.default.fileExists(atPath: home.referenceKey.path) else {
            throw .file(home.referenceKey.path, "exists already; this home has its keys")
        }
        let key: PseudonymKey
        do {
            key = try PseudonymKeyFile.create(
                at: home.pseudonymKeys.appending(path: "\(kid.rawValue).json").path, kid: kid,
                state: .current, now: Date(timeIntervalSince1970: Double(now.secondsSinceEpoch)))
        } catch {
            throw .file(home.pseudonymKeys.path, "\(error)")
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try PrivateFile.write(bytes, to: home.referenceKey)
        return key
    }

    /// The pseudonym keys of a home by their files, in the order of the files' names.
    static func files(_ folder: URL) throws(NodeError) -> [(file: URL, key: PseudonymKey)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var files: [(URL, PseudonymKey)] = []
        for name in names.sorted() where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let file = folder.appending(path: name)
            do {
                files.append((file, try PseudonymKeyFile.load(file.path)))
            } catch {
                throw .file(file.path, "\(error)")
            }
        }
        return files
    }

    /// The ring of a folder of key files.
    static func ring(_ folder: URL) throws(NodeError) -> KeyRing {
        do {
            return try KeyRing(afterActivation(try files(folder).map(\.key)))
        } catch let error as NodeError {
            throw error
        } catch KeyRingError.currentKeys(let count) {
            throw .file(folder.path, "holds \(count) current keys; exactly one is needed")
        } catch {
            throw .file(folder.path, "two keys have the same name")
        }
    }

    /// A ring in which the coming key is current and the current one retires.
    static func activated(_ ring: KeyRing) throws(KeyRingError) -> KeyRing {
        let next = ring.keys.first { $0.state == .next }
        return try KeyRing(
            ring.keys.map { key in
                guard let next else { return key }
                let state: KeyState =
                    key.kid == next.kid ? .current : key.state == .current ? .retiring : key.state
                return PseudonymKey(
                    kid: key.kid, state: state, createdAt: key.createdAt, secret: key.secret)
            })
    }

    /// Of several keys whose files say `current` the newest is, and the others are retiring: making
    /// a key current is one change of one file, and the older one's file follows after it.
    private static func afterActivation(_ keys: [PseudonymKey]) -> [PseudonymKey] {
        let currents = keys.filter { $0.state == .current }
        guard let newest = currents.max(by: isOlder) else { return keys }
        return keys.map { key in
            guard key.state == .current, key.kid != newest.kid else { return key }
            return PseudonymKey(
                kid: key.kid, state: .retiring, createdAt: key.createdAt, secret: key.secret)
        }
    }

    /// The order in which keys are made; names that count (`k9`, `k10`) decide within a second.
    private static func isOlder(_ one: PseudonymKey, _ other: PseudonymKey) -> Bool {
        let rank = { (key: PseudonymKey) in
            (key.createdAt, key.kid.rawValue.utf8.count, key.kid.rawValue)
        }
        return rank(one) < rank(other)
    }
}
