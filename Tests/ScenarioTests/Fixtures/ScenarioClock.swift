import Exchange
import Foundation
import Synchronization

/// A clock that stands until it is moved. It begins at the machine's time, because the TLS library
/// judges certificates by that.
final class ScenarioClock: Exchange.Clock {
    private let moment = Mutex(
        Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)))

    var now: Timestamp { moment.withLock { $0 } }

    func advance(by duration: Duration) {
        moment.withLock { $0 = $0.advanced(bySeconds: duration.components.seconds) }
    }
}
