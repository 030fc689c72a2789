import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// `GET /v1/manifest`: which filters hold for which key, and how old each member's book is
/// (protocol/messages.md, manifest).
public struct Manifest: Sendable, Equatable {
    /// The node that speaks.
    public let node: NodeID
    /// The moment for which the filters are complete; freshness counts from it.
    public let asOf: Timestamp
    /// Filters; those of one `kid` are a union.
    public let filters: [ManifestFilter]
    /// The members that the node serves.
    public let members: [ManifestMember]

    /// Makes a manifest.
    public init(
        node: NodeID, asOf: Timestamp, filters: [ManifestFilter], members: [ManifestMember]
    ) {
        self.node = node
        self.asOf = asOf
        self.filters = filters
        self.members = members
    }
}

/// One filter of a manifest.
public struct ManifestFilter: Sendable, Equatable {
    /// The pseudonym key whose tokens it holds.
    public let kid: String
    /// How many distinct tokens it holds.
    public let count: Int
    /// SHA-256 of its bytes, 32 bytes; also its address.
    public let digest: [UInt8]
    /// When it was made.
    public let generated: Timestamp
    /// Where the node's log announces it; nil at a node that keeps none.
    public let logIndex: EntryIndex?

    /// Makes an entry.
    public init(
        kid: String, count: Int, digest: [UInt8], generated: Timestamp,
        logIndex: EntryIndex? = nil
    ) {
        self.kid = kid
        self.count = count
        self.digest = digest
        self.generated = generated
        self.logIndex = logIndex
    }

    /// The exponent of the false-positive rate, 2^−20; the only one of version 1.
    public static let probabilityBits = 20
}

/// What a manifest says of one member.
public struct ManifestMember: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// As of when its book is; nil when there is none.
    public let bookAsOf: Timestamp?
    /// Subjects held.
    public let subjects: Int
    /// Of them, those of whom nothing may be disclosed for any purpose.
    public let undisclosed: Int

    /// Makes an entry.
    public init(member: MemberID, bookAsOf: Timestamp?, subjects: Int, undisclosed: Int) {
        self.member = member
        self.bookAsOf = bookAsOf
        self.subjects = subjects
        self.undisclosed = undisclosed
    }
}

extension Manifest {
    /// The message as JSON.
    public var json: JSONValue {
        [
            "node": .string(node.description),
            "asOf": .string(asOf.description),
            "filters": .array(filters.map(\.json)),
            "members": .array(members.map(\.json)),
        ]
    }

    /// Reads a manifest; unknown members are ignored.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
        asOf = try reader.timestamp("asOf")
        let filters = try reader.required("filters", "an array", \.elements)
        guard filters.count <= ExchangeLimits.filtersPerManifestMax else {
            throw .mismatch(path: "filters", expected: "fewer entries")
        }
        let members = try reader.required("members", "an array", \.elements)
        guard members.count <= ExchangeLimits.membersPerNodeMax else {
            throw .mismatch(path: "members", expected: "fewer entries")
        }
        self.filters = try filters.mapIndexed { value, index throws(JSONError) in
            try ManifestFilter(json: value, path: "filters[\(index)]")
        }
        self.members = try members.mapIndexed { value, index throws(JSONError) in
            try ManifestMember(json: value, path: "members[\(index)]")
        }
    }
}

extension ManifestFilter {
    fileprivate var json: JSONValue {
        .members([
            "kid": .string(kid),
            "n": .integer(count),
            "p": .integer(Self.probabilityBits),
            "digest": .string(SHA256Text.write(digest)),
            "generated": .string(generated.description),
            "logIndex": logIndex.map { .integer($0.value) },
        ])
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        kid = try reader.kid()
        count = try reader.required("n", "a number of tokens") { value in
            value.integer.flatMap { (0...TokenFilter.countMax).contains($0) ? $0 : nil }
        }
        _ = try reader.required("p", "20") { $0.integer == Self.probabilityBits ? true : nil }
        digest = try reader.required("digest", "sha-256=:…:") {
            $0.text.flatMap(SHA256Text.read)
        }
        generated = try reader.timestamp("generated")
        logIndex = try reader.optional("logIndex", "a place in a log") { value in
            value.integer.flatMap { EntryIndex($0) }
        }
    }
}

extension ManifestMember {
    fileprivate var json: JSONValue {
        [
            "member": .string(member.description),
            "bookAsOf": bookAsOf.map { .string($0.description) } ?? .null,
            "subjects": .integer(subjects),
            "undisclosed": .integer(undisclosed),
        ]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        member = try reader.member()
        bookAsOf = try reader.optionalTimestamp("bookAsOf")
        subjects = try reader.count("subjects")
        undisclosed = try reader.count("undisclosed")
    }
}

extension JSONObjectReader {
    /// Takes a required time.
    mutating func timestamp(_ name: String) throws(JSONError) -> Timestamp {
        guard let time = try optionalTimestamp(name) else { throw .missing(path: path(name)) }
        return time
    }

    /// Takes a time that may be absent or null.
    mutating func optionalTimestamp(_ name: String) throws(JSONError) -> Timestamp? {
        try optional(name, "a time YYYY-MM-DDThh:mm:ssZ") { $0.text.flatMap(Timestamp.init) }
    }

    /// Takes a number that is not negative.
    mutating func count(_ name: String) throws(JSONError) -> Int {
        try required(name, "a number, 0 or more") { value in
            value.integer.flatMap { $0 >= 0 ? $0 : nil }
        }
    }
}

extension Array {
    /// Maps each element with its index, keeping the error's type.
    func mapIndexed<Result, Failure: Error>(
        _ transform: (Element, Int) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(count)
        for (index, element) in enumerated() {
            results.append(try transform(element, index))
        }
        return results
    }
}
