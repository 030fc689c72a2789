import Testing

@testable import HTTPSignatures

@Suite("Times and content of a signed request")
struct RequestChecksTests {
    private func verified() throws -> VerifiedRequest {
        try RequestSignature(of: Sample.signedPost().message)
            .verified(by: Sample.key("harbor-1").publicKey)
    }

    private func error(at now: Int, content: [UInt8] = Sample.content) throws -> SignatureError? {
        let request = try verified()
        do throws(SignatureError) {
            try request.check(content: ContentDigest(of: content), at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "count from created to expires, with 60 s of skew on either side",
        arguments: [
            (-61, SignatureError.clockSkew), (-60, nil), (0, nil), (300, nil), (360, nil),
            (361, .expired), (-100_000, .clockSkew), (100_000, .expired),
        ])
    func times(seconds: Int, expected: SignatureError?) throws {
        #expect(try error(at: Sample.created + seconds) == expected)
    }

    @Test("are judged before the content")
    func order() throws {
        #expect(try error(at: Sample.created, content: []) == .digestMismatch)
        #expect(try error(at: Sample.created, content: Sample.content + [32]) == .digestMismatch)
        #expect(try error(at: Sample.created + 400, content: []) == .expired)
        #expect(try error(at: Sample.created - 400, content: []) == .clockSkew)
    }

    @Test(
        "a digest in another spelling is none",
        arguments: [
            "sha-256=:VALUE:, sha-512=:AAAA:", "SHA-256=:VALUE:", "sha-256=VALUE",
            "sha-256= :VALUE:",
            "sha-256=:VALUE:;a=1", "sha-512=:VALUE:", "sha-256=:VALUE", "sha-256=:VALUE=:",
        ])
    func digestSpelling(template: String) throws {
        let value = ContentDigest(of: Sample.content).text.dropFirst("sha-256=:".count).dropLast()
        let field = template.replacing("VALUE", with: value)
        let plain = try Sample.post().with("content-digest", field)
        let components = [
            #""@method""#, #""@target-uri""#, #""content-type""#, #""content-digest""#,
        ]
        let parameters =
            #";created=1793000000;expires=1793000300;nonce="BwcHBwcHBwcHBwcHBwcHBw""#
            + #";keyid="harbor-1";alg="ed25519";tag="creditmesh-v1""#
        let request = try RequestSignature(
            of: RawSigner.sign(plain, components, parameters)
        ).verified(by: Sample.key("harbor-1").publicKey)
        #expect(throws: SignatureError.digestMismatch) {
            try request.check(content: ContentDigest(of: Sample.content), at: Sample.created)
        }
    }

    @Test("each refusal is one code of errors.md")
    func codes() {
        let all: [SignatureError] = [.missing, .invalid, .clockSkew, .expired, .digestMismatch]
        #expect(
            all.map(\.rawValue) == [
                "signature-missing", "signature-invalid", "clock-skew", "signature-expired",
                "digest-mismatch",
            ])
    }
}
