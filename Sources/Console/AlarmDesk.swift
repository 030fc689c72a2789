import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// Shows what is wrong with logs, and how the own one stands with its witnesses
/// (protocol/local-api.md, "GET /api/v1/alarms").
public struct AlarmDesk: Sendable {
    private let alarms: any Alarms
    private let standing: @Sendable () -> WitnessStanding

    /// A desk.
    ///
    /// - Parameter standing: how the node's own log stands now.
    public init(alarms: any Alarms, standing: @escaping @Sendable () -> WitnessStanding) {
        self.alarms = alarms
        self.standing = standing
    }

    func answer() -> Response {
        let document: JSONValue = [
            "alarms": .array(alarms.raised.map(\.json)), "witnesses": standing().json,
        ]
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document.encoded)))
    }
}
