/// What of a request is signed, but for its content.
public struct RequestMessage: Hashable, Sendable {
    /// What a request does, as far as signatures tell requests apart.
    public enum Method: String, Sendable {
        /// Has no content.
        case get = "GET"
        /// Has content, which is signed.
        case post = "POST"
    }

    /// The method.
    public let method: Method
    /// The target.
    public let target: TargetURI
    /// The header fields, in order.
    public let fields: [HeaderField]

    /// A request.
    public init(method: Method, target: TargetURI, fields: [HeaderField]) {
        self.method = method
        self.target = target
        self.fields = fields
    }
}
