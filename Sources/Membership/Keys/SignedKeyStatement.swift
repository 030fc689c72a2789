import Crypto
import StrictJSON

/// A statement of keys with its signature, which has not been verified yet.
public struct SignedKeyStatement: Sendable, Equatable {
    /// What is stated.
    public let statement: KeyStatement
    /// Which key of the node's answers signed it.
    public let keyID: KeyName
    /// 64 bytes, Ed25519.
    public let signature: [UInt8]

    init(statement: KeyStatement, keyID: KeyName, signature: [UInt8]) {
        self.statement = statement
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads a statement's file.
    ///
    /// - Throws: ``DirectoryError`` for the first rule that it breaks.
    public init(json bytes: [UInt8]) throws(DirectoryError) {
        guard bytes.count <= KeyStatement.bytesMax else { throw .tooLarge }
        let document: JSONValue
        do {
            document = try JSONValue(
                parsing: bytes, limits: JSONLimits(documentBytesMax: KeyStatement.bytesMax))
        } catch .malformed(let fault, let offset) {
            throw .unreadable(fault, offset: offset)
        } catch {
            throw .unreadable(.syntax, offset: 0)
        }
        let fields = try DirectoryField(value: document, path: .root)
            .members(known: ["statement", "keyid", "signature"])
        statement = try KeyStatement(fields.required("statement"))
        keyID = try fields.required("keyid").name()
        let signature = try fields.required("signature")
        guard let bytes = Base64.decodeURL(try signature.string()) else {
            throw signature.breaks(.publicKey)
        }
        self.signature = bytes
    }

    /// The file: JSON in UTF-8, a newline at the end.
    public var bytes: [UInt8] {
        let document = JSONValue.members([
            "statement": statement.json, "keyid": .string(keyID.text),
            "signature": .string(Base64.encodeURL(signature)),
        ])
        return Array((document.prettyPrinted + "\n").utf8)
    }

    /// The next version of a directory, in which the keys are those of the statement.
    ///
    /// - Throws: ``KeyStatementError``, or ``DirectoryError`` where the directory would break a rule.
    public func applied(to directory: Directory) throws -> Directory {
        let own = try verified(in: directory)
        let strangers = statement.requestKeys.keys.filter { directory.member($0)?.node != own.id }
        guard strangers.isEmpty else { throw KeyStatementError.foreignMember }
        let log = statement.logKeys.map { keys in
            NodeLog(
                origin: NodeLog.origin(of: own.id, in: directory.consortium), verifierKeys: keys)
        }
        let next = own.with(
            answerKeys: statement.answerKeys ?? own.answerKeys,
            voprfKeys: statement.voprfKeys ?? own.voprfKeys, log: log ?? own.log)
        return try Directory(
            version: directory.version + 1, consortium: directory.consortium,
            charter: directory.charter,
            nodes: directory.nodes.map { $0.id == own.id ? next : $0 },
            members: directory.members.map { member in
                statement.requestKeys[member.id].map(member.with(requestKeys:)) ?? member
            }, witnesses: directory.witnesses)
    }

    private func verified(in directory: Directory) throws(KeyStatementError) -> NodeEntry {
        guard statement.consortium == directory.consortium,
            let own = directory.node(statement.node)
        else { throw .unknownNode }
        guard let listed = own.answerKeys.first(where: { $0.keyID == keyID }),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: listed.publicKey.bytes),
            key.isValidSignature(signature, for: statement.covered(keyID: keyID))
        else { throw .signature }
        return own
    }
}

/// Why a statement of keys is not taken.
public enum KeyStatementError: Error, Equatable, Sendable {
    /// It is of another consortium, or of a node that the directory does not list.
    case unknownNode
    /// No key of the node's answers that the directory lists signed it.
    case signature
    /// It names keys of a member that another node serves.
    case foreignMember
}

extension KeyStatementError: CustomStringConvertible {
    /// What is wrong, for the officer who holds the file.
    public var description: String {
        switch self {
        case .unknownNode: "it is of another consortium, or of a node that is not listed"
        case .signature: "no listed key of the node's answers signed it"
        case .foreignMember: "it names keys of a member that the node does not serve"
        }
    }
}
