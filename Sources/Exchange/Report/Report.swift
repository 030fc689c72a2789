import Book
import Membership
import RiskStandard

/// One report about one subject over all members of the consortium.
///
/// It holds neither identifier nor name: whoever asked knows whom they asked about.
public struct Report: Sendable, Equatable {
    /// When it was made.
    public let at: Timestamp
    /// The consortium and its rules at that moment.
    public let terms: ReportTerms
    /// The member that asked.
    public let asker: MemberID
    /// What for.
    public let purpose: Purpose
    /// One line for each lender of the directory but the asker, in the directory's order.
    public let members: [MemberLine]
    /// One line for each node of the directory with a lender, in the directory's order.
    public let nodes: [NodeLine]
    /// The records received, worst class first.
    public let records: [ReceivedRecord]
    /// What the asker itself holds, exact; nil when nothing.
    public let own: Summary?
    /// Whether this asking counted as an inquiry of the asker.
    public let countedInquiry: Bool
    /// What the classes of the asker's own accounts must be with everyone's facts.
    public var standings: [OwnStanding] = []
}

/// What of the charter a reader of the report must know.
public struct ReportTerms: Sendable, Equatable {
    /// The consortium.
    public let consortium: ConsortiumID
    /// The standard of the classes.
    public let standard: String
    /// Whether everything is shared or only what is negative.
    public let scope: Charter.Scope
    /// Whether lenders are named to the reader.
    public let masking: Charter.Masking
    /// The directory's version.
    public let directoryVersion: Int
}

/// How a lender stands in a report.
public struct MemberLine: Sendable, Equatable {
    /// The lender.
    public let member: MemberID
    /// Its legal name.
    public let legalName: String
    /// The node that serves it.
    public let node: NodeID
    /// How it stands.
    public let outcome: MemberOutcome
    /// Whether no quorum of witnesses cosigned what its node's log showed five minutes ago.
    public var isUnwitnessed = false
}

/// How a node stands in a report: how many of its lenders stand how.
public struct NodeLine: Sendable, Equatable {
    /// The node.
    public let node: NodeID
    /// Whether it is the asker's own, asked without network.
    public let isOwn: Bool
    /// The outcomes of its lenders, in the directory's order.
    public let outcomes: [MemberOutcome]

    /// The word for the node: its lenders' if they agree, else the one that weighs most.
    public var word: String {
        let weight = ["error", "timed-out", "refused", "record", "stale", "no-record", "not-asked"]
        return weight.first { word in outcomes.contains { $0.word == word } } ?? "not-asked"
    }
}

/// A record as received, with what recomputing found.
public struct ReceivedRecord: Sendable, Equatable {
    /// The record.
    public let summary: Summary
    /// Accounts whose class does not follow from their facts.
    public let findings: [ClassFinding]
    /// Whether the member's book is older than the charter allows.
    public let isStale: Bool
}

/// A class that does not follow from its facts: a finding about the member that published it.
public struct ClassFinding: Sendable, Equatable {
    /// Which account of the summary, counted from 0.
    public let account: Int
    /// What the member published.
    public let published: RiskClass
    /// The rule that it named.
    public let publishedRule: RuleID
    /// How the facts give another; nil when the standard refuses them or is not known here.
    public let derivation: Derivation?

    /// What the facts give; nil when the standard refuses the facts or is not known here.
    public var recomputed: Classification? { derivation?.classification }

    /// Whether the member made its borrower look better than the facts do.
    public var isTooGood: Bool { recomputed.map { published < $0.riskClass } ?? true }
}
