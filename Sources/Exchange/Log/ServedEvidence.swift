import Pseudonym
import StrictJSON
import TransparencyLog

/// Evidence with the entry that it belongs to: the answer to `GET /v1/evidence/<index>`
/// (protocol/log.md, "Evidence").
public struct ServedEvidence: Hashable, Sendable {
    /// The entry's place.
    public let index: EntryIndex
    /// The entry's exact bytes.
    public let entry: [UInt8]
    /// What lies beside it.
    public let evidence: Evidence

    /// Evidence of an entry.
    public init(index: EntryIndex, entry: [UInt8], evidence: Evidence) {
        self.index = index
        self.entry = entry
        self.evidence = evidence
    }

    /// The document.
    public var json: JSONValue {
        let first = [
            JSONMember("index", .integer(index.value)),
            JSONMember("entry", .string(Base64URL.encode(entry))),
        ]
        return .object(first + evidence.jsonMembers)
    }

    /// Reads the document.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        index = try reader.required("index", "an index") { value in
            value.integer.flatMap { EntryIndex($0) }
        }
        entry = try reader.required("entry", "base64url") { value in
            value.text.flatMap { try? Base64URL.decode($0) }
        }
        evidence = try Evidence(from: &reader)
    }
}
