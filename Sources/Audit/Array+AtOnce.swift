extension Array where Element: Sendable {
    /// As `map`, with everything under way at the same time: for few. All of it ends before the first
    /// failure, by place, is thrown.
    func mappedAtOnce<Value: Sendable>(
        _ transform: @escaping @Sendable (Element) async throws(AuditFailure) -> Value
    ) async throws(AuditFailure) -> [Value] {
        typealias Outcome = (place: Int, value: Result<Value, AuditFailure>)
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for (place, element) in enumerated() {
                group.addTask {
                    do throws(AuditFailure) {
                        return (place, .success(try await transform(element)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [Outcome]()) { $0.append($1) }
        }
        var values: [Value] = []
        for outcome in outcomes.sorted(by: { $0.place < $1.place }) {
            values.append(try outcome.value.get())
        }
        return values
    }
}
