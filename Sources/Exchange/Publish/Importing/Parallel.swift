import Dispatch
import Synchronization

/// Work on all cores that keeps its order.
enum Parallel {
    /// The results of a function over elements, in their order.
    static func map<Element: Sendable, Value: Sendable>(
        _ elements: [Element], perTask: Int, _ body: @Sendable (Element) -> Value
    ) -> [Value] {
        let tasks = (elements.count + perTask - 1) / perTask
        guard tasks > 1 else { return elements.map(body) }
        let results = Mutex<[[Value]]>(Array(repeating: [], count: tasks))
        DispatchQueue.concurrentPerform(iterations: tasks) { task in
            let range = task * perTask..<min((task + 1) * perTask, elements.count)
            let values = elements[range].map(body)
            results.withLock { $0[task] = values }
        }
        return results.withLock { $0.flatMap(\.self) }
    }
}

/// Work that goes on in the background from the moment it is made.
final class BackgroundJob<Value: Sendable>: Sendable {
    private let group = DispatchGroup()
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Value) {
        DispatchQueue.global().async(group: group) {
            let made = Result { try body() }
            self.outcome.withLock { $0 = made }
        }
    }

    /// What was made; waits for it.
    func finish() throws -> Value {
        group.wait()
        guard let outcome = outcome.withLock(\.self) else { throw CancellationError() }
        return try outcome.get()
    }
}
