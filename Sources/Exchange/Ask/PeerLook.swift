import Membership
import StrictJSON

/// How the last fetching of a peer's manifest went, in the background or for a report.
public struct PeerLook: Sendable, Equatable {
    /// When it ended.
    public let at: Timestamp
    /// The moment for which the peer calls its filters complete, as it signed it; nil when no answer
    /// came, or none that can be read.
    public let asOf: Timestamp?
    /// The code of [outcomes](protocol/errors.md) that says what went wrong; nil for nothing.
    public let code: String?

    /// A look of its parts.
    public init(at: Timestamp, asOf: Timestamp?, code: String?) {
        self.at = at
        self.asOf = asOf
        self.code = code
    }

    /// The look as JSON.
    public var json: JSONValue {
        .members([
            "at": .string(at.description),
            "asOf": asOf.map { .string($0.description) },
            "code": code.map(JSONValue.string),
        ])
    }
}
