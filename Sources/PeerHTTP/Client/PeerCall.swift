import AsyncHTTPClient
import Exchange
import HTTPSignatures
import Membership
import NIOCore
import NIOHTTP1
import Pseudonym
import StrictJSON

/// One request to a node, not signed yet, and what its answer may be.
struct PeerCall: Sendable {
    /// What is asked.
    let route: PeerRoute
    /// The document that is sent; empty for a GET.
    let body: [UInt8]
    /// Most bytes of an answer that is read.
    let answerBytesMax: Int

    /// Sends a message.
    init(post message: PeerMessage) {
        switch message {
        case .evaluation(let request): (route, body) = (.evaluations, request.json.encoded)
        case .query(let request): (route, body) = (.queries, request.json.encoded)
        }
        answerBytesMax = ExchangeLimits.answerBytesMax
    }

    /// The call that was signed before.
    init(_ signed: SignedCall) {
        switch signed.message {
        case .evaluation: route = .evaluations
        case .query: route = .queries
        }
        body = signed.body
        answerBytesMax = ExchangeLimits.answerBytesMax
    }

    /// Hands a denial on.
    init(denial request: DenialRequest) {
        (route, body) = (.newDenial, request.json.encoded)
        answerBytesMax = ExchangeLimits.answerBytesMax
    }

    /// Tells which directory is held.
    init(news: DirectoryNews) {
        (route, body) = (.directoryNews, news.json.encoded)
        answerBytesMax = PeerHTTPLimits.problemBytesMax
    }

    /// Asks for what lies at a route.
    init(get route: PeerRoute, answerBytesMax: Int) {
        self.route = route
        body = []
        self.answerBytesMax = answerBytesMax
    }

    /// Asks for a filter of a manifest; reads no more than so many tokens can take.
    init(filter: ManifestFilter) throws(PeerFailure) {
        guard let digest = SHA256Digest(bytes: filter.digest) else {
            throw .malformed("a filter's digest")
        }
        let bytes = TokenFilter.bodyBytesMax(count: filter.count)
        self.init(
            get: .filter(digest), answerBytesMax: min(bytes, ExchangeLimits.filterBytesMax))
    }

    /// A filter's bytes must be those that the manifest promised.
    func checkDigest(of bytes: [UInt8]) throws(PeerFailure) {
        guard case .filter(let digest) = route, SHA256Digest(hashing: bytes) == digest else {
            throw .malformed("the filter does not match its digest")
        }
    }

    /// What is signed of the request to a node.
    ///
    /// - Throws: `SignatureError`, or what the cryptographic library throws.
    func signed(
        by signer: MessageSigner, to node: NodeEntry, at now: Timestamp
    ) throws -> SignedRequest {
        guard
            let target = TargetURI(
                endpoint: node.endpoint.description, rawTarget: route.path)
        else { throw SignatureError.invalid }
        let isPost = route.method == .post
        let message = RequestMessage(
            method: isPost ? .post : .get, target: target,
            fields: isPost ? [HeaderField("content-type", MediaType.json)] : [])
        var generator = SystemRandomNumberGenerator()
        return try signer.sign(
            message, content: body, created: Int(now.secondsSinceEpoch),
            nonce: SignatureNonce(from: &generator))
    }

    /// The signed request for the HTTP client.
    func request(_ signed: SignedRequest, to node: NodeEntry) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: node.endpoint.description + route.path)
        for field in signed.message.fields {
            request.headers.add(name: field.name, value: field.value)
        }
        if signed.message.method == .post {
            request.method = .POST
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        request.headers.add(name: "accept", value: "\(answerType), \(MediaType.problem)")
        return request
    }

    /// Whether a content type is the one that the route answers with.
    func accepts(_ contentType: String?) -> Bool {
        switch route {
        case .filter, .checkpoint, .cosigned, .seen, .tile, .entries: contentType == answerType
        case .evaluations, .queries, .manifest, .node, .evidence, .directory, .directoryNews,
            .denials, .newDenial, .reachability:
            MediaType.isJSON(contentType)
        }
    }

    private var answerType: String {
        switch route {
        case .filter: MediaType.filter
        case .checkpoint, .cosigned, .seen: MediaType.text
        case .tile, .entries: MediaType.bytes
        case .evaluations, .queries, .manifest, .node, .evidence, .directory, .directoryNews,
            .denials, .newDenial, .reachability:
            MediaType.json
        }
    }
}
