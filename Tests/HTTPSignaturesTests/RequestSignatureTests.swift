import Crypto
import Testing

@testable import HTTPSignatures

@Suite("Signed requests")
struct RequestSignatureTests {
    private func verified(_ request: RequestMessage) throws -> VerifiedRequest {
        try RequestSignature(of: request).verified(by: Sample.key("harbor-1").publicKey)
    }

    private func error(_ request: RequestMessage) -> SignatureError? {
        do {
            _ = try verified(request)
            return nil
        } catch {
            return error as? SignatureError
        }
    }

    @Test("a POST is signed over method, target, type and digest, and verifies")
    func post() throws {
        let signed = try Sample.signedPost()
        let digest = ContentDigest(of: Sample.content).text
        let list =
            #"("@method" "@target-uri" "content-type" "content-digest");created=1793000000"#
            + #";expires=1793000300;nonce="BwcHBwcHBwcHBwcHBwcHBw";keyid="harbor-1""#
            + #";alg="ed25519";tag="creditmesh-v1""#
        let base = """
            "@method": POST
            "@target-uri": https://lakeside.example:8443/v1/evaluations
            "content-type": application/json
            "content-digest": \(digest)
            "@signature-params": \(list)
            """
        #expect(signed.base.bytes == Array(base.utf8))
        #expect(signed.base.digest == Array(SHA256.hash(data: Array(base.utf8))))
        #expect(signed.message.fields.joined("signature-input") == "sig1=\(list)")
        #expect(signed.message.fields.joined("content-digest") == digest)

        #expect(try RequestSignature(of: signed.message).keyID.text == "harbor-1")
        let request = try verified(signed.message)
        #expect(request.signed == signed)
        #expect(request.keyID.text == "harbor-1")
        #expect(request.created == Sample.created)
        #expect(request.expires == Sample.created + 300)
        #expect(request.nonceKeptUntil == Sample.created + 360)
        #expect(request.nonce == (try Sample.nonce()))
        try request.check(content: ContentDigest(of: Sample.content), at: Sample.created)
    }

    @Test("a GET is signed over method and target, and has no content")
    func get() throws {
        let signed = try Sample.signedGet()
        #expect(signed.message.fields.map(\.name) == ["signature-input", "signature"])
        let request = try verified(signed.message)
        try request.check(content: ContentDigest(of: [UInt8]()), at: Sample.created)
        #expect(throws: SignatureError.digestMismatch) {
            try request.check(content: ContentDigest(of: [UInt8](" ".utf8)), at: Sample.created)
        }
        #expect(throws: SignatureError.digestMismatch) {
            try Sample.signer().sign(
                Sample.get(), content: [1], created: Sample.created, nonce: Sample.nonce())
        }
    }

    @Test("signing again replaces what was signed before, and lives for 1 to 300 s")
    func signedAgain() throws {
        let first = try Sample.signedPost().message
        let again = try Sample.signer().sign(
            first, content: Sample.content, created: Sample.created, nonce: Sample.nonce())
        #expect(again.message == first)
        for (life, expected) in [(1, 1), (0, 1), (-5, 1), (300, 300), (301, 300)] {
            let signed = try Sample.signer().sign(
                Sample.get(), content: [], created: Sample.created, life: life,
                nonce: Sample.nonce())
            let request = try verified(signed.message)
            #expect(request.expires - request.created == expected)
        }
        #expect(throws: SignatureError.invalid) {
            try Sample.signer().sign(
                Sample.post().with("content-type"), content: [], created: Sample.created,
                nonce: Sample.nonce())
        }
    }

    @Test("without sig1 the signature is missing")
    func missing() throws {
        let signed = try Sample.signedPost().message
        #expect(try error(Sample.post()) == .missing)
        #expect(error(signed.with("signature")) == .missing)
        #expect(error(signed.with("signature-input")) == .missing)
        #expect(error(signed.with("signature", "sig2=:AAAA:")) == .missing)
        #expect(error(signed.with("signature-input", #"sig2=("@method")"#)) == .missing)
    }

    @Test("a signature of another request, key or content is invalid")
    func altered() throws {
        let signed = try Sample.signedPost().message
        let other = RequestMessage(
            method: signed.method, target: try Sample.target("/v1/queries"),
            fields: signed.fields)
        #expect(error(other) == .invalid)
        let got = RequestMessage(method: .get, target: signed.target, fields: signed.fields)
        #expect(error(got) == .invalid)
        #expect(error(signed.with("content-type", "application/xml")) == .invalid)
        let digest = ContentDigest(of: Sample.answerContent).text
        #expect(error(signed.with("content-digest", digest)) == .invalid)
        let signature = try RequestSignature(of: signed)
        let stranger = try Sample.key("birch-1").publicKey
        #expect(throws: SignatureError.invalid) { try signature.verified(by: stranger) }
        let claimed = try signed.replacing("harbor-1", with: "birch-1", in: "signature-input")
        #expect(error(claimed) == .invalid)
        let later = try signed.replacing("1793000300", with: "1793000299", in: "signature-input")
        #expect(error(later) == .invalid)
    }

    @Test("covered fields stand there once, and hold ASCII")
    func coveredFields() throws {
        let signed = try Sample.signedPost().message
        for name in ["content-type", "content-digest"] {
            let value = try #require(signed.fields.only(name))
            #expect(error(signed.with(name)) == .invalid)
            #expect(error(signed.with(name, value, value)) == .invalid)
            #expect(error(signed.with(name, value + "\u{E9}")) == .invalid)
            #expect(error(signed.with(name, "a\nb")) == .invalid)
            #expect(error(signed.with(name, "a\r\nb")) == .invalid)
        }
        // White space around a value is none of it.
        let spaced = signed.with("content-type", " \tapplication/json \t")
        #expect(error(spaced) == nil)
    }

    private static let good =
        #";created=1793000000;expires=1793000300;nonce="BwcHBwcHBwcHBwcHBwcHBw""#
        + #";keyid="harbor-1";alg="ed25519";tag="creditmesh-v1""#
    private static let components = [#""@method""#, #""@target-uri""#]

    @Test("parameters and components may stand in any order")
    func anyOrder() throws {
        let parts = Self.good.split(separator: ";")
        for shift in parts.indices {
            let order = parts[shift...] + parts[..<shift]
            let parameters = order.map { ";" + $0 }.joined()
            #expect(
                try error(RawSigner.sign(Sample.get(), Self.components, parameters)) == nil)
            let reversed = Array(Self.components.reversed())
            #expect(try error(RawSigner.sign(Sample.get(), reversed, parameters)) == nil)
        }
    }

    @Test("each parameter is required", arguments: 0..<6)
    func required(place: Int) throws {
        var parts = Self.good.split(separator: ";")
        parts.remove(at: place)
        let parameters = parts.map { ";" + $0 }.joined()
        let request = try RawSigner.sign(Sample.get(), Self.components, parameters)
        #expect(error(request) == .invalid)
    }

    @Test(
        "no parameter has another value or type, none is added or repeated",
        arguments: [
            ("ed25519", "hmac-sha256"), ("ed25519", "Ed25519"), (#""ed25519""#, "ed25519"),
            ("creditmesh-v1", "creditmesh-v2"), ("1793000300", "1793000301"),
            ("1793000300", "1793000000"), ("1793000300", "1792999999"),
            ("1793000300", #""1793000300""#), ("1793000000", "1793000000.5"),
            ("1793000000", "-1793000000"), ("created=1793000000", "created=01793000000"),
            ("harbor-1", ""), ("harbor-1", "harbor 1"), ("harbor-1", "harbor.1"),
            ("harbor-1", "harbor-1harbor-1harbor-1harbor-1x"),
            ("BwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcHBx"),
            ("BwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcHBw=="),
            ("BwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcH"),
            ("BwcHBwcHBwcHBwcHBwcHBw", "BwcHBwcHBwcHBwcHBwcHBwcH"),
            ("BwcHBwcHBwcHBwcHBwcHBw", "BwcH+wcHBwcHBwcHBwcHBw"),
            (";alg", ";extra=1;alg"), (";alg", ";extra;alg"), (";alg", ";created=1793000000;alg"),
            (";alg", ";alg=\"ed25519\";alg"), (";alg", "; alg"), (";alg", " ;alg"),
            ("created=", "Created="),
        ])
    func parameters(part: String, other: String) throws {
        let parameters = Self.good.replacing(part, with: other)
        try #require(parameters != Self.good)
        let request = try RawSigner.sign(Sample.get(), Self.components, parameters)
        #expect(error(request) == .invalid)
    }

    @Test(
        "exactly the components of the profile are covered, each once, spelled as there",
        arguments: [
            [], [#""@method""#], [#""@target-uri""#],
            [#""@method""#, #""@target-uri""#, #""@method""#],
            [#""@method""#, #""@target-uri""#, #""accept""#],
            [#""@method""#, #""@target-uri""#, #""content-type""#],
            [#""@method""#, #""@target-uri";req"#], [#""@method";sf"#, #""@target-uri""#],
            [#""@method""#, "@target-uri"], [#""@method""#, #""@Target-URI""#],
            [#""@status""#, #""@target-uri""#],
        ])
    func components(_ components: [String]) throws {
        let plain = try Sample.get().with("accept", "*/*").with("content-type", "a/b")
        let request = try RawSigner.sign(plain, components, Self.good)
        #expect(error(request) == .invalid)
    }

    @Test("a POST must cover its content")
    func uncoveredContent() throws {
        let plain = try Sample.post()
            .with("content-digest", ContentDigest(of: Sample.content).text)
        let all = Self.components + [#""content-type""#, #""content-digest""#]
        #expect(try error(RawSigner.sign(plain, all, Self.good)) == nil)
        for left in all.indices {
            var components = all
            components.remove(at: left)
            #expect(try error(RawSigner.sign(plain, components, Self.good)) == .invalid)
        }
    }
}
