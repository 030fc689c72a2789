import Exchange
import Foundation
import Membership
import Pseudonym
import StrictJSON

/// The first frame of a move's file: whose it is, from where to where, and in which form
/// (protocol/leaving.md, "The file").
struct MoveHeader: Equatable {
    /// The first bytes of every file.
    static let mark = Array("creditmesh-move-1\n".utf8)
    /// Bytes of a move's name.
    static let nameBytes = 32

    let consortium: ConsortiumID
    let member: MemberID
    let source: NodeID
    let target: NodeID
    /// Random, so that a move is known again.
    let name: [UInt8]
    let at: Timestamp
    /// The key of the source's answers that signs the file.
    let keyID: KeyName
    let form: MoveForm

    var json: JSONValue {
        [
            "consortium": .string("\(consortium)"), "member": .string(member.text),
            "from": .string(source.text), "to": .string(target.text),
            "name": .string(Base64URL.encode(name)), "at": .string(at.description),
            "keyid": .string(keyID.text), "steps": .array(form.steps.map(JSONValue.string)),
            "tables": .array(
                form.tables.map { table in
                    [
                        "name": .string(table.name),
                        "columns": .array(table.columns.map(JSONValue.string)),
                    ]
                }),
        ]
    }
}

extension MoveHeader {
    /// Reads a frame; nil for anything else.
    init?(_ bytes: [UInt8]) {
        let limits = JSONLimits(documentBytesMax: MoveFrame.bytesMax)
        guard let json = try? JSONValue(parsing: bytes, limits: limits),
            var reader = try? JSONObjectReader(json),
            let consortium = reader.optional("consortium")?.text.flatMap(ConsortiumID.init),
            let member = reader.optional("member")?.text.flatMap(MemberID.init),
            let source = reader.optional("from")?.text.flatMap(NodeID.init),
            let target = reader.optional("to")?.text.flatMap(NodeID.init),
            let name = reader.optional("name")?.text.flatMap({ try? Base64URL.decode($0) }),
            name.count == Self.nameBytes,
            let at = reader.optional("at")?.text.flatMap(Timestamp.init),
            let keyID = reader.optional("keyid")?.text.flatMap(KeyName.init),
            let steps = reader.optional("steps")?.texts,
            let tables = reader.optional("tables")?.elements?.map(MoveForm.Table.init),
            (try? reader.refuseUnknown()) != nil
        else { return nil }
        self.init(
            consortium: consortium, member: member, source: source, target: target, name: name,
            at: at, keyID: keyID, form: MoveForm(steps: steps, tables: tables.compactMap(\.self)))
        guard form.tables.count == tables.count else { return nil }
    }
}

extension MoveForm.Table {
    fileprivate init?(_ json: JSONValue) {
        guard var reader = try? JSONObjectReader(json), let name = reader.optional("name")?.text,
            let columns = reader.optional("columns")?.texts
        else { return nil }
        self.init(name: name, columns: columns)
    }
}
