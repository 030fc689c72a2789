import Exchange
import HTTPSignatures
import StrictJSON
import Testing
import TransparencyLog

@Suite("Evidence beside the log")
struct EvidenceTests {
    private func evidence() throws -> Evidence {
        let salts = (1...3).compactMap { CommitmentSalt(bytes: Samples.bytes($0, count: 32)) }
        return Evidence(
            request: RequestEvidence(
                method: "POST", targetURI: "https://lakeside.example:8443/v1/queries",
                headers: [
                    HeaderField("Content-Type", "application/json"),
                    HeaderField("Signature", "sig1=:AA==:"), HeaderField("signature", ""),
                ], body: Array("{}".utf8)),
            answer: AnswerEvidence(
                status: 200, headers: [HeaderField("content-type", "application/json")],
                body: Samples.bytes(9, count: 1000)),
            salts: salts, boxes: [Samples.bytes(4, count: 80), []],
            consents: [
                [RestingConsent(member: Samples.member("lakeside"), basis: .book(12))], [],
                [
                    RestingConsent(
                        member: Samples.member("harbor"),
                        basis: .inquiry(Samples.bytes(5, count: 32)))
                ],
            ])
    }

    @Test("is read as it was written, with its entry")
    func roundTrip() throws {
        let evidence = try evidence()
        #expect(try Evidence(json: evidence.json) == evidence)
        let index = try #require(EntryIndex(17))
        let served = ServedEvidence(index: index, entry: [1, 2, 3], evidence: evidence)
        let bytes = served.json.encoded
        let read = try ServedEvidence(
            json: JSONValue(parsing: bytes, limits: Evidence.jsonLimits))
        #expect(read == served)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.hasPrefix(#"{"index":17,"entry":"AQID","request":{"method":"POST","targetUri":"#))
        #expect(text.contains(#""headers":[["content-type","application/json"],"#))
    }

    @Test("of a request alone has no answer")
    func requestAlone() throws {
        var evidence = try evidence()
        evidence.answer = nil
        let read = try Evidence(json: evidence.json)
        #expect(read == evidence)
        #expect(read.answer == nil)
        #expect(try Evidence(json: Evidence().json) == Evidence())
    }

    @Test(
        "that is not of the protocol is refused",
        arguments: [
            #"{"salts":[]}"#, #"{"salts":["AA"],"boxes":[]}"#, #"{"salts":[],"boxes":["A"]}"#,
            #"{"salts":[],"boxes":[],"more":1}"#,
            #"{"salts":[],"boxes":[],"consents":[[{"member":"lakeside"}]]}"#,
            #"{"salts":[],"boxes":[],"consents":[[{"member":"lakeside","consent":"1"}]]}"#,
            #"{"salts":[],"boxes":[],"consents":[{"member":"lakeside","consent":1}]}"#,
            #"{"request":{"method":"GET","targetUri":"x","headers":[["a"]],"body":""},"salts":[],"boxes":[]}"#,
            #"{"answer":{"status":99,"headers":[],"body":""},"salts":[],"boxes":[]}"#,
        ])
    func malformed(text: String) throws {
        let value = try JSONValue(parsing: text.utf8, limits: Evidence.jsonLimits)
        #expect(throws: JSONError.self) { try Evidence(json: value) }
    }

    @Test("prints nothing of what it holds")
    func silent() throws {
        let evidence = try evidence()
        let printed =
            "\(evidence) \(String(reflecting: evidence))"
            + String(describing: evidence.request) + String(reflecting: evidence.answer)
        #expect(!printed.contains("lakeside") && !printed.contains("165"))
    }
}
