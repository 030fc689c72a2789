/// What a request gets, and on what that rests.
struct DisclosedResults: Sendable {
    /// One result a query.
    var results: [QueryResult] = []
    /// One list a query, with one consent a summary; empty where nothing is disclosed at all.
    var consents: [[RestingConsent]] = []
    /// Whether the log was told of all these consents.
    var areTold = true

    /// Adds the result of the next query, with the consents on which its summaries rest.
    mutating func add(_ result: QueryResult, restingOn held: [(HeldRecord, HeldConsent)]) {
        results.append(result)
        consents.append(held.compactMap { RestingConsent($1, of: $0) })
        areTold =
            areTold
            && held.allSatisfy { record, consent in
                consent.isTold || !record.consents.contains(consent)
            }
    }
}
