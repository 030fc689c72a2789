import Membership
import StrictJSON

/// `POST /v1/directory`: which edition of the directory a node holds, told to others when it is a new
/// one (protocol/messages.md). It proves nothing; whoever hears it fetches and verifies.
public struct DirectoryNews: Sendable {
    /// The member that signs the request.
    public let member: MemberID
    /// What the node holds.
    public let edition: DirectoryEdition

    /// Makes a request.
    public init(member: MemberID, edition: DirectoryEdition) {
        self.member = member
        self.edition = edition
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "member": .string(member.text), "root": .integer(edition.root),
            "timestamp": .integer(edition.timestamp),
        ]
    }

    /// Reads a request.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        member = try reader.member()
        edition = try DirectoryEdition(&reader)
        try reader.refuseUnknown()
    }
}
