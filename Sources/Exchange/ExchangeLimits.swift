/// The bounds of the exchange, as numbers. Each is listed in protocol/limits.md.
public enum ExchangeLimits {
    /// What a node asks for before the next attempt when its log has no room.
    public static let logRetryAfterSeconds = 1
    /// Most blinded elements in one evaluation request.
    public static let evaluationElementsMax = 1024
    /// Most queries in one query request.
    public static let queriesMax = 256
    /// Most accounts in one summary.
    public static let accountsPerSummaryMax = 200
    /// Most accounts in one answer, so that it stays under `answerBytesMax`.
    public static let accountsPerAnswerMax = 8000
    /// Most bytes of a request's body on the peer API.
    public static let requestBytesMax = 256 * 1024
    /// Most bytes of an answer that an asker reads, filters apart.
    public static let answerBytesMax = 8 * 1024 * 1024
    /// Most bytes of a filter that an asker reads: what `filterItemsMax` items can take.
    public static let filterBytesMax = 512 * 1024 * 1024
    /// Most summaries in one result, one a member.
    public static let summariesMax = 1024
    /// Most filters that one manifest may name.
    public static let filtersPerManifestMax = 64
    /// Most members that one node may serve.
    public static let membersPerNodeMax = 1024
    /// Clock skew that is allowed between nodes.
    public static let clockSkewSeconds: Int64 = 60
    /// Nodes that one report asks at the same time.
    public static let fanOutMax = 64
    /// Time for one report over all nodes when the asker names none.
    public static let reportDeadline: Duration = .seconds(10)
    /// Longest time that a report may be given.
    public static let reportDeadlineMax: Duration = .seconds(60)
    /// Most purposes in one consent.
    public static let purposesPerConsentMax = 16
    /// Most bytes of a file that is evidence of consent.
    public static let evidenceBytesMax = 128 * 1024
    /// Name checks kept for one subject of one member.
    public static let nameChecksPerSubjectMax = 3
}
