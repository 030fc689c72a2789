import Membership
import StrictJSON

/// The answer of `GET /v1/reachability`: whether the answerer reached the asker (protocol/messages.md).
public struct Reachability: Sendable, Equatable {
    /// The asker.
    public let node: NodeID
    /// When it was tried, by the answerer's clock.
    public let at: Timestamp
    /// Why it was not reached, in the words of [outcomes](protocol/errors.md); nil: it was.
    public let code: String?

    /// Makes an answer.
    public init(node: NodeID, at: Timestamp, code: String?) {
        self.node = node
        self.at = at
        self.code = code
    }

    /// The message as JSON.
    public var json: JSONValue {
        [
            "node": .string(node.text), "at": .string(at.description),
            "reached": .bool(code == nil), "code": code.map(JSONValue.string) ?? .null,
        ]
    }

    /// Reads an answer; what is unknown in it is passed over. A code is a word of at most 40 letters.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        node = try reader.required("node", "a node's id") { $0.text.flatMap(NodeID.init) }
        at = try reader.timestamp("at")
        let isReached = try reader.required("reached", "true or false", \.bool)
        let code = try reader.optional("code", "a code") { value in
            value.text.flatMap { Self.isWord($0) ? $0 : nil }
        }
        self.code = isReached ? nil : code ?? "refused"
    }

    private static func isWord(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}

extension PeerFailure {
    /// The failure in one word of those that stand in reports (protocol/errors.md, "Outcomes in a
    /// report").
    public var word: String {
        let outcome = MemberOutcome(self)
        return outcome.code ?? outcome.word
    }
}
