/// What one rule that applies demands: at least this class.
public struct Floor: Sendable, Equatable {
    /// The rule.
    public let rule: RuleID
    /// The best class that the rule allows.
    public let riskClass: RiskClass

    init(rule: RuleID, riskClass: RiskClass) {
        self.rule = rule
        self.riskClass = riskClass
    }
}
