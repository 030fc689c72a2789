import Dispatch
import Foundation
import Synchronization

/// Waits for Ctrl-C or SIGTERM.
enum StopSignal {
    static func wait() async {
        let signals = [SIGINT, SIGTERM]
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        await withCheckedContinuation { continuation in
            let once = ResumeOnce(continuation)
            for source in sources {
                source.setEventHandler { once.resume() }
                source.activate()
            }
        }
        for source in sources { source.cancel() }
    }
}

/// A continuation that two signals may reach.
private final class ResumeOnce: Sendable {
    private let continuation: Mutex<CheckedContinuation<Void, Never>?>

    init(_ continuation: CheckedContinuation<Void, Never>) {
        self.continuation = Mutex(continuation)
    }

    func resume() {
        continuation.withLock { waiting in
            waiting?.resume()
            waiting = nil
        }
    }
}
