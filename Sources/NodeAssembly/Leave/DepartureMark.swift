import Exchange
import Foundation
import Membership
import StrictJSON

/// What is decided before the first row of a member is deleted: it makes the record the same, however
/// often the deletion is cut off.
struct DepartureMark: Equatable {
    let consortium: ConsortiumID
    let node: NodeID
    let member: MemberID
    let at: Timestamp
    /// Who had it done, in the operator's words.
    let by: String?
    /// The directory by which the node worked, and what it listed the member as.
    let directoryVersion: Int
    let status: String?
    /// The keys of requests that are destroyed, by their names in the directory.
    let requestKeys: [String]
    /// Whether there was a rekey key's public half.
    let hasRekeyKey: Bool
    /// Until when what is evidence of exchanges is kept.
    let evidenceUntil: Timestamp

    var json: JSONValue {
        .members([
            "record": .string(Self.form), "consortium": .string("\(consortium)"),
            "node": .string(node.text), "member": .string(member.text),
            "at": .string(at.description), "by": by.map(JSONValue.string),
            "directoryVersion": .integer(directoryVersion), "status": status.map(JSONValue.string),
            "requestKeys": .array(requestKeys.map(JSONValue.string)),
            "rekeyKey": .bool(hasRekeyKey), "evidenceUntil": .string(evidenceUntil.description),
        ])
    }

    /// Reads a mark; nil for anything else.
    init?(_ json: JSONValue) {
        guard var reader = try? JSONObjectReader(json),
            reader.optional("record")?.text == Self.form,
            let consortium = reader.optional("consortium")?.text.flatMap(ConsortiumID.init),
            let node = reader.optional("node")?.text.flatMap(NodeID.init),
            let member = reader.optional("member")?.text.flatMap(MemberID.init),
            let at = reader.optional("at")?.text.flatMap(Timestamp.init),
            let version = reader.optional("directoryVersion")?.integer,
            let keys = reader.optional("requestKeys")?.elements?.compactMap(\.text),
            let hasRekeyKey = reader.optional("rekeyKey")?.bool,
            let until = reader.optional("evidenceUntil")?.text.flatMap(Timestamp.init)
        else { return nil }
        (self.consortium, self.node, self.member, self.at) = (consortium, node, member, at)
        by = reader.optional("by")?.text
        directoryVersion = version
        status = reader.optional("status")?.text
        (requestKeys, self.hasRekeyKey, evidenceUntil) = (keys, hasRekeyKey, until)
    }

    init(
        consortium: ConsortiumID, node: NodeID, member: MemberID, at: Timestamp, by: String?,
        directoryVersion: Int, status: String?, requestKeys: [String], hasRekeyKey: Bool,
        evidenceUntil: Timestamp
    ) {
        (self.consortium, self.node, self.member, self.at) = (consortium, node, member, at)
        (self.by, self.directoryVersion, self.status) = (by, directoryVersion, status)
        (self.requestKeys, self.hasRekeyKey) = (requestKeys, hasRekeyKey)
        self.evidenceUntil = evidenceUntil
    }

    private static let form = "creditmesh-departure-1"
}
