/// Whether a log is under load: more than ``SQLiteLog/idleRateMax`` writes a second over a while, not
/// the burst of one report.
struct LogLoad: Sendable {
    /// Writes that came faster than that rate.
    private var excess = 0.0
    private var last: ContinuousClock.Instant?

    /// Whether writes have been coming faster than that rate.
    var isHigh: Bool { excess > Double(SQLiteLog.burstMax) }

    /// So many writes began at a moment.
    mutating func add(_ count: Int, at now: ContinuousClock.Instant) {
        let seconds = last.map { (now - $0) / .seconds(1) } ?? .infinity
        last = now
        let left = max(0, excess - seconds * Double(SQLiteLog.idleRateMax))
        // Held down, so that the load is over soon after the writes are.
        excess = min(left + Double(count), Double(2 * SQLiteLog.burstMax))
    }
}
