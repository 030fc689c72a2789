import Exchange
import Foundation
import Pseudonym

/// The secrets of a node that are not for TLS, in files of mode 0600.
public struct NodeKeys: Sendable {
    /// The pseudonym keys.
    public let ring: KeyRing
    /// The key of account references.
    public let references: ReferenceKey

    /// Reads the keys of a home.
    public init(home: NodeHome) throws(NodeError) {
        ring = try Self.ring(home.pseudonymKeys)
        let bytes = try PrivateFile.read(home.referenceKey, bytesMax: 32)
        guard let references = ReferenceKey(bytes: bytes) else {
            throw .file(home.referenceKey.path, "must hold exactly 32 bytes")
        }
        self.references = references
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

    private static func ring(_ folder: URL) throws(NodeError) -> KeyRing {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var keys: [PseudonymKey] = []
        for name in names.sorted() where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let path = folder.appending(path: name).path
            do {
                keys.append(try PseudonymKeyFile.load(path))
            } catch {
                throw .file(path, "\(error)")
            }
        }
        do {
            return try KeyRing(keys)
        } catch .currentKeys(let count) {
            throw .file(folder.path, "holds \(count) current keys; exactly one is needed")
        } catch {
            throw .file(folder.path, "two keys have the same name")
        }
    }
}
