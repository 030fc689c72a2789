import Exchange
import HTTPSignatures
import Membership

/// Judges the signature of an answer by the keys that the directory lists for the node that was
/// asked (protocol/signatures.md, "Answers").
struct AnswerVerification {
    /// Whom was asked, as the directory lists it.
    let node: NodeEntry
    /// What was asked.
    let request: SignedRequest

    /// The reply that an answer is, when the node signed it as the answer to this request.
    ///
    /// - Throws: `PeerFailure.badSignature`; `.refused` for a problem document without any signature,
    ///   which may be of somebody who had not verified the request.
    func verified(_ answer: ReceivedAnswer) throws(PeerFailure) -> PeerReply {
        if case .refusal(let code) = answer.content, !Self.isSigned(answer) {
            throw .refused(code)
        }
        return PeerReply(
            content: answer.content, body: answer.body, answer: try signed(answer),
            receipt: Self.receipt(of: answer))
    }

    private func signed(_ answer: ReceivedAnswer) throws(PeerFailure) -> SignedAnswer {
        guard let message = AnswerMessage(status: answer.status, fields: answer.fields) else {
            throw .badSignature
        }
        do throws(SignatureError) {
            let signature = try AnswerSignature(of: message, to: request)
            guard let key = node.answerKeys.first(where: { $0.keyID.text == signature.keyID.text })
            else { throw .invalid }
            return try signature.verified(
                by: key.publicKey.bytes, content: ContentDigest(of: answer.body)
            ).signed
        } catch {
            throw .badSignature
        }
    }

    private static func receipt(of answer: ReceivedAnswer) -> String? {
        let fields = answer.fields.filter { $0.name == PeerHTTPLimits.receiptFieldName }
        return fields.count == 1 ? fields[0].value : nil
    }

    private static func isSigned(_ answer: ReceivedAnswer) -> Bool {
        answer.fields.contains { ["signature", "signature-input"].contains($0.name) }
    }
}
