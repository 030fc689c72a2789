import StrictJSON

/// A directory's content as the file says it: every value has passed its own check, what the values
/// say about each other has not been looked at (see ``DirectoryChecks``).
struct DirectoryContent {
    let version: Int
    let consortium: ConsortiumID
    let charter: Charter
    let nodes: [NodeEntry]
    let members: [MemberEntry]
    let witnesses: [WitnessEntry]
}

extension DirectoryContent {
    init(json: [UInt8]) throws(DirectoryError) {
        guard json.count <= Directory.bytesMax else { throw .tooLarge }
        let document: JSONValue
        do {
            let limits = JSONLimits(documentBytesMax: Directory.bytesMax)
            document = try JSONValue(parsing: json, limits: limits)
        } catch .malformed(let fault, let offset) {
            throw .unreadable(fault, offset: offset)
        } catch {
            throw .unreadable(.syntax, offset: 0)
        }
        try self.init(DirectoryField(value: document, path: .root))
    }

    private init(_ field: DirectoryField) throws(DirectoryError) {
        let fields = try field.members(known: [
            "version", "consortium", "charter", "nodes", "members", "witnesses",
        ])
        version = try fields.required("version").integer(in: 1...JSONLimits.integerMax)
        let consortium: ConsortiumID = try fields.required("consortium").name()
        self.consortium = consortium
        charter = try Charter(fields.required("charter"))
        nodes = try fields.required("nodes").list(count: 1...Directory.nodesMax) {
            field throws(DirectoryError) in try NodeEntry(field, consortium: consortium)
        }
        members = try fields.required("members").list(count: 1...Directory.membersMax) {
            field throws(DirectoryError) in try MemberEntry(field, consortium: consortium)
        }
        witnesses = try fields.listOrEmpty(
            "witnesses", countMax: Directory.witnessesMax, of: WitnessEntry.init)
    }

    func encoded() -> [UInt8] {
        let document = JSONValue.members([
            "version": .integer(version),
            "consortium": .string(consortium.text),
            "charter": charter.json,
            "nodes": .array(nodes.map(\.json)),
            "members": .array(members.map(\.json)),
            "witnesses": .array(witnesses.map(\.json)),
        ])
        return Array((document.prettyPrinted + "\n").utf8)
    }
}
