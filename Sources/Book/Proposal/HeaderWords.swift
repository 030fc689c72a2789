/// What lenders call their columns, in Chinese core-banking exports and English ones.
enum HeaderWords {
    /// How well a column's name says a field: 0 not at all, more for longer words; a name that is
    /// the word counts more than one that holds it.
    static func score(of name: String, for field: Field) -> Int {
        let plain = normalised(name)
        if plain == field.rawValue.lowercased() { return 1000 }
        return words[field, default: []].map { word in
            if plain == word { return 500 + word.count }
            // Short words stand in too many others.
            let isLong = word.utf8.count >= 6
            return isLong && plain.contains(word) ? word.utf8.count : 0
        }.max() ?? 0
    }

    /// A name in lower case, half width, without spaces, signs and what stands in brackets.
    static func normalised(_ name: String) -> String {
        let narrow = ColumnProfile.narrow(name).text.lowercased()
        let bare = narrow.prefix { !"([【（".contains($0) }
        let kept = (bare.isEmpty ? narrow[...] : bare).filter { $0.isLetter || $0.isNumber }
        return String(kept)
    }

    /// How a count of days is written, by the column's name.
    static func basis(of name: String) -> CellFormat.DaysBasis {
        let plain = normalised(name)
        let months = ["期数", "月数", "periods", "months", "terms", "bucket"]
        return months.contains(where: plain.contains) ? .monthsLate : .days
    }

    private static let words: [Field: [String]] = borrower.merging(account) { $1 }
        .merging(terms) { $1 }.merging(standing) { $1 }

    private static let borrower: [Field: [String]] = [
        .identifier: [
            "证件号码", "证件号", "身份证号码", "身份证号", "身份证", "统一社会信用代码", "社会信用代码",
            "信用代码", "客户证件号码", "借款人证件号码", "certno", "certid", "idno", "idnumber", "idcard",
            "idcardno", "uscc", "certificateno", "certificatenumber", "nationalid", "customerid",
        ],
        .scheme: ["证件类型", "证件种类", "certtype", "idtype", "certificatetype", "idkind"],
        .name: [
            "客户名称", "客户姓名", "姓名", "借款人名称", "借款人姓名", "借款人", "户名", "企业名称",
            "单位名称", "custname", "customername", "borrowername", "clientname", "fullname",
            "borrower",
        ],
        .noticeHeld: ["不良告知", "告知标志", "是否已告知", "是否告知"],
    ]

    private static let account: [Field: [String]] = [
        .accountNumber: [
            "借据号", "借据编号", "借据号码", "贷款账号", "贷款账户", "贷款编号", "账号", "账户号", "账户编号",
            "合同号", "合同编号", "卡号", "业务编号", "loan", "loanno", "loanid", "loannumber", "accountno",
            "acctno", "accountid", "account", "duebillno", "contractno", "contractnumber", "cardno",
        ],
        .role: ["还款责任", "责任人类型", "借款人身份"],
        .kind: [
            "业务种类", "贷款种类", "授信类型", "账户类型", "还款方式", "贷款方式", "loantype",
            "repaymentmethod", "repaymenttype", "accounttype", "credittype",
        ],
        .product: [
            "产品名称", "产品代码", "产品", "业务品种", "贷款品种", "productcode", "productname",
            "loanproduct",
        ],
        .retail: [
            "是否零售", "零售标志", "对公对私标志", "对公对私", "客户类型", "customertype", "custtype",
            "isretail",
        ],
        .status: [
            "账户状态", "贷款状态", "借据状态", "合同状态", "状态", "结清标志", "loanstatus",
            "accountstatus", "acctstatus",
        ],
        .openedMonth: [
            "放款日期", "发放日期", "贷款发放日", "贷款发放日期", "放款日", "起息日", "开户日期", "借款日期",
            "开立日期", "贷款起始日", "贷款起始日期", "opendate", "disbursementdate", "loandate",
            "startdate", "issuedate", "originationdate", "valuedate", "disbursaldate",
        ],
        .closedMonth: [
            "结清日期", "关闭日期", "核销日期", "销户日期", "closedate", "closeddate", "settleddate",
            "payoffdate", "settlementdate",
        ],
    ]

    private static let terms: [Field: [String]] = [
        .currency: ["币种", "币别", "货币", "ccy", "curr", "currencycode"],
        .overdue: [
            "逾期金额", "逾期总额", "逾期余额", "欠款金额", "逾期本息", "拖欠金额", "逾期本金", "overdueamount",
            "overdueamt", "pastdueamount", "arrears", "amountoverdue", "amountpastdue",
        ],
        .balance: [
            "贷款余额", "本金余额", "贷款本金余额", "当前余额", "未还本金", "剩余本金", "余额", "loanbalance",
            "outstandingbalance", "principalbalance", "outstanding", "currentbalance", "bal",
        ],
        .limit: [
            "授信额度", "信用额度", "额度", "贷款金额", "放款金额", "发放金额", "合同金额", "借款金额",
            "贷款本金", "creditlimit", "loanamount", "originalamount", "principal", "approvedamount",
        ],
        .monthlyDue: [
            "月供", "每期应还", "月还款额", "应还金额", "每月应还", "本期应还", "期供", "installment",
            "instalment", "monthlypayment", "scheduledpayment", "installmentamount",
        ],
    ]

    private static let standing: [Field: [String]] = [
        .daysPastDue: [
            "逾期天数", "欠款天数", "拖欠天数", "当前逾期天数", "逾期期数", "逾期月数", "连续逾期期数",
            "最早逾期日期", "逾期起始日", "逾期起始日期", "逾期开始日期", "最早未还日期", "dpd", "overduedays",
            "pastduedays", "dayslate", "daysoverdue", "overdueperiods", "monthslate",
            "overduesince",
            "oldestduedate", "overduedate",
        ],
        .ownClass: [
            "五级分类", "风险分类", "贷款分类", "五级形态", "资产分类", "fivelevelclass", "riskclass",
            "loanclass", "classification", "fiveclass", "riskclassification",
        ],
        .creditImpaired: ["是否减值", "信用减值", "是否已发生信用减值", "impaired"],
        .badEventEnded: ["逾期结清日期", "逾期还清日期", "欠款还清日期"],
    ]
}
