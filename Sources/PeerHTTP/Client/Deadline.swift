import Exchange

/// Runs an operation that ends by `deadline` or fails with `timedOut`. When the time is up, or the
/// caller is cancelled, the operation is cancelled and awaited: nothing runs on behind the caller.
func within<Success: Sendable>(
    _ deadline: ContinuousClock.Instant,
    _ operation: @escaping @Sendable () async throws(PeerFailure) -> Success
) async throws(PeerFailure) -> Success {
    let first = await withTaskGroup(of: Result<Success, PeerFailure>.self) { group in
        group.addTask {
            do throws(PeerFailure) {
                return .success(try await operation())
            } catch {
                return .failure(error)
            }
        }
        group.addTask {
            try? await Task.sleep(until: deadline, clock: .continuous)
            return .failure(.timedOut)
        }
        defer { group.cancelAll() }
        return await group.next() ?? .failure(.timedOut)
    }
    return try first.get()
}
