import StrictJSON

/// On what answers rested, and what is wrong with it.
public struct ConsentTrailResult: Sendable, Equatable {
    /// Answers of queries that were looked at.
    public internal(set) var answers = 0
    /// Summaries that they disclosed.
    public internal(set) var summaries = 0
    /// Of them, inquiries that rest on the consent under which the member itself asked: the log is told
    /// of those with its own queries.
    public internal(set) var ofInquiries = 0
    /// Of them, those of which nobody can say any more whether the log was told, since that evidence's
    /// time is over.
    public internal(set) var notProvable = 0
    /// Answers whose own evidence was deleted after its time.
    public internal(set) var evidenceOver = 0
    /// What is wrong, the first ``ConsentTrail/findingsMax``.
    public private(set) var findings: [AuditFinding] = []
    /// How much is wrong.
    public private(set) var findingCount = 0

    mutating func add(_ finding: AuditFinding) {
        findingCount += 1
        if findings.count < ConsentTrail.findingsMax { findings.append(finding) }
    }
}

extension ConsentTrailResult {
    /// The result as JSON.
    public var json: JSONValue {
        [
            "answers": .integer(answers),
            "summaries": .integer(summaries),
            "ofInquiries": .integer(ofInquiries),
            "notProvable": .integer(notProvable),
            "evidenceOver": .integer(evidenceOver),
            "findingCount": .integer(findingCount),
            "findings": .array(findings.map(\.json)),
        ]
    }
}
