import Testing

@testable import HTTPSignatures

@Suite("Parts of signed messages")
struct MessageTests {
    @Test(
        "a target is the endpoint and the raw path and query",
        arguments: [
            ("https://a.example", "/v1/node", "https://a.example/v1/node"),
            ("https://a.example:443", "/", "https://a.example/"),
            ("https://a.example:8443", "/x?y=%20&&z", "https://a.example:8443/x?y=%20&&z"),
            ("https://a.example:4430", "/a%2fb//../c", "https://a.example:4430/a%2fb//../c"),
            ("https://[2001:db8::1]:443", "/?", "https://[2001:db8::1]/?"),
            ("https://[2001:db8::443]", "/", "https://[2001:db8::443]/"),
        ])
    func targets(endpoint: String, rawTarget: String, text: String) {
        #expect(TargetURI(endpoint: endpoint, rawTarget: rawTarget)?.text == text)
    }

    @Test(
        "anything else is no target",
        arguments: [
            ("http://a.example", "/"), ("https://", "/"), ("HTTPS://a.example", "/"),
            ("https://A.example", "/"), ("https://a.example/", "/"), ("https://u@a.example", "/"),
            ("https://a.example?", "/"), ("a.example", "/"), ("https://a.example", ""),
            ("https://a.example", "v1"), ("https://a.example", "*"),
            ("https://a.example", "https://b.example/"), ("https://a.example", "/a b"),
            ("https://a.example", "/a#b"), ("https://a.example", "/\u{E9}"),
            ("https://a.example", "/a\nb"), ("https://a.example", "/a\u{7F}"),
        ])
    func noTargets(endpoint: String, rawTarget: String) {
        #expect(TargetURI(endpoint: endpoint, rawTarget: rawTarget) == nil)
    }

    @Test("a target's length is bounded")
    func targetBounds() {
        let most = "/" + String(repeating: "a", count: TargetURI.rawTargetBytesMax - 1)
        #expect(TargetURI(endpoint: "https://a.example", rawTarget: most) != nil)
        #expect(TargetURI(endpoint: "https://a.example", rawTarget: most + "a") == nil)
    }

    @Test("fields are named in lower case, and trimmed of spaces and tabs alone")
    func fields() {
        #expect(HeaderField("Content-Type", " a\tb \t") == HeaderField("content-type", "a\tb"))
        #expect(HeaderField("a", "\u{A0}x").value == "\u{A0}x")
        #expect(HeaderField("a", " \t").value == "")
        let fields = [HeaderField("a", "1"), HeaderField("A", "2"), HeaderField("b", "3")]
        #expect(fields.joined("a") == "1, 2")
        #expect(fields.only("a") == nil)
        #expect(fields.only("b") == "3")
        #expect(fields.only("c") == nil)
        #expect(fields.joined("c") == nil)
    }

    @Test("nonces are 16 bytes in one spelling, fresh every time")
    func nonces() throws {
        var random = SystemRandomNumberGenerator()
        let nonce = SignatureNonce(from: &random)
        #expect(nonce != SignatureNonce(from: &random))
        #expect(nonce.text.utf8.count == 22)
        #expect(SignatureNonce(text: nonce.text) == nonce)
        let bytes = [UInt8](repeating: 0xFB, count: 16)
        #expect(SignatureNonce(bytes: bytes)?.text == "-_v7-_v7-_v7-_v7-_v7-w")
        #expect(SignatureNonce(bytes: bytes.dropLast()) == nil)
        for text in ["", "AAAA", "+/v7+/v7+/v7+/v7+/v7+w", "-_v7-_v7-_v7-_v7-_v7-x"] {
            #expect(SignatureNonce(text: text) == nil)
        }
    }

    @Test("a signer shows its key's id alone")
    func redaction() throws {
        let signer = try Sample.signer()
        var dumped = ""
        dump(signer, to: &dumped)
        for text in ["\(signer)", String(reflecting: signer), dumped] {
            #expect(text.contains("harbor-1"))
            #expect(!text.contains("PrivateKey") && !text.contains("Curve25519"))
        }
    }
}
