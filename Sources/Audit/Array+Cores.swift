import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// As `map`, with the work spread over the cores; the order stays.
    func mappedOnAllCores<Value: Sendable>(
        _ transform: @Sendable (Element) -> Value
    ) -> [Value] {
        let values = Mutex([Value?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { place in
            let value = transform(self[place])
            values.withLock { $0[place] = value }
        }
        return values.withLock { $0.compactMap(\.self) }
    }
}
