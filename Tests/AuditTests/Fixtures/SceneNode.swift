import Crypto
import Exchange
import Foundation
import HTTPSignatures
import Membership
import Store
import TestSupport
import TransparencyLog

/// A node with one member of the same name, its keys and its log.
final class SceneNode {
    static let consortium = "test.creditmesh"

    let name: String
    let id: NodeID
    let member: MemberID
    let log: SQLiteLog
    let logSigner: NoteSigner
    private let folder: URL
    private let clock: ManualClock

    init(_ name: String, in folder: URL, clock: ManualClock, path: String? = nil) throws {
        self.name = name
        self.folder = folder
        self.clock = clock
        id = try sample(NodeID("\(name)-node"))
        member = try sample(MemberID(name))
        let origin = "\(Self.consortium)/log/\(name)-node"
        logSigner = try sample(
            NoteSigner(
                name: try sample(TransparencyLog.KeyName(Array(origin.utf8))),
                privateKey: Self.key("\(name) log")))
        let place = folder.appending(path: path ?? "\(name)-store")
        log = try SQLiteLog.open(
            at: place.appending(path: "log.sqlite").path,
            record: folder.appending(path: "\(path ?? name)-promised").path, node: id,
            signers: [logSigner], clock: clock)
    }

    /// The same node with an empty log: what an operator who has all keys can begin anew.
    func begunAnew() throws -> SceneNode {
        try SceneNode(name, in: folder, clock: clock, path: "\(name)-again")
    }

    var endpoint: String { "https://\(name).example" }

    /// Signs as the member.
    func requestSigner(_ label: String? = nil) throws -> MessageSigner {
        MessageSigner(
            keyID: try sample(SigningKeyID("\(name)-1")),
            privateKey: try Self.key(label ?? "\(name) requests"))
    }

    /// Signs as the node.
    func answerSigner() throws -> MessageSigner {
        MessageSigner(
            keyID: try sample(SigningKeyID("\(name)-node-1")),
            privateKey: try Self.key("\(name) answers"))
    }

    func entry() throws -> NodeEntry {
        let vkey = try sample(VerifierKey(logSigner.key.description))
        return NodeEntry(
            id: id, operatorName: "\(name) (invented)", endpoint: try sample(Endpoint(endpoint)),
            answerKeys: [try Self.entry("\(name)-node-1", "\(name) answers")],
            log: NodeLog(origin: logSigner.key.name.description, verifierKeys: [vkey]))
    }

    func memberEntry() throws -> MemberEntry {
        MemberEntry(
            id: member, legalName: "\(name) (invented)", node: id, role: .lender,
            requestKeys: [try Self.entry("\(name)-1", "\(name) requests")])
    }

    /// A private key of a label, the same on every run.
    static func key(_ label: String) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: SHA256.hash(data: Array(label.utf8)))
    }

    private static func entry(_ keyID: String, _ label: String) throws -> SigningKeyEntry {
        SigningKeyEntry(
            keyID: try sample(Membership.KeyName(keyID)),
            publicKey: try sample(PublicKeyBytes(Array(key(label).publicKey.rawRepresentation))))
    }
}
