import Exchange
import HTTPTypes
import Logging
import Membership

/// What the log says of a request: never a target as sent, a header, or anything of a body.
struct RequestRecord {
    private let method: HTTPRequest.Method
    private let started = ContinuousClock.now
    /// The node that called, once it is known.
    var caller: NodeID?
    /// The route, once it is known.
    var route: PeerRoute?
    /// Why the request was refused.
    var code: ProblemCode?

    /// Begins with a request's head.
    init(_ head: HTTPRequest) {
        method = head.method
    }

    /// Counts it.
    func count(_ status: HTTPResponse.Status, by meter: RequestMeter) {
        meter.count(route, status, code, after: ContinuousClock.now - started)
    }

    /// Writes one line.
    func log(_ status: HTTPResponse.Status, to logger: Logger) {
        var metadata: Logger.Metadata = [
            // The known methods only: another one is text of the peer's choice.
            "method": "\(Self.knownMethods.contains(method) ? method.rawValue : "other")",
            "route": "\(route?.pattern ?? "none")",
            "status": "\(status.code)",
            "duration": "\(ContinuousClock.now - started)",
        ]
        if let caller { metadata["node"] = "\(caller)" }
        if let code { metadata["code"] = "\(code.rawValue)" }
        logger.info("request", metadata: metadata)
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch,
    ]
}
