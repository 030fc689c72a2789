/// Askers who each wait for an answer before they ask again.
struct ClosedLoop {
    let askers: Int
    let duration: Duration

    /// Requests a second that all askers together get answered; each is handed the moment by which its
    /// answer must be there.
    func rate(
        _ ask: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void
    ) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + duration
        let answered = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<askers {
                group.addTask {
                    var count = 0
                    while clock.now < end {
                        try await ask(end + .seconds(10))
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(answered) / (clock.now - start).inSeconds
    }
}
