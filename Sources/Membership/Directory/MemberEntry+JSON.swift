import StrictJSON

extension MemberEntry {
    /// The length of a legal name in bytes of UTF-8.
    public static let legalNameBytes = 1...256
    /// The most request-signing keys of a member, old and coming ones included.
    public static let requestKeysMax = 8
    /// The most opening keys of a regulator: three years of months.
    public static let openingKeysMax = 36

    init(_ field: DirectoryField, consortium: ConsortiumID) throws(DirectoryError) {
        let members = try field.members(known: [
            "id", "legalName", "node", "role", "status", "requestKeys", "supervises",
            "openingKeys", "denialKey",
        ])
        id = try members.required("id").name()
        legalName = try members.required("legalName").plainText(bytes: Self.legalNameBytes)
        node = try members.required("node").name()
        role = try members.required("role").choice()
        status = try members.required("status").choice()
        requestKeys = try members.listOrEmpty(
            "requestKeys", countMax: Self.requestKeysMax, of: SigningKeyEntry.init)
        supervises = try members.listOrEmpty("supervises", countMax: Directory.membersMax) {
            field throws(DirectoryError) in try field.name()
        }
        openingKeys = try members.listOrEmpty(
            "openingKeys", countMax: Self.openingKeysMax, of: OpeningKeyEntry.init)
        denialKey = try members.optional("denialKey")?.verifierKey(
            .ed25519, name: Self.denialKeyName(of: id, in: consortium))
        try refuseRegulatorsOnly(in: members)
    }

    var json: JSONValue {
        .members([
            "id": .string(id.text),
            "legalName": .string(legalName),
            "node": .string(node.text),
            "role": .string(role.rawValue),
            "status": .string(status.rawValue),
            "requestKeys": .array(requestKeys.map(\.json)),
            "supervises": supervises.isEmpty ? nil : .strings(supervises),
            "openingKeys": openingKeys.isEmpty ? nil : .array(openingKeys.map(\.json)),
            "denialKey": denialKey.map { .string($0.description) },
        ])
    }

    private func refuseRegulatorsOnly(in members: DirectoryMembers) throws(DirectoryError) {
        guard role != .regulator else { return }
        let present = [
            ("supervises", !supervises.isEmpty),
            ("openingKeys", !openingKeys.isEmpty),
            ("denialKey", denialKey != nil),
        ]
        for (key, isPresent) in present where isPresent {
            throw try members.required(key).breaks(.regulatorsOnly)
        }
    }
}
