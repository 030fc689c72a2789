import Membership
import StrictJSON

/// `POST /v1/denials`: a denial that somebody hands on (protocol/messages.md).
public struct DenialRequest: Sendable {
    /// The member that signs the request.
    public let member: MemberID
    /// The note.
    public let denial: [UInt8]

    /// Makes a request.
    public init(member: MemberID, denial: [UInt8]) {
        self.member = member
        self.denial = denial
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "member": .string(member.text),
            "denial": .string(String(decoding: denial, as: UTF8.self)),
        ]
    }

    /// Reads a request.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        member = try reader.member()
        denial = try reader.required("denial", "a note") { value in
            value.text.map { Array($0.utf8) }
        }
        try reader.refuseUnknown()
    }
}

/// The answer of `GET` and `POST /v1/denials`: the notes that count at a node.
public struct DenialList: Sendable, Equatable {
    /// The notes, at most one a regulator.
    public let denials: [[UInt8]]

    /// Makes a list.
    public init(denials: [[UInt8]]) {
        self.denials = denials
    }

    /// The message as JSON.
    public var json: JSONValue {
        ["denials": .array(denials.map { .string(String(decoding: $0, as: UTF8.self)) })]
    }

    /// Reads an answer; what is unknown in it is passed over.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        denials = try reader.required(
            "denials", "at most \(Directory.denialKeysMax) notes"
        ) { value in
            guard let texts = value.texts, texts.count <= Directory.denialKeysMax else {
                return nil
            }
            return texts.map { Array($0.utf8) }
        }
    }
}
