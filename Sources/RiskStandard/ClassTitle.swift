/// What a standard calls a class.
public struct ClassTitle: Sendable, Equatable {
    /// The class.
    public let riskClass: RiskClass
    /// Its English name.
    public let title: String
    /// Its Chinese name.
    public let titleZh: String
}
