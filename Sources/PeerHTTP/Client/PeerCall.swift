import AsyncHTTPClient
import Exchange
import Membership
import NIOCore
import NIOHTTP1
import Pseudonym
import StrictJSON

/// One request to a node and what its answer may be.
struct PeerCall: Sendable {
    /// What is asked.
    let route: PeerRoute
    /// The document that is sent; nil for a GET.
    let body: [UInt8]?
    /// Most bytes of an answer that is read.
    let answerBytesMax: Int

    /// Sends a message.
    init(post message: JSONValue, to route: PeerRoute) {
        self.route = route
        body = message.encoded
        answerBytesMax = ExchangeLimits.answerBytesMax
    }

    /// Asks for what lies at a route.
    init(get route: PeerRoute, answerBytesMax: Int) {
        self.route = route
        body = nil
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

    /// The request for the HTTP client.
    func request(to node: NodeEntry) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: node.endpoint.description + route.path)
        if let body {
            request.method = .POST
            request.headers.add(name: "content-type", value: MediaType.json)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        request.headers.add(name: "accept", value: "\(answerType), \(MediaType.problem)")
        return request
    }

    /// Whether a content type is the one that the route answers with.
    func accepts(_ contentType: String?) -> Bool {
        switch route {
        case .filter: contentType == MediaType.filter
        default: MediaType.isJSON(contentType)
        }
    }

    private var answerType: String {
        switch route {
        case .filter: MediaType.filter
        default: MediaType.json
        }
    }
}
