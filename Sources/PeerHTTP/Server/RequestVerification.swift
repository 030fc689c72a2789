import Exchange
import HTTPSignatures
import HTTPTypes
import Membership

/// Judges the signature of a request by one directory (protocol/signatures.md).
struct RequestVerification {
    /// This node, whose endpoint stands in what is signed.
    let node: NodeID

    /// Who signed a request of a node, when it was one of the members that this node serves.
    ///
    /// - Throws: `signature-missing` or `signature-invalid`, which are answered unsigned.
    func verified(
        _ head: HTTPRequest, from caller: NodeEntry, in directory: Directory
    ) throws(Refusal) -> (caller: Caller, request: VerifiedRequest) {
        guard let own = directory.node(node) else {
            throw Refusal(.internal, "the directory does not list this node")
        }
        let message = try Self.message(head, to: own)
        do throws(SignatureError) {
            let signature = try RequestSignature(of: message)
            guard let keyID = KeyName(signature.keyID.text),
                let requester = directory.requester(keyID: keyID),
                requester.member.node == caller.id
            else { throw .invalid }
            let request = try signature.verified(by: requester.key.publicKey.bytes)
            return (Caller(node: caller, member: requester.member), request)
        } catch {
            throw Refusal(Problem(error))
        }
    }

    private static func message(
        _ head: HTTPRequest, to own: NodeEntry
    ) throws(Refusal) -> RequestMessage {
        guard let method = RequestMessage.Method(rawValue: head.method.rawValue),
            let target = TargetURI(
                endpoint: own.endpoint.description, rawTarget: head.path ?? "")
        else { throw Refusal(.signatureInvalid, "the request is none that can be signed") }
        let fields = head.headerFields.map { HeaderField($0.name.rawName, $0.value) }
        return RequestMessage(method: method, target: target, fields: fields)
    }
}

extension Problem {
    /// What is wrong with a signature, in the protocol's code.
    init(_ error: SignatureError) {
        switch error {
        case .missing: self.init(.signatureMissing, "the request has no signature sig1")
        case .invalid:
            self.init(
                .signatureInvalid,
                "sig1 is not of the profile, of no key of the certificate's node, or wrong")
        case .clockSkew: self.init(.clockSkew, "created is later than this node's time")
        case .expired: self.init(.signatureExpired, "the signature has expired")
        case .digestMismatch:
            self.init(.digestMismatch, "Content-Digest is not that of the content")
        }
    }
}
