import RiskStandard

/// What texts of a closed list mean in the mapping language, as lenders write them.
enum TextMeanings {
    /// The word of the mapping language that a text stands for, nil when nobody can tell.
    static func word(for text: String, in field: Field) -> String? {
        let plain = HeaderWords.normalised(text)
        if field == .ownClass {
            return ColumnMapping.commonClasses[text]?.rawValue ?? english[plain]
        }
        if isOwnWord(text, of: field) { return text }
        guard let table = tables[field] else { return nil }
        if let exact = table.first(where: { $0.0 == plain }) { return exact.1 }
        // A word of one character stands in too many others.
        return table.first { $0.0.utf8.count >= 6 && plain.contains($0.0) }?.1
    }

    private static func isOwnWord(_ text: String, of field: Field) -> Bool {
        let parser = CellParser(field: field, format: CellFormat(), asOf: nil)
        switch field.fieldKind {
        case .choice, .flag, .currency: return (try? parser.value(of: Array(text.utf8)[...])) != nil
        case .word where field == .scheme: return ["cn-rid", "cn-uscc", "lei"].contains(text)
        default: return false
        }
    }

    private static let english = [
        "normal": "normal", "pass": "normal", "standard": "normal",
        "specialmention": "special-mention", "watch": "special-mention",
        "substandard": "substandard", "doubtful": "doubtful", "loss": "loss",
    ]

    /// Longer and more particular words first.
    private static let tables: [Field: [(String, String)]] = [
        .scheme: [
            ("统一社会信用代码", "cn-uscc"), ("社会信用代码", "cn-uscc"), ("信用代码", "cn-uscc"),
            ("营业执照", "cn-uscc"), ("身份证", "cn-rid"), ("idcard", "cn-rid"), ("uscc", "cn-uscc"),
            ("lei", "lei"),
        ],
        .role: [
            ("共同借款", "co-borrower"), ("保证人", "guarantor"), ("担保人", "guarantor"),
            ("连带责任", "joint-liability"), ("主借款人", "borrower"), ("借款人", "borrower"),
        ],
        .kind: [
            ("贷记卡", "card"), ("信用卡", "card"), ("creditcard", "card"), ("循环", "revolving-line"),
            ("随借随还", "revolving-line"), ("revolving", "revolving-line"), ("担保", "guarantee"),
            ("等额本息", "instalment"), ("等额本金", "instalment"), ("按月付息", "instalment"),
            ("按季付息", "instalment"), ("一次还本", "instalment"), ("到期还本", "instalment"),
            ("利随本清", "instalment"), ("分期", "instalment"), ("贷款", "instalment"),
            ("installment", "instalment"), ("termloan", "instalment"),
        ],
        .retail: [
            ("对私", "true"), ("个人", "true"), ("零售", "true"), ("自然人", "true"), ("是", "true"),
            ("y", "true"), ("personal", "true"), ("individual", "true"), ("对公", "false"),
            ("企业", "false"), ("公司", "false"), ("单位", "false"), ("否", "false"), ("n", "false"),
            ("corporate", "false"), ("company", "false"),
        ],
        .status: [
            ("未结清", "open"), ("已核销", "written-off-still-claimed"),
            ("核销", "written-off-still-claimed"), ("呆账", "written-off-still-claimed"),
            ("已结清", "settled"), ("结清", "settled"), ("已还清", "settled"), ("转让", "transferred-out"),
            ("转出", "transferred-out"), ("销户", "ended"), ("终止", "ended"), ("正常", "open"),
            ("逾期", "open"), ("存续", "open"), ("在贷", "open"), ("未还清", "open"), ("active", "open"),
            ("current", "open"), ("overdue", "open"), ("closed", "settled"), ("paid", "settled"),
            ("paidoff", "settled"), ("pif", "settled"), ("paidinfull", "settled"),
            ("chgoff", "written-off-still-claimed"), ("chargeoff", "written-off-still-claimed"),
            ("chargedoff", "written-off-still-claimed"),
            ("writtenoff", "written-off-still-claimed"), ("sold", "transferred-out"),
        ],
        .currency: [
            ("人民币", "CNY"), ("rmb", "CNY"), ("cny", "CNY"), ("156", "CNY"), ("美元", "USD"),
            ("usd", "USD"), ("港币", "HKD"), ("港元", "HKD"), ("hkd", "HKD"), ("欧元", "EUR"),
            ("eur", "EUR"), ("日元", "JPY"), ("jpy", "JPY"),
        ],
        .creditImpaired: [("是", "true"), ("y", "true"), ("否", "false"), ("n", "false")],
        .noticeHeld: [
            ("是", "true"), ("y", "true"), ("否", "false"), ("n", "false"), ("已告知", "true"),
        ],
    ]
}
