import RiskStandard

/// The words of a derivation for people. Codes of facts and rules stay as they are.
struct DerivationWords: Sendable {
    let atLeast, couldBe, decidedBy, observation, observationRestarted, watchFlag: String
    let notStated, unknown, day, months, days, retail, nonRetail: String
    let here, everywhere, other, share, over, yes, no, nobodyKnows, notConsidered: String
    let outcomes: [DerivationStep.Outcome: String]
    let part: @Sendable (DerivedShare.Part) -> String

    static let english = DerivationWords(
        atLeast: "at least", couldBe: "with facts that are unknown it could be",
        decidedBy: "by", observation: "under observation",
        observationRestarted: "under observation, which has begun anew",
        watchFlag: "watch: would apply to a loan that is not retail",
        notStated: "not so", unknown: "unknown", day: "day", months: "whole months ago",
        days: "days ago", retail: "retail", nonRetail: "non-retail",
        here: "at this institution", everywhere: "at all institutions",
        other: "another debt of the debtor is", share: "of the debtor's debt", over: "more than",
        yes: "yes", no: "no", nobodyKnows: "nobody knows", notConsidered: "not considered",
        outcomes: [
            .applies: "applies", .doesNotApply: "does not apply", .unknown: "unknown",
            .watch: "watch", .notConsidered: "not considered",
        ],
        part: { part in
            switch part {
            case .nonPerforming: "non-performing"
            case .overdue(let days): "overdue more than \(days) days"
            case .creditImpaired: "credit-impaired"
            }
        })

    static let chinese = DerivationWords(
        atLeast: "至少", couldBe: "若未知事实属实，可能为", decidedBy: "依据",
        observation: "处于观察期", observationRestarted: "处于观察期，且已重新计算",
        watchFlag: "提示：若非零售则适用", notStated: "否", unknown: "未知", day: "日期",
        months: "个整月前", days: "天前", retail: "零售", nonRetail: "非零售",
        here: "在本机构", everywhere: "在所有机构", other: "债务人的另一笔债务",
        share: "占债务人债务", over: "超过", yes: "是", no: "否", nobodyKnows: "未知",
        notConsidered: "未考虑",
        outcomes: [
            .applies: "适用", .doesNotApply: "不适用", .unknown: "未知", .watch: "提示",
            .notConsidered: "未考虑",
        ],
        part: { part in
            switch part {
            case .nonPerforming: "不良"
            case .overdue(let days): "逾期超过 \(days) 天"
            case .creditImpaired: "已发生信用减值"
            }
        })

    /// What a test of the debtor's accounts gave, in one word.
    func answer(_ answer: DerivedAnswer) -> String {
        switch answer {
        case .yes: yes
        case .no: no
        case .unknown: nobodyKnows
        case .notConsidered: notConsidered
        }
    }
}

extension ReportLanguage {
    var derivationWords: DerivationWords {
        switch self {
        case .english: .english
        case .chinese: .chinese
        }
    }
}
