import Synchronization

/// The key ring that a node works with now. It changes while the node runs: a key is added, takes
/// over, or is destroyed (protocol/rekey.md, "With the node running").
public final class KeyRingInForce: Sendable {
    private let state: Mutex<KeyRing>

    /// Begins with a ring.
    public init(_ ring: KeyRing) {
        state = Mutex(ring)
    }

    /// The ring in force.
    public var current: KeyRing { state.withLock { $0 } }

    /// Puts another ring in force.
    public func replace(by ring: KeyRing) {
        state.withLock { $0 = ring }
    }
}
