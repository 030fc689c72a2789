/// Where the time comes from. Tests hand in one that they move by hand.
public protocol Clock: Sendable {
    /// The present moment in UTC.
    var now: Timestamp { get }
}
