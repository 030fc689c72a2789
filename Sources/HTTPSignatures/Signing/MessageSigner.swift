import Crypto
import Foundation

/// Signs requests as a member, or answers as a node. Printing it shows the key's id alone.
public struct MessageSigner: Sendable {
    /// The id under which the directory lists the public half.
    public let keyID: SigningKeyID
    private let privateKey: Curve25519.Signing.PrivateKey

    /// A signer.
    public init(keyID: SigningKeyID, privateKey: Curve25519.Signing.PrivateKey) {
        self.keyID = keyID
        self.privateKey = privateKey
    }

    /// A signer whose private half is these 32 bytes; nil for another length.
    public init?(keyID: SigningKeyID, privateKey bytes: some Collection<UInt8>) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(bytes)) else {
            return nil
        }
        self.init(keyID: keyID, privateKey: key)
    }

    /// The public half, 32 bytes.
    public var publicKeyBytes: [UInt8] { Array(privateKey.publicKey.rawRepresentation) }

    /// Signs a request. Fields of digest and signature that it has already are replaced.
    ///
    /// - Parameters:
    ///   - request: the request; a POST must have `Content-Type` once.
    ///   - content: its content; none for a GET.
    ///   - created: now, in seconds since 1970.
    ///   - life: how long it can be used, in seconds; held to 1 to 300.
    ///   - nonce: fresh for every request, also for a repeated one.
    /// - Throws: `SignatureError.invalid` for a request that cannot be signed, `.digestMismatch` for a
    ///   GET with content; or what the cryptographic library throws.
    public func sign(
        _ request: RequestMessage, content: [UInt8], created: Int,
        life: Int = SignatureProfile.lifeSecondsMax, nonce: SignatureNonce
    ) throws -> SignedRequest {
        guard request.method == .post || content.isEmpty else {
            throw SignatureError.digestMismatch
        }
        let digest = request.method == .post ? ContentDigest(of: content) : nil
        let plain = RequestMessage(
            method: request.method, target: request.target,
            fields: Self.fields(request.fields, digest: digest))
        let seconds = min(max(life, 1), SignatureProfile.lifeSecondsMax)
        let parameters = SignatureParameters(
            created: created, once: .init(expires: created + seconds, nonce: nonce), keyID: keyID)
        let made = try make(
            parameters, covering: CoveredComponent.all(of: request.method), value: plain.value)
        let message = RequestMessage(
            method: plain.method, target: plain.target, fields: plain.fields + made.fields)
        return SignedRequest(message: message, base: made.base, signature: made.signature)
    }

    /// Signs an answer, and binds it to its request. Fields of digest and signature that it has
    /// already are replaced.
    ///
    /// - Parameters:
    ///   - answer: the answer, which must have `Content-Type` once.
    ///   - content: its content.
    ///   - request: what is answered; its signature was verified.
    ///   - created: now, in seconds since 1970.
    /// - Throws: `SignatureError.invalid` for an answer that cannot be signed; or what the
    ///   cryptographic library throws.
    public func sign(
        _ answer: AnswerMessage, content: [UInt8], to request: SignedRequest, created: Int
    ) throws -> SignedAnswer {
        let plain = AnswerMessage(
            unchecked: answer.status,
            fields: Self.fields(answer.fields, digest: ContentDigest(of: content)))
        let made = try make(
            SignatureParameters(created: created, once: nil, keyID: keyID),
            covering: CoveredComponent.all(ofAnswerTo: request.message.method)
        ) { plain.value(of: $0, to: request) }
        let message = AnswerMessage(unchecked: plain.status, fields: plain.fields + made.fields)
        return SignedAnswer(message: message, base: made.base, signature: made.signature)
    }

    private struct Made {
        let base: SignatureBase
        let signature: [UInt8]
        let fields: [HeaderField]
    }

    private func make(
        _ parameters: SignatureParameters, covering components: [CoveredComponent],
        value: (CoveredComponent) -> String?
    ) throws -> Made {
        let lines = try components.map { component in
            guard let value = value(component) else { throw SignatureError.invalid }
            return (identifier: component.rawValue, value: value)
        }
        let list = components.map(\.rawValue).joined(separator: " ")
        let input = "(\(list))" + parameters.text
        let base = SignatureBase(lines, parameters: input)
        let signature = Array(try privateKey.signature(for: base.bytes))
        let label = SignatureProfile.label
        let fields = [
            HeaderField([HeaderField].signatureInput, "\(label)=\(input)"),
            HeaderField(
                [HeaderField].signature, "\(label)=\(LabelledSignature.text(of: signature))"),
        ]
        return Made(base: base, signature: signature, fields: fields)
    }

    private static func fields(_ fields: [HeaderField], digest: ContentDigest?) -> [HeaderField] {
        let names = [HeaderField].self
        let kept = fields.without(names.contentDigest, names.signatureInput, names.signature)
        return kept + (digest.map { [HeaderField(names.contentDigest, $0.text)] } ?? [])
    }
}

extension MessageSigner: CustomStringConvertible, CustomReflectable {
    /// The key's id.
    public var description: String { "signer with key \(keyID)" }

    /// A mirror of the key's id alone.
    public var customMirror: Mirror { Mirror(self, children: ["keyID": keyID.text]) }
}
