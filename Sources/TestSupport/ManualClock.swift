import Exchange
import Synchronization

/// A clock that stands until a test moves it.
public final class ManualClock: Exchange.Clock {
    private let moment: Mutex<Timestamp>

    /// A clock that stands at a moment.
    public init(_ now: Timestamp) {
        moment = Mutex(now)
    }

    /// The moment at which the clock stands.
    public var now: Timestamp { moment.withLock { $0 } }

    /// Moves the clock, back when `duration` is negative. Whole seconds.
    public func advance(by duration: Duration) {
        moment.withLock { $0 = $0.advanced(bySeconds: duration.components.seconds) }
    }
}
