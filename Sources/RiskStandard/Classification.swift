/// The class that the facts give, and why.
///
/// It is a floor: a lender may report worse, never better.
public struct Classification: Sendable, Equatable {
    /// The worst class that a rule demands; normal when none applies.
    public let riskClass: RiskClass
    /// The rule that demands it: of several, one about the loan itself before one about its debtor,
    /// then the first in the standard's file. When none applies,
    /// the standard's article for that (`cn-2023/6`).
    public let decidedBy: RuleID
    /// The worst class to which unknown facts could lead.
    public let couldBe: RiskClass
    /// All rules that apply, worst first, equally bad ones as for ``decidedBy``.
    public let floors: [Floor]
    /// How the loan stands in its observation; nil when it is under none.
    public let observation: Observation?
    /// Rules that would apply if they did not leave the loan's segment alone: a reason to look, not
    /// a floor. In the order of ``floors``.
    public let watch: [RuleID]

    /// Whether an unknown fact could make the class worse: it is "at least", not "is".
    public var isAtLeast: Bool { couldBe > riskClass }
}
