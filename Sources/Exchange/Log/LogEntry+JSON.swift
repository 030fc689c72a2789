import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Why an entry cannot be written or read. The fault is that of whoever made it.
public enum LogEntryError: Error, Hashable, Sendable {
    /// More bytes than an entry of its type may have.
    case tooLong
    /// A value that an entry cannot have, such as a negative count.
    case value
    /// Not the one spelling of an entry.
    case malformed
    /// A version or type that this software does not know.
    case unknown
}

extension LogEntry {
    /// The entry's exact bytes: JSON without white space, members in the order of protocol/log.md.
    ///
    /// - Throws: `LogEntryError.tooLong`, or `.value`.
    public func bytes() throws(LogEntryError) -> [UInt8] {
        let bytes = json.encoded
        guard bytes.count <= bytesMax else { throw .tooLong }
        do throws(LogEntryError) {
            guard try LogEntry(reading: bytes) == self else { throw .value }
        } catch {
            // What cannot be read is not written.
            throw .value
        }
        return bytes
    }

    /// An entry from its exact bytes.
    ///
    /// - Throws: `LogEntryError.tooLong`, `.unknown` for a type of a later version, `.malformed` for
    ///   any other spelling than ``bytes()``.
    public init(bytes: [UInt8]) throws(LogEntryError) {
        try self.init(reading: bytes)
        guard json.encoded == bytes else { throw .malformed }
    }

    /// An entry from bytes that spell it in any way.
    private init(reading bytes: [UInt8]) throws(LogEntryError) {
        let limits = JSONLimits(documentBytesMax: Self.bytesMax)
        guard bytes.count <= Self.bytesMax else { throw .tooLong }
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            var reader = try? JSONObjectReader(value),
            let version = reader.optional("v")?.integer, let name = reader.optional("type")?.text
        else { throw .malformed }
        guard version == Self.version, let type = LogEntryType(rawValue: name) else {
            throw .unknown
        }
        let entry: LogEntry
        do throws(JSONError) {
            entry = try LogEntry(type, from: &reader)
            try reader.refuseUnknown()
        } catch {
            throw .malformed
        }
        guard bytes.count <= entry.bytesMax else { throw .tooLong }
        self = entry
    }

    private init(_ type: LogEntryType, from reader: inout JSONObjectReader) throws(JSONError) {
        self.type = type
        at = try reader.timestamp("at")
        node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
        member = try reader.optional("member", "a member's id") { $0.text.flatMap(MemberID.init) }
        peer = try reader.optional("peer", "a node's id") { $0.text.flatMap(NodeID.init) }
        peerMember = try reader.optional("peerMember", "a member's id") {
            $0.text.flatMap(MemberID.init)
        }
        isLocal = try reader.optional("local", "true") { $0.bool == true ? true : nil } ?? false
        count = try reader.logCount("count")
        outcomes = try reader.optional("outcomes", "counts", LogOutcomes.init(json:))
        filter = try reader.logFilters()
        kid = try reader.optional("kid", "a key's name") { $0.text.flatMap(KeyID.init) }
        request = try reader.logHash("request")
        response = try reader.logHash("response")
        itemsRoot = try reader.logHash("itemsRoot")
        purpose = try reader.optional("purpose", "a purpose") { $0.text.flatMap(Purpose.init) }
        channel = try reader.optional("channel", "a channel") { $0.text.flatMap(LogChannel.init) }
        operatorCommitment = try reader.logCommitment("operator")
        caseCommitment = try reader.logCommitment("case")
        retainUntil = try reader.optionalTimestamp("retainUntil")
        target = try reader.optional("target", "a path") { value in
            value.text.flatMap { $0.utf8.count <= Self.targetBytesMax ? $0 : nil }
        }
        statement = try reader.logStatement()
        directory = try reader.logHash("directory")
        directoryVersion = try reader.logCount("directoryVersion")
        record = try reader.logHash("record")
        denial = try reader.optional("denial", "a denial", LogDenial.init(json:))
    }

    private var json: JSONValue {
        .members([
            "v": .integer(Self.version),
            "type": .string(type.rawValue),
            "at": .string(at.description),
            "node": .string(node.description),
            "member": member.map { .string($0.description) },
            "peer": peer.map { .string($0.description) },
            "peerMember": peerMember.map { .string($0.description) },
            "local": isLocal ? true : nil,
            "count": count.map(JSONValue.integer),
            "outcomes": outcomes?.json,
            "filter": filter.digests.map { .array($0.map { .string(Hex.text(of: $0.bytes)) }) },
            "filterRoot": filter.rootHash.map(JSONValue.init(bytesOf:)),
            "kid": kid.map { .string($0.rawValue) },
            "request": request.map(JSONValue.init(bytesOf:)),
            "response": response.map(JSONValue.init(bytesOf:)),
            "itemsRoot": itemsRoot.map(JSONValue.init(bytesOf:)),
            "purpose": purpose.map { .string($0.rawValue) },
            "channel": channel.map { .string($0.rawValue) },
            "operator": operatorCommitment.map { .string(Base64URL.encode($0.bytes)) },
            "case": caseCommitment.map { .string(Base64URL.encode($0.bytes)) },
            "retainUntil": retainUntil.map { .string($0.description) },
            "target": target.map(JSONValue.string),
            "statement": statement?.wholeDocument,
            "statementDigest": statement?.digestAlone.map(JSONValue.init(bytesOf:)),
            "directory": directory.map(JSONValue.init(bytesOf:)),
            "directoryVersion": directoryVersion.map(JSONValue.integer),
            "record": record.map(JSONValue.init(bytesOf:)),
            "denial": denial?.json,
        ])
    }
}

extension LogOutcomes {
    fileprivate init?(json: JSONValue) {
        guard var reader = try? JSONObjectReader(json), let found = try? reader.logCount("found"),
            let none = try? reader.logCount("none"), let refused = try? reader.logCount("refused"),
            (try? reader.refuseUnknown()) != nil
        else { return nil }
        self.init(found: found, none: none, refused: refused)
    }

    fileprivate var json: JSONValue {
        ["found": .integer(found), "none": .integer(none), "refused": .integer(refused)]
    }
}

extension LogFilters {
    fileprivate var digests: [MerkleHash]? {
        if case .digests(let digests) = self { digests } else { nil }
    }

    fileprivate var rootHash: MerkleHash? {
        if case .root(let root) = self { root } else { nil }
    }
}

extension LogStatement {
    fileprivate var wholeDocument: JSONValue? {
        if case .whole(let bytes) = self { Self.document(bytes) } else { nil }
    }

    fileprivate var digestAlone: MerkleHash? {
        if case .digest(let digest) = self { digest } else { nil }
    }
}

extension JSONValue {
    fileprivate init(bytesOf hash: MerkleHash) { self = .string(Base64URL.encode(hash.bytes)) }

    fileprivate var hash: MerkleHash? { bytes(count: MerkleHash.count).flatMap(MerkleHash.init) }
}

extension JSONObjectReader {
    fileprivate mutating func logCount(_ name: String) throws(JSONError) -> Int? {
        try optional(name, "a count") { value in value.integer.flatMap { $0 >= 0 ? $0 : nil } }
    }

    fileprivate mutating func logHash(_ name: String) throws(JSONError) -> MerkleHash? {
        try optional(name, "32 bytes in base64url", \.hash)
    }

    fileprivate mutating func logCommitment(_ name: String) throws(JSONError) -> Commitment? {
        try optional(name, "32 bytes in base64url") { value in
            value.bytes(count: Commitment.count).flatMap { Commitment(bytes: $0) }
        }
    }

    fileprivate mutating func logFilters() throws(JSONError) -> LogFilters {
        let digests = try optional("filter", "digests") { value -> [MerkleHash]? in
            guard let texts = value.texts, (1...LogEntry.filtersMax).contains(texts.count) else {
                return nil
            }
            let digests = texts.compactMap(Hex.bytes(of:)).compactMap { MerkleHash(bytes: $0) }
            return digests.count == texts.count ? digests : nil
        }
        let root = try logHash("filterRoot")
        guard let root else { return digests.map(LogFilters.digests) ?? .none }
        guard digests == nil else {
            throw .mismatch(path: path("filterRoot"), expected: "there without filter")
        }
        return .root(root)
    }

    fileprivate mutating func logStatement() throws(JSONError) -> LogStatement? {
        let whole = try optional("statement", "a statement") { value -> LogStatement? in
            let bytes = value.encoded
            return LogStatement.document(bytes) == nil ? nil : .whole(bytes)
        }
        let digest = try logHash("statementDigest")
        guard let digest else { return whole }
        guard whole == nil else {
            throw .mismatch(path: path("statementDigest"), expected: "there without statement")
        }
        return .digest(digest)
    }
}
