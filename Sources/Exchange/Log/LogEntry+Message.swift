import HTTPSignatures
import Pseudonym
import TransparencyLog

extension LogEntry {
    /// Says what a message asks: how much of it, under which key, for what.
    mutating func describe(_ message: PeerMessage) {
        count = message.count
        kid = KeyID(rawValue: message.kid)
        purpose = message.purpose.flatMap(Purpose.init)
    }
}

extension SignatureBase {
    /// By this the log names the message.
    var logName: MerkleHash? { MerkleHash(bytes: digest) }
}

extension RequestEvidence {
    /// A signed request with its content.
    init(_ request: SignedRequest, body: [UInt8]) {
        let message = request.message
        self.init(
            method: message.method.rawValue, targetURI: message.target.text,
            headers: message.fields.provingFields, body: body)
    }
}

extension AnswerEvidence {
    /// A signed answer with its content.
    init(_ answer: SignedAnswer, body: [UInt8]) {
        self.init(
            status: answer.message.status, headers: answer.message.fields.provingFields,
            body: body)
    }
}

extension [HeaderField] {
    /// Those that a signature covers, and the signature: nothing else of a message proves anything.
    fileprivate var provingFields: [HeaderField] {
        filter {
            ["content-type", "content-digest", "signature-input", "signature"].contains($0.name)
        }
    }
}
