import Membership
import Pseudonym
import StrictJSON

/// How far a coming pseudonym key is: which subjects have tokens under it.
public struct KeyPreparation: Sendable, Equatable {
    /// The key's name.
    public let kid: String
    /// Its public half, 32 bytes, as the directory lists it.
    public let publicKey: [UInt8]
    /// The counts of each lender of the node.
    public let counts: [Count]

    /// The count of one lender.
    public struct Count: Sendable, Equatable {
        /// The lender.
        public let member: MemberID
        /// Its subjects.
        public let count: RekeyCount

        /// A count.
        public init(member: MemberID, count: RekeyCount) {
            self.member = member
            self.count = count
        }
    }

    /// Puts it together.
    public init(kid: String, publicKey: [UInt8], counts: [Count]) {
        self.kid = kid
        self.publicKey = publicKey
        self.counts = counts
    }

    /// Subjects that belong into the filters and have no token.
    public var lacking: Int { counts.reduce(0) { $0 + $1.count.lacking } }
    /// Whether the key can become current.
    public var isReady: Bool { lacking == 0 }

    /// As commands and the local API write it.
    public var json: JSONValue {
        [
            "kid": .string(kid), "publicKey": .string(Base64URL.encode(publicKey)),
            "ready": .bool(isReady), "lacking": .integer(lacking),
            "members": .array(counts.map { $0.count.json(of: $0.member) }),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        kid = try reader.required("kid", "text") { $0.text }
        publicKey = try reader.required("publicKey", "base64url") { value in
            value.text.flatMap { try? Base64URL.decode($0) }
        }
        let members = try reader.required("members", "a list") { $0.elements }
        var counts: [Count] = []
        for member in members { counts.append(try Count(member)) }
        self.counts = counts
    }
}

extension KeyPreparation.Count {
    fileprivate init(_ json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: "members")
        member = try reader.required("member", "an id") { $0.text.flatMap { MemberID($0) } }
        var count = RekeyCount()
        count.subjects = try reader.required("subjects", "a number") { $0.integer }
        count.had = try reader.required("had", "a number") { $0.integer }
        count.made = try reader.required("made", "a number") { $0.integer }
        count.unsealed = try reader.required("unsealed", "a number") { $0.integer }
        count.unopened = try reader.required("unopened", "a number") { $0.integer }
        count.lacking = try reader.required("lacking", "a number") { $0.integer }
        self.count = count
    }
}

extension RekeyCount {
    fileprivate func json(of member: MemberID) -> JSONValue {
        [
            "member": .string(member.description), "subjects": .integer(subjects),
            "had": .integer(had), "made": .integer(made), "unsealed": .integer(unsealed),
            "unopened": .integer(unopened), "lacking": .integer(lacking),
        ]
    }
}
