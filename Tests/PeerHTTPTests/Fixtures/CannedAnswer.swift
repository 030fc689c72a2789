import HTTPSignatures
import Testing

/// An answer that a canned server gives whatever is asked, signed or not.
struct CannedAnswer: Sendable {
    var status: Int
    var type: String
    var body: String
    /// Further fields, each with its line end.
    var fields = ""
    /// Whose key signs it; nil for no signature.
    var signer: String? = TestConsortium.server
    /// What is signed in place of the body.
    var signedBody: String?
    /// What is signed in place of the status.
    var signedStatus: Int?
    /// Signs it as the answer to another request.
    var isOfAnotherRequest = false

    /// The bytes that answer a request, of which `head` is everything up to the body.
    func bytes(to head: String, port: Int) throws -> [UInt8] {
        var made = ""
        if let signer {
            let request = try Self.request(
                isOfAnotherRequest ? Self.anotherRequest(port: port) : head, port: port)
            let message = try #require(
                AnswerMessage(
                    status: signedStatus ?? status, fields: [HeaderField("content-type", type)]))
            let signed = try TestKeys.signer(signer).sign(
                message, content: Array((signedBody ?? body).utf8), to: request,
                created: TestSignature().created)
            made = signed.message.fields.filter { $0.name != "content-type" }
                .map { "\($0.name): \($0.value)\r\n" }.joined()
        }
        return ClientTests.answer(status: status, type: type, body, fields: made + fields)
    }

    /// The request that was signed by `lakeside`.
    private static func request(_ head: String, port: Int) throws -> SignedRequest {
        let lines = head.split(separator: "\r\n").map(String.init)
        let parts = try #require(lines.first).split(separator: " ")
        let target = try #require(
            TargetURI(endpoint: "https://127.0.0.1:\(port)", rawTarget: String(parts[1])))
        let fields = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map {
                HeaderField(String(line[..<$0]), String(line[line.index(after: $0)...]))
            }
        }
        let message = RequestMessage(
            method: parts[0] == "POST" ? .post : .get, target: target, fields: fields)
        return try RequestSignature(of: message)
            .verified(by: TestKeys.signer("lakeside").publicKeyBytes).signed
    }

    private static func anotherRequest(port: Int) throws -> String {
        try RequestText(text: "GET /v1/manifest HTTP/1.1")
            .signed(body: [], endpoint: "https://127.0.0.1:\(port)").text
            .replacing("\n", with: "\r\n")
    }
}
