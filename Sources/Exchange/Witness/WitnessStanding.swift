import StrictJSON
import TransparencyLog

/// How a node's own log stands with its witnesses.
public struct WitnessStanding: Sendable, Equatable {
    /// How many cosignatures the charter asks for; 0 for none.
    public var quorum = 0
    /// How many witnesses cosigned in the last round.
    public var cosignatures = 0
    /// The newest checkpoint that enough witnesses cosigned; nil before the first.
    public var cosigned: CosignedCheckpoint?
    /// Since when rounds end without a quorum; nil while they do not.
    public var missingSince: Timestamp?

    /// Before the first round.
    public init() {}

    /// The standing as JSON.
    public var json: JSONValue {
        .members([
            "quorum": .integer(quorum),
            "cosignatures": .integer(cosignatures),
            "cosignedSize": cosigned.map { .integer($0.head.size.value) },
            "cosignedAt": cosigned?.earliest.map {
                .string(Timestamp(secondsSinceEpoch: Int64($0)).description)
            },
            "missingSince": missingSince.map { .string($0.description) },
        ])
    }
}
