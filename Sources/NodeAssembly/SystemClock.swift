import Exchange
import Foundation

/// The machine's clock.
public struct SystemClock: Exchange.Clock {
    /// The clock of this machine.
    public init() {}

    /// The present moment.
    public var now: Timestamp {
        Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}
