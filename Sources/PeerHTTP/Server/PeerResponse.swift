import Exchange
import HTTPSignatures
import HTTPTypes
import HummingbirdCore
import NIOCore
import Pseudonym
import StrictJSON
import TransparencyLog

/// An answer before it is written: head fields and a body whose length is known.
struct PeerResponse {
    let status: HTTPResponse.Status
    let body: [UInt8]
    private(set) var fields = HTTPFields()
    /// On which consents what it discloses rests: for the log, and never sent.
    var consents: [[RestingConsent]] = []

    /// A message.
    init(json: JSONValue) {
        self.init(status: .ok, type: MediaType.json, body: json.encoded)
    }

    /// A document as it lies on the disk; what is named for its version or digest never changes.
    init(json bytes: [UInt8], isFinal: Bool) {
        self.init(status: .ok, type: MediaType.json, body: bytes)
        fields[.cacheControl] =
            isFinal ? "private, max-age=31536000, immutable" : "no-store"
    }

    /// A filter. Its address is its digest, so it may be kept for ever.
    init(filter: [UInt8]) {
        self.init(status: .ok, type: MediaType.filter, body: filter)
        fields[.cacheControl] = "private, max-age=31536000, immutable"
    }

    /// A log's checkpoint: the newest, always.
    init(checkpoint: [UInt8]) {
        self.init(status: .ok, type: MediaType.text, body: checkpoint)
        fields[.cacheControl] = "no-store"
    }

    /// Hashes or entries of a log; what is full never changes.
    init(tile: [UInt8], isFinal: Bool) {
        self.init(status: .ok, type: MediaType.bytes, body: tile)
        if isFinal { fields[.cacheControl] = "private, max-age=31536000, immutable" }
    }

    /// An answer of a witness.
    init(_ status: HTTPResponse.Status, body: [UInt8], type: String = MediaType.text) {
        self.init(status: status, type: type, body: body)
    }

    /// A problem document (RFC 9457). What failed inside stays inside: `internal` says nothing.
    init(_ refusal: Refusal) {
        let problem = refusal.problem
        let status = problem.code.status
        let document: JSONValue = .members([
            "type": "about:blank",
            "title": .string(status.reasonPhrase),
            "status": .integer(status.code),
            "code": .string(problem.code.rawValue),
            "detail": problem.code == .internal ? nil : .string(problem.detail),
        ])
        self.init(status: status, type: MediaType.problem, body: document.encoded)
        fields[.retryAfter] = problem.retryAfterSeconds.map(String.init)
        fields[.allow] = refusal.allowedMethods
        if refusal.closesConnection { fields[.connection] = "close" }
    }

    /// Signs the response as the answer to a request (protocol/signatures.md, "Answers").
    ///
    /// - Throws: what the cryptographic library throws; it has no reason to.
    mutating func sign(
        by signer: MessageSigner, to request: SignedRequest, at now: Timestamp
    ) throws -> SignedAnswer {
        let type = HeaderField("content-type", fields[.contentType] ?? "")
        guard let message = AnswerMessage(status: status.code, fields: [type]) else {
            throw SignatureError.invalid
        }
        let answer = try signer.sign(
            message, content: body, to: request, created: Int(now.secondsSinceEpoch))
        for field in answer.message.fields where field.name != type.name {
            guard let name = HTTPField.Name(field.name) else { continue }
            fields[name] = field.value
        }
        return answer
    }

    /// Adds the receipt, which proves itself and is not signed (protocol/log.md, "Receipts").
    mutating func add(_ receipt: Receipt) {
        guard let name = HTTPField.Name(PeerHTTPLimits.receiptFieldName) else { return }
        fields[name] = Base64URL.encode(receipt.bytes)
    }

    /// Sets a field.
    mutating func set(_ name: HTTPField.Name, _ value: String) { fields[name] = value }

    private init(status: HTTPResponse.Status, type: String, body: [UInt8]) {
        self.status = status
        self.body = body
        fields[.contentType] = type
        fields[.contentLength] = String(body.count)
    }

    /// Status and fields, dated (RFC 9110 §6.6.1).
    func head(at now: Timestamp) -> HTTPResponse {
        var fields = fields
        fields[.date] = HTTPDate.text(now)
        return HTTPResponse(status: status, headerFields: fields)
    }

    /// The body for the writer: small ones at once, large ones in pieces, so that a filter is not
    /// copied whole.
    var responseBody: ResponseBody {
        guard body.count > PeerHTTPLimits.filterChunkBytes else {
            return ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        }
        return ResponseBody(contentLength: body.count) { [body] writer in
            for start in stride(from: 0, to: body.count, by: PeerHTTPLimits.filterChunkBytes) {
                let end = min(start + PeerHTTPLimits.filterChunkBytes, body.count)
                try await writer.write(ByteBuffer(bytes: body[start..<end]))
            }
            try await writer.finish(nil)
        }
    }
}
