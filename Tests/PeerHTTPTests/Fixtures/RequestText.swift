import HTTPSignatures
import Testing

/// A request as the tests write it: a request line and fields, one a line.
struct RequestText {
    let text: String

    /// The request with digest and signature as one to `endpoint`.
    ///
    /// - Parameter body: the content that is signed.
    func signed(
        _ signature: TestSignature = TestSignature(), body: [UInt8], endpoint: String
    ) throws -> (text: String, request: SignedRequest?) {
        let lines = text.split(separator: "\n").map(String.init)
        let parts = try #require(lines.first).split(separator: " ")
        let method: RequestMessage.Method = parts[0] == "POST" ? .post : .get
        guard let target = TargetURI(endpoint: endpoint, rawTarget: String(parts[1])) else {
            return (text, nil)
        }
        // Of a request that cannot be signed, the nearest one is.
        let request =
            try (try? sign(signature, method, target, fields(lines.dropFirst()), body))
            ?? sign(
                signature, method, target, [HeaderField("content-type", "application/json")], body)
        let names = ["content-digest", "signature-input", "signature"]
        let made = request.message.fields.filter { names.contains($0.name) }
            .map { "\($0.name): \($0.value)" }
        return ((lines + made).joined(separator: "\n"), request)
    }

    private func sign(
        _ signature: TestSignature, _ method: RequestMessage.Method, _ target: TargetURI,
        _ fields: [HeaderField], _ body: [UInt8]
    ) throws -> SignedRequest {
        var generator = SystemRandomNumberGenerator()
        return try TestKeys.signer(signature.key, keyID: signature.keyID).sign(
            RequestMessage(method: method, target: target, fields: fields),
            content: method == .post ? body : [], created: signature.created,
            life: signature.life, nonce: SignatureNonce(from: &generator))
    }

    private func fields(_ lines: some Sequence<String>) -> [HeaderField] {
        lines.compactMap { line in
            line.firstIndex(of: ":").map {
                HeaderField(String(line[..<$0]), String(line[line.index(after: $0)...]))
            }
        }
    }
}

/// How a test signs a request.
struct TestSignature {
    /// Whose key.
    var key = "lakeside"
    /// The id that the signature names, unless it is the key's own.
    var keyID: String?
    var created = Int(Self.now)
    var life = 300

    /// The moment at which tests sign unless they say otherwise.
    static var now: Int64 { ManualClock().now.secondsSinceEpoch }
}
