import Exchange
import Membership
import StrictJSON

/// Something in what members asked that an examiner looks at: no proof of anything, unlike an
/// ``AuditFinding``.
public struct Observation: Hashable, Sendable {
    /// What it is.
    public let code: Code
    /// The member that asked.
    public let member: MemberID
    /// The node that answered; nil for all.
    public let answerer: NodeID?
    /// The hour or day, local time; nil for the whole span.
    public let period: String?
    /// How many; what is counted is said by the code.
    public let count: Int
    /// Of how many; nil where that says nothing.
    public let total: Int?
    /// The code of a refusal, where one tells what kind it is.
    public let reason: String?
    /// In whose log it shows.
    public let node: NodeID
    /// The first entry of it there; nil where it is a matter of many.
    public let index: Int?

    /// What a report can point out (protocol/log.md, "The examiner's report").
    public enum Code: String, Sendable, CaseIterable {
        case nightBurst = "night-burst"
        case enumeration
        case refusalsFrequent = "refusals-frequent"
        case consentMismatch = "consent-mismatch"
        case disclosedWithoutConsent = "disclosed-without-consent"
    }

    init(
        _ code: Code, member: MemberID, answerer: NodeID?, node: NodeID, count: Int,
        of total: Int? = nil, period: String? = nil, reason: String? = nil, index: Int? = nil
    ) {
        self.code = code
        self.member = member
        self.answerer = answerer
        self.node = node
        self.count = count
        self.total = total
        self.period = period
        self.reason = reason
        self.index = index
    }
}

extension Observation.Code {
    /// What it means, and what is counted.
    var meaning: Bilingual {
        switch self {
        case .nightBurst:
            Bilingual(
                "many subjects asked about in one hour of the night (of: the average hour by day)",
                "夜间一小时内查询主体数过多（总数为日间平均每小时数）")
        case .enumeration:
            Bilingual(
                "many evaluations on one day and hardly a query (count: queries, of: elements)",
                "一天内大量评估而几乎没有查询（次数为查询数，总数为评估元素数）")
        case .refusalsFrequent:
            Bilingual(
                "many queries refused (count: refused, of: answered)",
                "被拒查询过多（次数为被拒数，总数为已答复数）")
        case .consentMismatch:
            Bilingual(
                "asked though the consent that came with the query does not cover it",
                "随查询提交的授权不涵盖该查询")
        case .disclosedWithoutConsent:
            Bilingual(
                "a record was handed out though the consent did not cover the query",
                "授权不涵盖该查询，仍披露了记录")
        }
    }

    /// What to look at next.
    var next: Bilingual {
        switch self {
        case .nightBurst:
            Bilingual(
                "Ask the member for the cases of that hour and who worked then; open some of its blind "
                    + "evaluations of that day (audit open).",
                "要求该成员说明该时段的业务与值班人员，并抽取当天的盲评估开封核查（audit open）。")
        case .enumeration:
            Bilingual(
                "Open blind evaluations of that day: are there applications behind these identifiers, "
                    + "or is a list being tried out?",
                "开封当天的盲评估：这些标识背后是否有申请，还是在试探名单？")
        case .refusalsFrequent:
            Bilingual(
                "Look at the codes: name-mismatch points to mistyped or invented identifiers, consent "
                    + "codes to how the member obtains consent.",
                "查看拒绝代码：name-mismatch 表明标识误录或虚构，授权类代码表明取得授权的做法有问题。")
        case .consentMismatch:
            Bilingual(
                "Demand the evidence files of these consents (audit consents), and how the member "
                    + "chooses the purpose.",
                "调取这些授权的证据文件（audit consents），并了解该成员如何选择查询原因。")
        case .disclosedWithoutConsent:
            Bilingual(
                "Read the evidence of the entry: the answering node disclosed what it had to refuse. Ask "
                    + "its operator which software answered.",
                "阅读该条目的证据：应答节点披露了应当拒绝的内容，询问其运营方所用的软件。")
        }
    }
}

extension Observation {
    /// The observation as JSON.
    var json: JSONValue {
        .members([
            "code": .string(code.rawValue),
            "member": .string(member.description),
            "answerer": answerer.map { .string($0.description) },
            "period": period.map(JSONValue.string),
            "count": .integer(count),
            "of": total.map(JSONValue.integer),
            "reason": reason.map(JSONValue.string),
            "node": .string(node.description),
            "index": index.map(JSONValue.integer),
        ])
    }

    /// In the copy: the file with the first entry, where there is one.
    var proof: String? { index.flatMap(MirrorFolder.bundleName) }
}
