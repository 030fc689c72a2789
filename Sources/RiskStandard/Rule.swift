/// One rule of a standard, for people to read.
public struct Rule: Sendable, Equatable {
    /// Which rule it is.
    public let id: RuleID
    /// The class that it demands at least; for the rule that holds when nothing applies, the best.
    public let riskClass: RiskClass
    /// What it says, in English.
    public let title: String
    /// What it says, in Chinese.
    public let titleZh: String
}
