import Crypto
import Testing

@testable import HTTPSignatures

@Suite("Signed answers")
struct AnswerSignatureTests {
    private func verified(
        _ answer: AnswerMessage, to request: SignedRequest, content: [UInt8] = Sample.answerContent
    ) throws -> VerifiedAnswer {
        try AnswerSignature(of: answer, to: request).verified(
            by: Sample.key("lakeside-1").publicKey, content: ContentDigest(of: content))
    }

    private func error(_ answer: AnswerMessage, to request: SignedRequest) -> SignatureError? {
        do {
            _ = try verified(answer, to: request)
            return nil
        } catch {
            return error as? SignatureError
        }
    }

    @Test("the answer to a POST is bound to method, target, content and signature of it")
    func toPost() throws {
        let request = try Sample.signedPost()
        let answer = try Sample.signedAnswer(to: request)
        let signature = LabelledSignature.text(of: request.signature)
        let list =
            #"("@status" "content-type" "content-digest" "@method";req "@target-uri";req"#
            + #" "content-digest";req "signature";req;key="sig1");created=1793000000"#
            + #";keyid="lakeside-1";alg="ed25519";tag="creditmesh-v1""#
        let base = """
            "@status": 200
            "content-type": application/json
            "content-digest": \(ContentDigest(of: Sample.answerContent).text)
            "@method";req: POST
            "@target-uri";req: https://lakeside.example:8443/v1/evaluations
            "content-digest";req: \(ContentDigest(of: Sample.content).text)
            "signature";req;key="sig1": \(signature)
            "@signature-params": \(list)
            """
        #expect(answer.base.bytes == Array(base.utf8))
        let found = try verified(answer.message, to: request)
        #expect(found.signed == answer)
        #expect(found.keyID.text == "lakeside-1")
        #expect(found.created == Sample.created)
    }

    @Test("the answer to a GET covers no content of it")
    func toGet() throws {
        let request = try Sample.signedGet()
        let answer = try Sample.signedAnswer(to: request)
        let text = String(decoding: answer.base.bytes, as: UTF8.self)
        #expect(!text.contains(#""content-digest";req"#))
        #expect(error(answer.message, to: request) == nil)
        #expect(error(answer.message, to: try Sample.signedPost()) == .invalid)
    }

    @Test("both sides bind it to the request that was verified")
    func serverSide() throws {
        let request = try Sample.signedPost()
        let received = try RequestSignature(of: request.message)
            .verified(by: Sample.key("harbor-1").publicKey)
        let answer = try Sample.signedAnswer(to: received.signed)
        #expect(error(answer.message, to: request) == nil)
    }

    @Test("it is none to another request, even one that asks the same")
    func otherRequest() throws {
        let request = try Sample.signedPost()
        let answer = try Sample.signedAnswer(to: request)
        let again = try Sample.signer().sign(
            Sample.post(), content: Sample.content, created: Sample.created,
            nonce: Sample.nonce(8))
        #expect(again.signature != request.signature)
        #expect(error(answer.message, to: again) == .invalid)
    }

    @Test("another status, type, digest, content or key is refused")
    func altered() throws {
        let request = try Sample.signedPost()
        let answer = try Sample.signedAnswer(to: request).message
        let status = AnswerMessage(unchecked: 404, fields: answer.fields)
        #expect(error(status, to: request) == .invalid)
        #expect(error(answer.with("content-type", "text/html"), to: request) == .invalid)
        #expect(error(answer.with("content-type"), to: request) == .invalid)
        let digest = ContentDigest(of: Sample.content).text
        #expect(error(answer.with("content-digest", digest), to: request) == .invalid)
        #expect(error(answer.with("signature"), to: request) == .missing)
        #expect(throws: SignatureError.digestMismatch) {
            try verified(answer, to: request, content: Sample.content)
        }
        let signature = try AnswerSignature(of: answer, to: request)
        #expect(throws: SignatureError.invalid) {
            try signature.verified(
                by: Sample.key("harbor-1").publicKey,
                content: ContentDigest(of: Sample.answerContent))
        }
    }

    @Test("a request's signature is none of an answer, nor the reverse")
    func kinds() throws {
        let request = try Sample.signedPost()
        let answer = try Sample.signedAnswer(to: request)
        let mirrored = AnswerMessage(unchecked: 200, fields: request.message.fields)
        #expect(error(mirrored, to: request) == .invalid)
        let posed = RequestMessage(
            method: .post, target: request.message.target, fields: answer.message.fields)
        #expect(throws: SignatureError.invalid) { try RequestSignature(of: posed) }
    }

    @Test("the same is signed of a refusal; without a content type nothing is")
    func refusals() throws {
        let request = try Sample.signedPost()
        let content = Array(#"{"code":"clock-skew"}"#.utf8)
        let answer = try Sample.signer("lakeside-1").sign(
            Sample.answer(401), content: content, to: request, created: Sample.created + 900)
        let found = try verified(answer.message, to: request, content: content)
        #expect(found.created == Sample.created + 900)
        #expect(throws: SignatureError.invalid) {
            try Sample.signer("lakeside-1").sign(
                Sample.answer().with("content-type"), content: content, to: request,
                created: Sample.created)
        }
        #expect(AnswerMessage(status: 99, fields: []) == nil)
        #expect(AnswerMessage(status: 600, fields: []) == nil)
    }
}
