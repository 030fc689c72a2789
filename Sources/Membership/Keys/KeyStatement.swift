import Crypto
import StrictJSON

/// What a node states about its own keys: which the directory should list from now on, signed with a
/// key of its answers that is listed already (protocol/directory.md, "Changing keys").
///
/// Kinds of keys that it does not name stay as they are.
public struct KeyStatement: Sendable, Equatable {
    /// The version of the form.
    public static let version = 1
    /// Most bytes of a statement: that of a node with as many members as one may serve, each with
    /// as many keys as it may have.
    public static let bytesMax = 2 * 1_024 * 1_024
    /// What a signature covers begins with this, so that it counts for nothing else.
    static let label = "creditmesh-keys-v1"

    /// The consortium.
    public let consortium: ConsortiumID
    /// The node.
    public let node: NodeID
    /// All keys of the node's answers, the one that is to sign last; nil: as they are.
    public var answerKeys: [SigningKeyEntry]?
    /// All pseudonym keys of the node; nil: as they are.
    public var voprfKeys: [VOPRFKeyEntry]?
    /// All keys of the node's log; nil: as they are.
    public var logKeys: [VerifierKey]?
    /// All keys of requests, by member, for those members whose keys change.
    public var requestKeys: [MemberID: [SigningKeyEntry]]

    /// A statement that names no key yet.
    public init(consortium: ConsortiumID, node: NodeID) {
        self.consortium = consortium
        self.node = node
        requestKeys = [:]
    }

    /// The statement, signed.
    ///
    /// - Parameters:
    ///   - keyID: of a key of the node's answers.
    ///   - sign: signs bytes with it, Ed25519.
    public func signed(
        keyID: KeyName, by sign: ([UInt8]) throws -> [UInt8]
    ) rethrows -> SignedKeyStatement {
        SignedKeyStatement(
            statement: self, keyID: keyID, signature: try sign(covered(keyID: keyID)))
    }

    func covered(keyID: KeyName) -> [UInt8] {
        Array("\(Self.label)\n\(keyID)\n".utf8) + json.encoded
    }

    var json: JSONValue {
        let members = requestKeys.sorted { $0.key.text < $1.key.text }
        return .members([
            "version": .integer(Self.version),
            "consortium": .string(consortium.text),
            "node": .string(node.text),
            "answerKeys": answerKeys.map { .array($0.map(\.json)) },
            "voprfKeys": voprfKeys.map { .array($0.map(\.json)) },
            "vkeys": logKeys.map { .strings($0) },
            "members": members.isEmpty
                ? nil
                : .array(
                    members.map { id, keys in
                        .members([
                            "id": .string(id.text), "requestKeys": .array(keys.map(\.json)),
                        ])
                    }),
        ])
    }
}

extension KeyStatement {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let fields = try field.members(known: [
            "version", "consortium", "node", "answerKeys", "voprfKeys", "vkeys", "members",
        ])
        _ = try fields.required("version").integer(in: Self.version...Self.version)
        let consortium: ConsortiumID = try fields.required("consortium").name()
        let node: NodeID = try fields.required("node").name()
        self.init(consortium: consortium, node: node)
        answerKeys = try fields.optional("answerKeys")?.list(
            count: 1...NodeEntry.answerKeysMax, of: SigningKeyEntry.init)
        voprfKeys = try fields.optional("voprfKeys")?.list(
            count: 1...NodeEntry.voprfKeysMax, of: VOPRFKeyEntry.init)
        let origin = NodeLog.origin(of: node, in: consortium)
        logKeys = try fields.optional("vkeys")?.distinct(count: 1...NodeLog.verifierKeysMax) {
            field throws(DirectoryError) in try field.verifierKey(.ed25519, name: origin)
        }
        let members = try fields.listOrEmpty("members", countMax: Directory.membersMax) {
            field throws(DirectoryError) in try Self.member(field)
        }
        requestKeys = Dictionary(members) { first, _ in first }
        guard requestKeys.count == members.count else { throw field.breaks(.duplicate) }
    }

    private static func member(
        _ field: DirectoryField
    ) throws(DirectoryError) -> (MemberID, [SigningKeyEntry]) {
        let fields = try field.members(known: ["id", "requestKeys"])
        return (
            try fields.required("id").name(),
            try fields.required("requestKeys").list(
                count: 1...MemberEntry.requestKeysMax, of: SigningKeyEntry.init)
        )
    }
}
