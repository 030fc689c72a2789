/// Waits until something that happens elsewhere has happened, looking again and again.
///
/// - Throws: ``NeverHappened`` after a time that is far longer than it can take.
func eventually(
    _ what: String, within patience: Duration = .seconds(60),
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + patience
    while try await !condition() {
        guard ContinuousClock.now < end else { throw NeverHappened(what: what) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// What a test waited for in vain.
struct NeverHappened: Error {
    let what: String
}
