/// How likely a loan is to be repaid in full: the five classes that every standard shares.
///
/// The raw value is the spelling on the wire (`protocol.md` §8). Classes compare by severity, so
/// the worse of two is `max(a, b)`.
public enum RiskClass: String, CaseIterable, Comparable, Codable, Sendable {
    /// 正常: nothing suggests that the debtor will not perform.
    case normal
    /// 关注: the debtor can pay, but something may come in the way.
    case specialMention = "special-mention"
    /// 次级: the debtor can't pay in full, or the asset is credit-impaired.
    case substandard
    /// 可疑: much of the asset is lost even when every means is used.
    case doubtful
    /// 损失: little or nothing is recovered.
    case loss

    /// Whether the loan is non-performing (不良): substandard, doubtful or loss.
    public var isNonPerforming: Bool { self >= .substandard }

    /// Whether the left class is the better one.
    public static func < (left: Self, right: Self) -> Bool { left.severity < right.severity }

    private var severity: UInt8 {
        switch self {
        case .normal: 0
        case .specialMention: 1
        case .substandard: 2
        case .doubtful: 3
        case .loss: 4
        }
    }
}
