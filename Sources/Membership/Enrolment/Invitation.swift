import StrictJSON

/// Whom the authority invites: a node and the members that it is to serve. All of it comes to stand in
/// the directory as it is here (protocol/enrolment.md).
public struct Invitation: Sendable, Equatable {
    /// The consortium.
    public let consortium: ConsortiumID
    /// The node's id.
    public let node: NodeID
    /// The firm that runs it.
    public let operatorName: String
    /// Where it will listen; its host is the only one of the certificate.
    public let endpoint: Endpoint
    /// The members, at least one, no id twice.
    public let members: [InvitedMember]

    /// An invitation from its parts, which go through the checks of the form.
    public init(
        consortium: ConsortiumID, node: NodeID, operatorName: String, endpoint: Endpoint,
        members: [InvitedMember]
    ) throws(EnrolmentRefusal) {
        try self.init(
            json: Self.json(consortium, node, operatorName, endpoint, members))
    }

    /// Reads the form; without a `consortium` it is that of whoever reads.
    public init(
        json: JSONValue, consortium: ConsortiumID? = nil
    ) throws(EnrolmentRefusal) {
        do throws(DirectoryError) {
            try self.init(DirectoryField(value: json, path: .root), consortium)
        } catch {
            throw EnrolmentRefusal(.keysMalformed, error)
        }
    }

    private init(
        _ field: DirectoryField, _ reader: ConsortiumID?
    ) throws(DirectoryError) {
        let fields = try field.members(known: [
            "consortium", "node", "operator", "endpoint", "members",
        ])
        if let reader, fields.optional("consortium") == nil {
            consortium = reader
        } else {
            consortium = try fields.required("consortium").name()
        }
        node = try fields.required("node").name()
        operatorName = try fields.required("operator").plainText(bytes: NodeEntry.operatorNameBytes)
        let endpoint = try fields.required("endpoint")
        guard let parsed = Endpoint(try endpoint.string()) else { throw endpoint.breaks(.endpoint) }
        self.endpoint = parsed
        let list = try fields.required("members")
        members = try list.list(count: 1...EnrolmentLimits.membersMax, of: InvitedMember.init)
        let ids = Set(members.map(\.id.text) + [node.text])
        guard ids.count == members.count + 1 else { throw list.breaks(.duplicate) }
    }

    /// The form.
    public var json: JSONValue {
        Self.json(consortium, node, operatorName, endpoint, members)
    }

    private static func json(
        _ consortium: ConsortiumID, _ node: NodeID, _ operatorName: String, _ endpoint: Endpoint,
        _ members: [InvitedMember]
    ) -> JSONValue {
        .members([
            "consortium": .string(consortium.text), "node": .string(node.text),
            "operator": .string(operatorName), "endpoint": .string(endpoint.description),
            "members": .array(members.map(\.json)),
        ])
    }

    /// What the certificate of the node says.
    public var identity: NodeIdentity { NodeIdentity(consortium: consortium, node: node) }
}

/// A member that is invited.
public struct InvitedMember: Sendable, Equatable {
    /// Its id.
    public let id: MemberID
    /// Its name in its register.
    public let legalName: String
    /// What it will be.
    public let role: MemberEntry.Role
    /// How it begins: `active`, or as a lender on `trial`.
    public let status: MemberEntry.Status
    /// For a regulator: whom it supervises.
    public let supervises: [MemberID]

    /// A member; its values are checked with the invitation.
    public init(
        id: MemberID, legalName: String, role: MemberEntry.Role = .lender,
        status: MemberEntry.Status = .active, supervises: [MemberID] = []
    ) {
        self.id = id
        self.legalName = legalName
        self.role = role
        self.status = status
        self.supervises = supervises
    }
}

extension InvitedMember {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let fields = try field.members(known: ["id", "legalName", "role", "status", "supervises"])
        id = try fields.required("id").name()
        legalName = try fields.required("legalName").plainText(bytes: MemberEntry.legalNameBytes)
        role = try fields.optional("role")?.choice() ?? .lender
        supervises = try fields.listOrEmpty("supervises", countMax: Directory.membersMax) {
            field throws(DirectoryError) in try field.name()
        }
        status = try fields.optional("status")?.choice() ?? .active
        let beginnings: [MemberEntry.Status] = role == .lender ? [.active, .trial] : [.active]
        guard beginnings.contains(status) else {
            throw try fields.required("status").breaks(.choice(beginnings.map(\.rawValue)))
        }
        guard role == .regulator || supervises.isEmpty else {
            throw try fields.required("supervises").breaks(.regulatorsOnly)
        }
    }

    var json: JSONValue {
        .members([
            "id": .string(id.text), "legalName": .string(legalName),
            "role": .string(role.rawValue),
            "status": status == .active ? nil : .string(status.rawValue),
            "supervises": supervises.isEmpty ? nil : .strings(supervises),
        ])
    }
}
