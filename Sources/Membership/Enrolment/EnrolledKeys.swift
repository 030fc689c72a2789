import Crypto
import StrictJSON

/// The public keys of an invited node and its members, bound to one request for a certificate: what
/// officers approve, as it will stand in the directory (protocol/enrolment.md).
public struct EnrolledKeys: Sendable, Equatable {
    /// SHA-256 of the request for a certificate in DER, 32 bytes.
    public let request: [UInt8]
    /// The node, active, with its keys.
    public let node: NodeEntry
    /// The members, active or on trial as invited, with theirs, in the invitation's order.
    public let members: [MemberEntry]

    /// Keys of an invitation, put together by the node; they go through the checks of the form.
    ///
    /// - Parameters:
    ///   - features: optional parts of the protocol that the node speaks.
    ///   - members: by member the keys of its requests, and of a regulator what else it has.
    public init(
        of invitation: Invitation, request: [UInt8], answerKeys: [SigningKeyEntry],
        voprfKeys: [VOPRFKeyEntry], log: NodeLog, features: [String] = [],
        members: [MemberID: MemberKeys]
    ) throws(EnrolmentRefusal) {
        let list = invitation.members.map { member in
            members[member.id, default: MemberKeys()].json(of: member.id)
        }
        let json = JSONValue.members([
            "request": .string(Base64.encodeURL(request)),
            "answerKeys": .array(answerKeys.map(\.json)),
            "voprfKeys": .array(voprfKeys.map(\.json)), "log": log.json,
            "features": features.isEmpty ? nil : .strings(features),
            "members": .array(list),
        ])
        try self.init(json: json, of: invitation)
    }

    /// Reads a document of keys that was sent for an invitation.
    public init(bytes: [UInt8], of invitation: Invitation) throws(EnrolmentRefusal) {
        let limits = JSONLimits(documentBytesMax: EnrolmentLimits.keysBytesMax)
        guard let json = try? JSONValue(parsing: bytes, limits: limits) else {
            throw EnrolmentRefusal(.keysMalformed, "not JSON within its limits")
        }
        try self.init(json: json, of: invitation)
    }

    /// Reads a document of keys.
    public init(json: JSONValue, of invitation: Invitation) throws(EnrolmentRefusal) {
        do throws(DirectoryError) {
            try self.init(DirectoryField(value: json, path: .root), invitation)
        } catch {
            throw EnrolmentRefusal(.keysMalformed, error)
        }
        guard node.answerKeys.count == 1, node.voprfKeys.map(\.state) == [.current],
            node.log?.verifierKeys.count == 1
        else {
            throw EnrolmentRefusal(
                .keysUnfit, "one key of answers, of pseudonyms and of the log is needed")
        }
        guard members.map(\.id) == invitation.members.map(\.id),
            members.allSatisfy({ $0.requestKeys.count == 1 })
        else {
            throw EnrolmentRefusal(
                .keysUnfit, "one request key of each invited member is needed, in their order")
        }
    }

    private init(
        _ field: DirectoryField, _ invitation: Invitation
    ) throws(DirectoryError) {
        let fields = try field.members(known: [
            "request", "answerKeys", "voprfKeys", "log", "features", "members",
        ])
        request = try fields.required("request").publicKey().bytes
        node = NodeEntry(
            id: invitation.node, operatorName: invitation.operatorName,
            endpoint: invitation.endpoint, features: try NodeEntry.features(fields),
            answerKeys: try fields.listOrEmpty(
                "answerKeys", countMax: NodeEntry.answerKeysMax, of: SigningKeyEntry.init),
            voprfKeys: try fields.listOrEmpty(
                "voprfKeys", countMax: NodeEntry.voprfKeysMax, of: VOPRFKeyEntry.init),
            log: try NodeLog(
                fields.required("log"), node: invitation.node, consortium: invitation.consortium))
        let invited = Dictionary(uniqueKeysWithValues: invitation.members.map { ($0.id, $0) })
        members = try fields.required("members").list(count: 1...EnrolmentLimits.membersMax) {
            field throws(DirectoryError) in
            let (id, keys) = try MemberKeys.read(field, in: invitation.consortium)
            guard let member = invited[id] else { throw field.breaks(.noSuchMember) }
            guard member.role == .regulator || keys.isLenders else {
                throw field.breaks(.regulatorsOnly)
            }
            return MemberEntry(
                id: id, legalName: member.legalName, node: invitation.node, role: member.role,
                status: member.status, requestKeys: keys.request, supervises: member.supervises,
                openingKeys: keys.opening, denialKey: keys.denial)
        }
    }

    /// The document.
    public var json: JSONValue {
        .members([
            "request": .string(Base64.encodeURL(request)),
            "answerKeys": .array(node.answerKeys.map(\.json)),
            "voprfKeys": .array(node.voprfKeys.map(\.json)), "log": node.log?.json,
            "features": node.features.isEmpty ? nil : .strings(node.features),
            "members": .array(
                members.map { MemberKeys($0).json(of: $0.id) }),
        ])
    }

    /// What people compare over the telephone: the first 16 bytes of SHA-256 over
    /// `creditmesh-enrolment-1`, 0x00 and the document as ``json`` encodes it, in hexadecimal.
    public var fingerprint: String {
        let bytes = Array("creditmesh-enrolment-1".utf8) + [0] + json.encoded
        return Fingerprint.text(SHA256.hash(data: bytes))
    }

    /// Whether a directory lists the node as active with exactly these keys, and on it exactly these
    /// members with theirs, taking part.
    public func isListed(in directory: Directory) -> Bool {
        guard let listed = directory.node(node.id), listed.status == .active,
            listed.endpoint == node.endpoint, listed.answerKeys == node.answerKeys,
            listed.voprfKeys == node.voprfKeys, listed.log == node.log
        else { return false }
        let served = directory.members(servedBy: node.id)
        return served.count == members.count
            && members.allSatisfy { member in
                guard let found = directory.member(member.id) else { return false }
                return found.node == node.id && found.role == member.role
                    && (found.status == .active || found.status == .trial)
                    && MemberKeys(found) == MemberKeys(member)
            }
    }
}

/// The public keys of one member that come from it.
public struct MemberKeys: Sendable, Equatable {
    /// Sign its requests.
    public let request: [SigningKeyEntry]
    /// Of a regulator: for opening evaluations.
    public let opening: [OpeningKeyEntry]
    /// Of a regulator: signs its denials.
    public let denial: VerifierKey?

    /// Keys of a member.
    public init(
        request: [SigningKeyEntry] = [], opening: [OpeningKeyEntry] = [],
        denial: VerifierKey? = nil
    ) {
        self.request = request
        self.opening = opening
        self.denial = denial
    }

    init(_ entry: MemberEntry) {
        self.init(
            request: entry.requestKeys, opening: entry.openingKeys, denial: entry.denialKey)
    }

    var isLenders: Bool { opening.isEmpty && denial == nil }

    static func read(
        _ field: DirectoryField, in consortium: ConsortiumID
    ) throws(DirectoryError) -> (MemberID, MemberKeys) {
        let fields = try field.members(known: ["id", "requestKeys", "openingKeys", "denialKey"])
        let id: MemberID = try fields.required("id").name()
        let keys = MemberKeys(
            request: try fields.listOrEmpty(
                "requestKeys", countMax: MemberEntry.requestKeysMax, of: SigningKeyEntry.init),
            opening: try fields.listOrEmpty(
                "openingKeys", countMax: MemberEntry.openingKeysMax, of: OpeningKeyEntry.init),
            denial: try fields.optional("denialKey")?.verifierKey(
                .ed25519, name: MemberEntry.denialKeyName(of: id, in: consortium)))
        return (id, keys)
    }

    func json(of member: MemberID) -> JSONValue {
        .members([
            "id": .string(member.text), "requestKeys": .array(request.map(\.json)),
            "openingKeys": opening.isEmpty ? nil : .array(opening.map(\.json)),
            "denialKey": denial.map { .string($0.description) },
        ])
    }
}
