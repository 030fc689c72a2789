import Exchange
import Membership
import Pseudonym
import StrictJSON

/// A consent that a query stated, or of which a lender told the log that its book has it; a regulator
/// demands the evidence. It names no subject: the lender finds the file by the reference.
public struct DemandedConsent: Hashable, Sendable {
    /// In whose log the query stands.
    public let node: NodeID
    /// The asker's entry of it, or the lender's.
    public let index: Int
    /// Which of its queries, or of its consents.
    public let item: Int
    /// The member that asked, or whose book has it.
    public let member: MemberID
    /// When.
    public let at: Timestamp
    /// What for was asked; nil for a consent of a book.
    public let purpose: String?
    /// The consent's reference, 16 bytes: the asker's own; of one of a book the first 16 bytes of
    /// ``evidenceDigest``.
    public let reference: [UInt8]
    /// SHA-256 over 32 random bytes ‖ the file: 32 bytes.
    public let evidenceDigest: [UInt8]

    /// Bytes of a reference.
    static let referenceCount = 16

    /// The reference in base64url, by which files are named.
    public var referenceText: String { Base64URL.encode(reference) }
}

extension DemandedConsent {
    /// The demand as JSON.
    public var json: JSONValue {
        .members([
            "node": .string(node.description),
            "index": .integer(index),
            "item": .integer(item),
            "member": .string(member.description),
            "at": .string(at.description),
            "purpose": purpose.map(JSONValue.string),
            "reference": .string(referenceText),
            "evidenceDigest": .string(SHA256Text.write(evidenceDigest)),
        ])
    }

    /// Reads a demand.
    public init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
        index = try reader.required("index", "an index", \.integer)
        item = try reader.required("item", "a number", \.integer)
        member = try reader.required("member", "a member's id") { $0.text.flatMap(MemberID.init) }
        at = try reader.required("at", "a time") { $0.text.flatMap(Timestamp.init) }
        purpose = try reader.optional("purpose", "a purpose", \.text)
        reference = try reader.required("reference", "16 bytes in base64url") {
            $0.bytes(count: 16)
        }
        evidenceDigest = try reader.required("evidenceDigest", "sha-256=:…:") {
            $0.text.flatMap(SHA256Text.read)
        }
        try reader.refuseUnknown()
    }
}

/// What a regulator demands of lenders: consents that were drawn.
public struct ConsentDemand: Sendable {
    /// By what was drawn.
    public let seed: String
    /// Queries among which was chosen.
    public let candidates: Int
    /// Consents of books among which was chosen: those that name evidence.
    public let bookCandidates: Int
    /// The consents.
    public let consents: [DemandedConsent]

    /// Most bytes of a demand's document.
    public static let bytesMax = 64 * 1024 * 1024

    init(seed: String, candidates: Int, bookCandidates: Int, consents: [DemandedConsent]) {
        self.seed = seed
        self.candidates = candidates
        self.bookCandidates = bookCandidates
        self.consents = consents
    }

    /// The demand as JSON.
    public var json: JSONValue {
        [
            "seed": .string(seed),
            "candidates": .integer(candidates),
            "bookCandidates": .integer(bookCandidates),
            "consents": .array(consents.map(\.json)),
        ]
    }

    /// Reads a demand's document.
    public init(bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(documentBytesMax: Self.bytesMax)
        var reader = try JSONObjectReader(JSONValue(parsing: bytes, limits: limits))
        seed = try reader.required("seed", "a seed", \.text)
        candidates = try reader.required("candidates", "a count", \.integer)
        bookCandidates = try reader.required("bookCandidates", "a count", \.integer)
        let values = try reader.required("consents", "consents", \.elements)
        try reader.refuseUnknown()
        var consents: [DemandedConsent] = []
        for (number, value) in values.enumerated() {
            consents.append(try DemandedConsent(json: value, path: "consents[\(number)]"))
        }
        self.consents = consents
    }
}
