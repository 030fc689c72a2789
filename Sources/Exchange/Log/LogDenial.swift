import Crypto
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// What a log says of a regulator's denial (protocol/log.md, "Entries").
public struct LogDenial: Hashable, Sendable {
    /// Most ids; a note has room for no more, each of three letters and a separator.
    static let idsMax = 1_024

    /// SHA-256 of the text that the regulator signed, 32 bytes: who has the note can prove it.
    public let digest: MerkleHash
    /// The denial's version, 1 or more.
    public let version: Int
    /// Whom it denies, as the regulator wrote it; nobody, when it lifts what was before.
    public let ids: [String]

    /// What is to be said of a denial.
    public init(_ denial: Denial) {
        digest = MerkleHash(bytes: Array(SHA256.hash(data: denial.text))) ?? .empty
        version = denial.version
        ids = denial.ids
    }

    /// As it stands in an entry.
    var json: JSONValue {
        [
            "digest": .string(Base64URL.encode(digest.bytes)), "version": .integer(version),
            "ids": .array(ids.map(JSONValue.string)),
        ]
    }

    /// Reads what stands in an entry; nil for anything else.
    init?(json: JSONValue) {
        guard var reader = try? JSONObjectReader(json),
            let digest = reader.optional("digest")?.bytes(count: MerkleHash.count)
                .flatMap(MerkleHash.init(bytes:)),
            let version = reader.optional("version")?.integer, version >= 1,
            let ids = reader.optional("ids")?.texts, ids.count <= Self.idsMax,
            ids.allSatisfy({ NodeID($0) != nil }), (try? reader.refuseUnknown()) != nil
        else { return nil }
        self.digest = digest
        self.version = version
        self.ids = ids
    }
}
