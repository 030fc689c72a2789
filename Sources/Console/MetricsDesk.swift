import HTTPTypes
import Hummingbird
import NIOCore

/// Shows what the node counts, for Prometheus (protocol/local-api.md, "GET /metrics").
public struct MetricsDesk: Sendable {
    private let text: @Sendable () async -> String

    /// A desk.
    ///
    /// - Parameter text: the metrics as they are now, in the text format of Prometheus.
    public init(text: @escaping @Sendable () async -> String) { self.text = text }

    func answer() async -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: await text())))
    }
}
