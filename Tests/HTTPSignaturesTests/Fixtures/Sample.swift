import Crypto
import Foundation

@testable import HTTPSignatures

enum FixtureError: Error {
    case value
}

/// An invented exchange, at an invented time.
enum Sample {
    static let created = 1_793_000_000
    static let content = Array(#"{"member":"harbor"}"#.utf8)
    static let answerContent = Array(#"{"kid":"k1"}"#.utf8)

    static func keyID(_ text: String) throws -> SigningKeyID {
        guard let keyID = SigningKeyID(text) else { throw FixtureError.value }
        return keyID
    }

    /// The private key of an id: SHA-256 of the id.
    static func key(_ id: String) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: SHA256.hash(data: Array(id.utf8)))
    }

    static func signer(_ id: String = "harbor-1") throws -> MessageSigner {
        MessageSigner(keyID: try keyID(id), privateKey: try key(id))
    }

    static func target(_ path: String = "/v1/evaluations") throws -> TargetURI {
        guard
            let target = TargetURI(endpoint: "https://lakeside.example:8443", rawTarget: path)
        else { throw FixtureError.value }
        return target
    }

    static func nonce(_ byte: UInt8 = 7) throws -> SignatureNonce {
        guard let nonce = SignatureNonce(bytes: [UInt8](repeating: byte, count: 16)) else {
            throw FixtureError.value
        }
        return nonce
    }

    static func post() throws -> RequestMessage {
        RequestMessage(
            method: .post, target: try target(),
            fields: [
                HeaderField("Accept", "*/*"), HeaderField("Content-Type", "application/json"),
            ])
    }

    static func get() throws -> RequestMessage {
        RequestMessage(method: .get, target: try target("/v1/manifest"), fields: [])
    }

    static func signedPost() throws -> SignedRequest {
        try signer().sign(post(), content: content, created: created, nonce: nonce())
    }

    static func signedGet() throws -> SignedRequest {
        try signer().sign(get(), content: [], created: created, nonce: nonce())
    }

    static func answer(_ status: Int = 200) throws -> AnswerMessage {
        let fields = [HeaderField("content-type", "application/json")]
        guard let answer = AnswerMessage(status: status, fields: fields) else {
            throw FixtureError.value
        }
        return answer
    }

    static func signedAnswer(to request: SignedRequest) throws -> SignedAnswer {
        try signer("lakeside-1").sign(
            answer(), content: answerContent, to: request, created: created)
    }
}

extension RequestMessage {
    /// The same request with the lines of one field replaced; none takes them out.
    func with(_ name: String, _ values: String...) -> RequestMessage {
        let fields = fields.without(name) + values.map { HeaderField(name, $0) }
        return RequestMessage(method: method, target: target, fields: fields)
    }

    /// The same request with one part of a field replaced.
    func replacing(_ part: String, with other: String, in name: String) throws -> RequestMessage {
        guard let value = fields.joined(name), value.contains(part) else {
            throw FixtureError.value
        }
        return with(name, value.replacing(part, with: other))
    }
}

extension AnswerMessage {
    /// The same answer with the lines of one field replaced; none takes them out.
    func with(_ name: String, _ values: String...) -> AnswerMessage {
        AnswerMessage(
            unchecked: status,
            fields: fields.without(name) + values.map { HeaderField(name, $0) })
    }
}

/// Signs whatever it is told, also what no honest sender would: the base is put together here.
enum RawSigner {
    /// A request with a signature of these components and parameters.
    static func sign(
        _ request: RequestMessage, _ components: [String], _ parameters: String
    ) throws -> RequestMessage {
        let list = "(\(components.joined(separator: " ")))\(parameters)"
        let lines = try components.map { "\($0): \(try value($0, of: request))\n" }
        let base = lines.joined() + "\"@signature-params\": \(list)"
        let signature = try Sample.key("harbor-1").signature(for: Array(base.utf8))
        return request.with("signature-input", "sig1=\(list)")
            .with("signature", "sig1=:\(signature.base64EncodedString()):")
    }

    /// The value that an identifier's name has, whatever its parameters say.
    private static func value(_ identifier: String, of request: RequestMessage) throws -> String {
        let name = identifier.lowercased().split(separator: "\"")[0]
        switch name {
        case "@method": return request.method.rawValue
        case "@target-uri": return request.target.text
        case "@status": return "200"
        default:
            guard let value = request.fields.joined(String(name)) else {
                throw FixtureError.value
            }
            return value
        }
    }
}
