/// The language of a report for people.
public enum ReportLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    /// The words of the report in this language.
    var words: ReportWords {
        switch self {
        case .english: .english
        case .chinese: .chinese
        }
    }
}

/// Every word of a report for people. Codes, ids and rules stay as they are in both languages.
struct ReportWords: Sendable {
    let complete: @Sendable (_ lenders: Int) -> String
    let incomplete: @Sendable (_ missing: Int, _ lenders: Int) -> String
    let askedBy, purpose, time, consortium, standard, scope, masking, inquiryCounted: String
    let worstClass, withoutDisputed, noAccounts, atLeast, lendersOpen: String
    let balance, overdue, inquiries: String
    let inquiryCounts: @Sendable (InquiryCounts) -> String
    let lenders, nodes, records, findings, own, ownNode, noRecords: String
    let asOf, staleBook, decidedBy, history, limit, monthlyDue, opened, disputed, relief: String
    let daysPastDue: @Sendable (Int) -> String
    let ownClasses, stays, must, watch, ability, overdueShare, newAccounts: String
    let monthsSinceArrears, noArrears, unknownMonths, trend, named, here: String
    let unwitnessed: String
    let statement, consentUntil, consentNoEnd, tooGood, differs, unverifiable: String
    let classNames: [String: String]
    let outcomeNames: [String: String]
    let codes: [String: String]

    /// A class, an outcome, a code or another word of a closed list, in this language.
    func name(_ word: String) -> String {
        classNames[word] ?? outcomeNames[word] ?? codes[word] ?? word
    }
}

extension ReportWords {
    static let english = ReportWords(
        complete: { "COMPLETE: all \($0) other lenders said what they hold" },
        incomplete: { "INCOMPLETE: \($0) of \($1) other lenders did not say what they hold" },
        askedBy: "Asked by", purpose: "Purpose", time: "Time", consortium: "Consortium",
        standard: "Standard", scope: "Scope", masking: "Lenders",
        inquiryCounted: "counted as an inquiry",
        worstClass: "Worst class", withoutDisputed: "  without disputed accounts",
        noAccounts: "no account received", atLeast: "at least",
        lendersOpen: "Lenders with open accounts",
        balance: "Balance", overdue: "Overdue", inquiries: "Hard inquiries",
        inquiryCounts: { "\($0.days30) in 30 days, \($0.days90) in 90, \($0.days365) in 365" },
        lenders: "LENDERS", nodes: "NODES", records: "RECORDS", findings: "FINDINGS",
        own: "own record", ownNode: "own node", noRecords: "none received",
        asOf: "as of", staleBook: "stale book", decidedBy: "by", history: "history",
        limit: "limit", monthlyDue: "monthly", opened: "opened", disputed: "DISPUTED",
        relief: "relief",
        daysPastDue: { "\($0) days past due" },
        ownClasses: "YOUR OWN ACCOUNTS, WITH EVERYONE'S FACTS", stays: "stays",
        must: "must be", watch: "watch", ability: "REPAYMENT ABILITY (no score)",
        overdueShare: "Share overdue", newAccounts: "New accounts",
        monthsSinceArrears: "Months since arrears",
        noArrears: "no arrears known", unknownMonths: "(some months are unknown)",
        trend: "Trend of 6 months", named: "names", here: "its facts give",
        unwitnessed: "* unwitnessed: no quorum of witnesses has cosigned what the log of this "
            + "lender's node showed more than 5 minutes ago",
        statement: "borrower's statement", consentUntil: "consent until",
        consentNoEnd: "no end", tooGood: "published better than its facts",
        differs: "published otherwise than its facts give",
        unverifiable: "class cannot be recomputed here",
        classNames: [:], outcomeNames: [:],
        codes: [
            "full-file": "full file", "negative-only": "negative records only",
            "named": "named", "masked": "masked",
        ])

    static let chinese = ReportWords(
        complete: { "完整：其余 \($0) 家机构均已答复" },
        incomplete: { "不完整：其余 \($1) 家机构中有 \($0) 家未能说明其记录" },
        askedBy: "查询机构", purpose: "查询原因", time: "时间", consortium: "联盟",
        standard: "分类标准", scope: "共享范围", masking: "机构名称",
        inquiryCounted: "已计为一次硬查询",
        worstClass: "最差分类", withoutDisputed: "  不含异议账户",
        noAccounts: "未收到账户", atLeast: "至少",
        lendersOpen: "有未结清账户的机构数",
        balance: "余额", overdue: "逾期金额", inquiries: "硬查询次数",
        inquiryCounts: { "30 天内 \($0.days30) 次，90 天内 \($0.days90) 次，365 天内 \($0.days365) 次" },
        lenders: "机构", nodes: "节点", records: "记录", findings: "核验发现",
        own: "本机构记录", ownNode: "本节点", noRecords: "未收到记录",
        asOf: "截至", staleBook: "账簿过期", decidedBy: "依据", history: "还款历史",
        limit: "额度", monthlyDue: "月应还", opened: "开户", disputed: "有异议",
        relief: "纾困",
        daysPastDue: { "逾期 \($0) 天" },
        ownClasses: "本机构账户（按各机构事实）", stays: "维持", must: "应为", watch: "提示",
        ability: "还款能力（非评分）", overdueShare: "逾期占比", newAccounts: "新开账户数",
        monthsSinceArrears: "距最近逾期月数",
        noArrears: "无已知逾期", unknownMonths: "（部分月份未知）", trend: "近 6 个月趋势",
        named: "所列依据", here: "按其事实应为",
        unwitnessed: "* 未经见证：该机构所在节点的日志 5 分钟前所示内容尚未获得足够见证方联署",
        statement: "本人声明", consentUntil: "授权至",
        consentNoEnd: "无期限", tooGood: "公布的分类优于其事实",
        differs: "公布的分类与其事实不符",
        unverifiable: "此处无法重新计算该分类",
        classNames: [
            "normal": "正常", "special-mention": "关注", "substandard": "次级",
            "doubtful": "可疑", "loss": "损失",
        ],
        outcomeNames: [
            "record": "有记录", "no-record": "无记录", "refused": "拒绝", "timed-out": "超时",
            "stale": "账簿过期", "error": "错误", "not-asked": "未查询",
        ],
        codes: [
            "consent-purpose": "授权不含此用途", "consent-expired": "授权已到期",
            "consent-not-yet-valid": "授权尚未生效", "consent-withdrawn": "授权已撤回",
            "consent-recipient": "授权不含本机构", "name-mismatch": "姓名不符",
            "frozen": "已冻结", "held-back": "暂缓披露", "unreachable": "无法连接",
            "wrong-identity": "证书不符", "malformed-answer": "答复无效",
            "bad-signature": "签名无效", "unsigned": "无法签名", "bad-receipt": "回执无效",
            "unlogged": "本节点日志未写入", "unwitnessed": "日志未经见证", "no-opening-key": "无本月启封密钥",
            "member-suspended": "机构已暂停", "member-withdrawn": "机构已退出",
            "node-suspended": "节点已暂停", "partial": "答复不全", "trial": "试运行",
            "improving": "好转", "steady": "平稳", "worsening": "恶化", "unknown": "未知",
            "full-file": "全部记录", "negative-only": "仅负面记录", "named": "显示名称",
            "masked": "隐去名称",
            "loan-approval": "贷款审批", "card-approval": "信用卡审批",
            "guarantor-review": "担保资格审查", "representative-review": "法定代表人资信审查",
            "post-loan": "贷后管理", "credit-line": "额度审批", "dispute": "异议查询",
            "self": "本人查询", "judicial": "司法调查",
            "borrower": "借款人", "co-borrower": "共同借款人", "guarantor": "担保人",
            "joint-liability": "连带责任人", "instalment": "分期贷款",
            "revolving-line": "循环额度", "card": "信用卡", "guarantee": "担保",
            "acquired-debt": "受让债权", "open": "未结清", "settled": "已结清",
            "written-off-still-claimed": "已核销仍追偿", "transferred-out": "已转出",
            "ended": "已终止", "deceased": "已故", "bankrupt": "破产",
            "not-mine": "非本人", "identity-theft": "冒名", "amount": "金额", "paid": "已还",
            "other": "其他",
        ])
}
