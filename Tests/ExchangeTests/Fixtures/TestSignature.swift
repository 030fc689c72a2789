import Crypto
import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import StrictJSON
import TestSupport

/// Signed messages between nodes that have no network: everybody's private key is SHA-256 of the
/// owner's id.
enum TestSignature {
    static func signer(_ owner: String) throws -> MessageSigner {
        guard let keyID = SigningKeyID(owner) else { throw SignatureError.invalid }
        let seed = SHA256.hash(data: Array(owner.utf8))
        return MessageSigner(
            keyID: keyID,
            privateKey: try Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed)))
    }

    /// The private half of the key of a node's log.
    static func logKey(of node: String) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: Array(SHA256.hash(data: Array("log of \(node)".utf8))))
    }

    /// The log of a node as a directory lists it.
    static func log(of node: String) throws -> NodeLog {
        let origin = "\(TestDirectory.consortium)/log/\(node)"
        guard
            let bytes = PublicKeyBytes(Array(try logKey(of: node).publicKey.rawRepresentation)),
            let key = VerifierKey(name: origin, algorithm: .ed25519, publicKey: bytes)
        else { throw SignatureError.invalid }
        return NodeLog(origin: origin, verifierKeys: [key])
    }

    /// A call as the member's node would sign it.
    static func call(
        _ message: PeerMessage, to node: NodeEntry, as member: MemberID, offset: Int = 0
    ) throws -> SignedCall {
        let (path, body) =
            switch message {
            case .evaluation(let request): ("/v1/evaluations", request.json.encoded)
            case .query(let request): ("/v1/queries", request.json.encoded)
            }
        guard let target = TargetURI(endpoint: node.endpoint.description, rawTarget: path) else {
            throw SignatureError.invalid
        }
        var generator = SystemRandomNumberGenerator()
        let request = try signer(member.text).sign(
            RequestMessage(
                method: .post, target: target,
                fields: [HeaderField("content-type", "application/json")]),
            content: body, created: Int(Samples.now.secondsSinceEpoch) + offset,
            nonce: SignatureNonce(from: &generator))
        return SignedCall(
            node: node, member: member, message: message, request: request, body: body)
    }

    /// A 200 as the node would sign it.
    static func reply(_ json: JSONValue, to call: SignedCall) throws -> PeerReply {
        let fields = [HeaderField("content-type", "application/json")]
        guard let message = AnswerMessage(status: 200, fields: fields) else {
            throw SignatureError.invalid
        }
        let body = json.encoded
        let answer = try signer(call.node.id.text).sign(
            message, content: body, to: call.request, created: Int(Samples.now.secondsSinceEpoch))
        let entry = LogEntry.answering(
            call.message, request: call.request, answer: answer,
            from: Samples.node("harbor-node"), call.member, at: call.node.id, now: Samples.now)
        let node = call.node.id.text
        let receipt = try MadeUpReceipt.make(
            entry, origin: log(of: node).origin, privateKey: logKey(of: node))
        return PeerReply(
            content: .message, body: body, answer: answer,
            receipt: Base64URL.encode(receipt.bytes))
    }
}
