import Crypto
import Foundation
import Testing

@testable import HTTPSignatures

/// RFC 9421 appendix B.2.6: a request of B.2, signed with the published Ed25519 key of B.1.4.
@Suite("A signature of RFC 9421")
struct StandardTests {
    private static let parameters =
        #"("date" "@method" "@path" "@authority" "content-type" "content-length")"#
        + #";created=1618884473;keyid="test-key-ed25519""#
    private static let signature =
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    private static let seed = "n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU="
    private static let publicKey = "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="

    @Test("is reproduced byte for byte (B.2.6)")
    func reproduced() throws {
        let fields = [
            HeaderField("Host", "example.com"),
            HeaderField("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            HeaderField("Content-Type", "application/json"),
            HeaderField("Content-Length", "18"),
        ]
        let field = { (name: String) in try #require(fields.only(name)) }
        let base = SignatureBase(
            [
                (#""date""#, try field("date")), (#""@method""#, "POST"),
                (#""@path""#, "/foo"), (#""@authority""#, try field("host")),
                (#""content-type""#, try field("content-type")),
                (#""content-length""#, try field("content-length")),
            ], parameters: Self.parameters)
        let expected = """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@authority": example.com
            "content-type": application/json
            "content-length": 18
            "@signature-params": \(Self.parameters)
            """
        #expect(base.bytes == Array(expected.utf8))

        let seed = try #require(Data(base64Encoded: Self.seed))
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        #expect(key.publicKey.rawRepresentation.base64EncodedString() == Self.publicKey)
        let signature = try key.signature(for: base.bytes)
        #expect(signature.base64EncodedString() == Self.signature)
        #expect(
            LabelledSignature.text(of: Array(signature)) == ":\(Self.signature):")
        #expect(key.publicKey.isValidSignature(signature, for: base.bytes))
    }

    @Test("has no label and no tag of the profile, and is refused by it")
    func notOfTheProfile() throws {
        let request = try Sample.post()
            .with("signature-input", "sig-b26=\(Self.parameters)")
            .with("signature", "sig-b26=:\(Self.signature):")
        #expect(throws: SignatureError.missing) { try RequestSignature(of: request) }
        let renamed = try Sample.post()
            .with("signature-input", "sig1=\(Self.parameters)")
            .with("signature", "sig1=:\(Self.signature):")
        #expect(throws: SignatureError.invalid) { try RequestSignature(of: renamed) }
    }

    @Test("digests are those of RFC 9530")
    func digests() {
        // RFC 9530 appendix B.1: the digest of {"hello": "world"} and a newline.
        let content = Array("{\"hello\": \"world\"}\n".utf8)
        #expect(
            ContentDigest(of: content).text
                == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")
        #expect(ContentDigest(SHA256.hash(data: content)) == ContentDigest(of: content))
    }
}
