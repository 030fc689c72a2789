import Synchronization

/// Counts the requests that are worked on, so that their memory is bounded.
final class RequestGate: Sendable {
    private let slots: Int
    private let taken = Atomic<Int>(0)

    /// A gate for that many requests at the same time.
    init(slots: Int) {
        self.slots = slots
    }

    /// Takes a slot; false when there is none. Whoever got one calls `leave`.
    func enter() -> Bool {
        let before = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        if before < slots { return true }
        leave()
        return false
    }

    /// Gives a slot back.
    func leave() {
        taken.wrappingSubtract(1, ordering: .relaxed)
    }
}
