import Membership
import Pseudonym
import StrictJSON
import Testing

@testable import Exchange

@Suite("Evaluation messages")
struct EvaluationMessageTests {
    private static let identity = JSONValue.string(String(repeating: "A", count: 43))

    private static func read(_ json: JSONValue) throws(Problem) -> EvaluationRequest {
        try EvaluationRequest(json: json, admit: { _, _ in })
    }

    @Test("a request reads back as it was written")
    func requestRoundTrip() throws {
        let request = try Samples.evaluationRequest()
        let bytes = request.json.encoded
        let read = try Self.read(JSONValue(parsing: bytes, limits: .request))
        #expect(read.member == request.member)
        #expect(read.kid == request.kid)
        #expect(read.elements == request.elements)
        #expect(read.json.encoded == bytes)
    }

    @Test(
        "a request with a fault is refused with its code, and no value of it is repeated",
        arguments: [
            .without("member", .badRequest),
            .put("member", .null, .badRequest),
            .put("member", 7, .badRequest),
            .put("member", "Canary Harbor", .badRequest),
            .put("member", "ha", .badRequest),
            .without("kid", .badRequest),
            .put("kid", 1, .badRequest),
            .put("kid", "", .badRequest),
            .put("kid", .string(String(repeating: "k", count: 33)), .badRequest),
            .put("kid", "canary/kid", .badRequest),
            .without("elements", .badRequest),
            .put("elements", "canary-elements", .badRequest),
            .put("elements", [], .batchSize),
            .put("elements", .array(Array(repeating: "", count: 1025)), .batchSize),
            .put("elements[1]", .null, .invalidElement),
            .put("elements[1]", 5, .invalidElement),
            .put("elements[1]", "canary-element", .invalidElement),
            .put("elements[1]", identity, .invalidElement),
            .put("elements[1]", .string(String(repeating: "_", count: 42) + "8"), .invalidElement),
            .put("sealed", "canary-digest", .badRequest),
            .put("sealed", 7, .badRequest),
            .put("sealed", .string(String(repeating: "A", count: 42)), .badRequest),
            .put("sealed", .string(String(repeating: "A", count: 44)), .badRequest),
            .put("x-canary", 1, .badRequest),
            .put("purpose", "loan-approval", .badRequest),
        ] as [Edit<ProblemCode>])
    func requestFault(edit: Edit<ProblemCode>) throws {
        let json = try edit.apply(to: Samples.evaluationRequest().json)
        let problem = try #require(throws: Problem.self) { try Self.read(json) }
        #expect(problem.code == edit.verdict)
        for text in json.recognisableTexts { #expect(!problem.detail.contains(text)) }
    }

    @Test("the digest of boxes is read and written back where there is one")
    func sealed() throws {
        let json = try Samples.evaluationRequest().json
        #expect(try Self.read(json).sealed == nil)
        let text = JSONValue.string(String(repeating: "A", count: 43))
        let sealed = try Self.read(json.setting("sealed", to: text))
        #expect(sealed.sealed?.bytes == Array(repeating: 0, count: 32))
        #expect(sealed.json == (try json.setting("sealed", to: text)))
    }

    @Test("an element is base64url without padding and without spare bits")
    func elementSpelling() throws {
        let json = try Samples.evaluationRequest().json
        let text = try #require(json.value(at: "elements[0]").text)
        let spellings = [text + "=", text + " ", "\n" + text, String(text.dropLast()), text + "A"]
        for spelling in spellings {
            let edited = try json.setting("elements[0]", to: .string(spelling))
            #expect(throws: Problem.self) { try Self.read(edited) }
        }
        // The last letter carries 4 bits and 2 spare ones; the next letter sets a spare one.
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(letters.firstIndex { $0 == text.last })
        let spare = String(text.dropLast()) + String(letters[last + 1])
        let edited = try json.setting("elements[0]", to: .string(spare))
        #expect(throws: Problem.self) { try Self.read(edited) }
    }

    @Test("1 and 1024 elements are read")
    func bounds() throws {
        let element = try Samples.evaluationRequest().json.value(at: "elements[0]")
        for count in [1, 1024] {
            let json = try Samples.evaluationRequest().json.setting(
                "elements", to: .array(Array(repeating: element, count: count)))
            #expect(try Self.read(json).elements.count == count)
        }
    }

    @Test("member and key are judged before the batch is counted and its elements are read")
    func admission() throws {
        let json = try Samples.evaluationRequest().json.setting("elements", to: [])
        let problem = try #require(throws: Problem.self) {
            try EvaluationRequest(json: json) { member, kid throws(Problem) in
                #expect(member == Samples.member("harbor"))
                #expect(kid == "k1")
                throw Problem(.unknownMember, "")
            }
        }
        #expect(problem.code == .unknownMember)
    }

    @Test("an answer reads back as it was written, and what it adds is ignored")
    func answerRoundTrip() throws {
        let answer = try Self.answer()
        let bytes = answer.json.encoded
        let json = try JSONValue(parsing: bytes, limits: .answer)
        let read = try EvaluationAnswer(json: json.setting("x-new", to: ["a": .fraction]))
        #expect(read.kid == answer.kid)
        #expect(read.elements == answer.elements)
        #expect(read.proof == answer.proof)
        #expect(read.json.encoded == bytes)
    }

    @Test(
        "an answer with a fault is malformed",
        arguments: [
            .without("kid", ()), .put("kid", "", ()), .put("kid", .null, ()),
            .without("elements", ()), .put("elements", [], ()),
            .put("elements[0]", identity, ()), .put("elements[0]", "AAAA", ()),
            .put("elements", .array(Array(repeating: "", count: 1025)), ()),
            .without("proof", ()), .put("proof", "AAAA", ()), .put("proof", 1, ()),
            .put("proof", .string(String(repeating: "_", count: 85) + "w"), ()),
        ] as [Edit<Void>])
    func answerFault(edit: Edit<Void>) throws {
        let json = try edit.apply(to: Self.answer().json)
        // An empty list of elements can be read; that it is too short is the session's finding.
        guard edit.value != [] else {
            #expect(try EvaluationAnswer(json: json).elements.isEmpty)
            return
        }
        #expect(throws: JSONError.self) { try EvaluationAnswer(json: json) }
    }

    private static func answer() throws -> EvaluationAnswer {
        let key = VOPRFSecretKey.generate()
        let evaluation = try key.evaluate(Samples.evaluationRequest().elements)
        return EvaluationAnswer(
            kid: "k1", elements: evaluation.elements, proof: evaluation.proof)
    }
}
