import Exchange
import Membership
import Pseudonym
import StrictJSON

/// What an opening showed.
public struct OpeningResult: Sendable {
    /// By what was drawn.
    public let selection: EntrySelection
    /// Evaluations among which was chosen.
    public let candidates: Int
    /// Evaluations that cannot be opened any more, since their evidence was deleted after its time.
    public internal(set) var evidenceOver = 0
    /// The evaluations that were opened.
    public internal(set) var evaluations: [OpenedEvaluation] = []
    /// What is wrong.
    public internal(set) var findings: [AuditFinding] = []

    init(selection: EntrySelection, candidates: Int) {
        self.selection = selection
        self.candidates = candidates
    }

    /// Boxes that were opened and hold what they must.
    public var subjectCount: Int { evaluations.reduce(0) { $0 + $1.subjects.count } }
    /// Evaluations whose answerer's side was there to compare with.
    public var comparedCount: Int { evaluations.count { $0.isCompared } }
    /// Opened subjects about whom a query followed.
    public var followedCount: Int {
        evaluations.reduce(0) { $0 + $1.subjects.count { $0.query != nil } }
    }
}

/// An evaluation that was opened.
public struct OpenedEvaluation: Sendable {
    /// The node that asked.
    public let node: NodeID
    /// The asker's entry in its log.
    public let index: Int
    /// The member that asked.
    public let member: MemberID
    /// The node that was asked.
    public let answerer: NodeID
    /// When.
    public let at: Timestamp
    /// Elements that were asked for.
    public internal(set) var elements = 0
    /// Whether the answerer's side of it was there, and compared.
    public internal(set) var isCompared = false
    /// Whom it was about, as far as the boxes hold what they must.
    public internal(set) var subjects: [OpenedSubject] = []
}

/// One element that was opened. It names a subject: whoever shows it was asked to.
public struct OpenedSubject: Sendable {
    /// The element's place in its request.
    public let item: Int
    /// What its box holds.
    public let content: BoxContent
    /// The asker's entry of the query that followed; nil for none.
    public internal(set) var query: Int?
}

extension OpeningResult {
    /// The result as JSON.
    ///
    /// - Parameter identifiers: whether it says whom the evaluations were about.
    public func json(identifiers: Bool) -> JSONValue {
        .members([
            "seed": selection.count == nil ? nil : .string(selection.seedText),
            "candidates": .integer(candidates),
            "evidenceOver": .integer(evidenceOver),
            "opened": .integer(evaluations.count),
            "subjects": .integer(subjectCount),
            "compared": .integer(comparedCount),
            "followed": .integer(followedCount),
            "evaluations": .array(evaluations.map { $0.json(identifiers: identifiers) }),
            "findingCount": .integer(findings.count),
            "findings": .array(findings.map(\.json)),
        ])
    }
}

extension OpenedEvaluation {
    fileprivate func json(identifiers: Bool) -> JSONValue {
        .members([
            "node": .string(node.description),
            "index": .integer(index),
            "member": .string(member.description),
            "answerer": .string(answerer.description),
            "at": .string(at.description),
            "elements": .integer(elements),
            "compared": .bool(isCompared),
            "subjects": .array(subjects.map { $0.json(identifiers: identifiers) }),
        ])
    }
}

extension OpenedSubject {
    fileprivate func json(identifiers: Bool) -> JSONValue {
        .members([
            "item": .integer(item),
            "purpose": .string(content.purpose),
            "scheme": identifiers ? .string(content.scheme) : nil,
            "identifier": identifiers ? .string(content.identifier) : nil,
            "consent": .string(Base64URL.encode(content.consent)),
            "evidenceDigest": .string(SHA256Text.write(content.evidenceDigest)),
            "query": query.map(JSONValue.integer),
        ])
    }
}
