/// What a lender does about a reject, one sentence by its code, in both languages.
public struct RejectMend: Sendable, Equatable {
    /// In English.
    public let english: String
    /// In Chinese.
    public let chinese: String

    /// The way to mend a reject; codes of the importer are known too, any other gets the general
    /// sentence.
    public init(code: String) {
        let sentences = Self.sentences[code] ?? Self.general
        english = sentences.0
        chinese = sentences.1
    }

    private static let general = (
        "Correct the value that the reason names.", "请按原因说明更正该值。"
    )

    private static let sentences: [String: (String, String)] = form.merging(values) { $1 }
        .merging(borrowers) { $1 }

    private static let form: [String: (String, String)] = [
        "column-count": (
            "Give the row as many cells as the header; put cells that contain the delimiter in quotes.",
            "使该行的列数与表头一致；含分隔符的单元格请加英文双引号。"
        ),
        "quote": (
            "Put the whole cell in quotes and double each quote inside it.",
            "请将整个单元格加英文双引号，其中的双引号写两次。"
        ),
        "line-break": (
            "Export again with line ends LF or CRLF.", "请以 LF 或 CRLF 换行重新导出。"
        ),
        "nul-byte": ("Export again; the row is damaged.", "该行已损坏，请重新导出。"),
        "encoding": ("Save the file as CSV in UTF-8.", "请将文件另存为 UTF-8 编码的 CSV。"),
        "field-too-long": (
            "Shorten the cell; a missing closing quote may have joined several.",
            "请缩短该单元格；可能因缺少右引号而把多个单元格连在一起。"
        ),
        "repeated-header": ("Remove the row.", "请删除该行。"),
        "totals-row": ("Remove the row.", "请删除该行。"),
        "account-incomplete": (
            "Mend the account's other rejected row and import all rows of the account again.",
            "请更正该账户的其他被拒行，并重新导入该账户的全部行。"
        ),
        "too-many-periods": (
            "Leave out the account's oldest periods.", "请去掉该账户最早的若干期。"
        ),
        "borrower-differs": (
            "Give all rows of the account the same borrower.", "请使该账户各行的借款人一致。"
        ),
        "evidence-file": (
            "Put the file into the book's folder, or clear the cell.",
            "请将该文件放入台账文件所在文件夹，或清空该单元格。"
        ),
        "duplicate-account": (
            "Keep one row of the account.", "同一账户只保留一行。"
        ),
    ]

    private static let values: [String: (String, String)] = [
        "value-missing": ("Fill in the value.", "请补填该值。"),
        "value-unknown": (
            "Use a word of the list, or add the text to the mapping's 'map'.",
            "请使用列表中的词，或在映射的 map 中加入该文字。"
        ),
        "value-malformed": ("Write the value in the form of its column.", "请按该列的格式填写。"),
        "value-out-of-range": ("Check the value; it is beyond its bounds.", "请核对该值，已超出范围。"),
        "negative": (
            "Write the amount without a minus sign, or say 'negative: zero' in the mapping.",
            "金额不应为负；贷方余额可在映射中写 negative: zero。"
        ),
        "amount-overflow": ("Check the amount and its unit.", "请核对金额及其单位。"),
        "amount-too-precise": (
            "Round the amount to the currency's decimals where the amount comes from.",
            "请在来源系统中按币种的小数位取整。"
        ),
        "scientific-notation": (
            "Export the column with all digits, or say 'scientific: true' where none is lost.",
            "请导出全部数字；确认未丢失数字时可写 scientific: true。"
        ),
        "currency": (
            "Write the ISO 4217 code, the same as the amounts are in.", "请填写与金额一致的 ISO 4217 币种代码。"
        ),
        "date": (
            "Write the date as yyyy-MM-dd, or leave the cell blank where there is none.",
            "请按 yyyy-MM-dd 填写日期；没有日期请留空。"
        ),
        "date-order": (
            "Say 'date: MM/dd/yyyy' or 'date: dd/MM/yyyy' in the mapping.",
            "请在映射中注明 date: MM/dd/yyyy 或 dd/MM/yyyy。"
        ),
        "date-after-as-of": (
            "Check the date and the as-of date of the import.", "请核对该日期与导入的截止日期。"
        ),
        "contradiction": ("Correct one of the two values.", "两个值互相矛盾，请更正其一。"),
        "consent-incomplete": (
            "Fill in all of the consent, or none of it.", "请填全授权信息，或全部留空。"
        ),
        "consent": ("Correct the consent as the reason says.", "请按原因说明更正授权信息。"),
        "facts-contradict": ("Correct the fact that the reason names.", "请更正原因中指出的事实。"),
    ]

    private static let borrowers: [String: (String, String)] = [
        "identifier-damaged-by-spreadsheet": (
            "Export the column as text and do not open the file in a spreadsheet.",
            "请将证件号码列按文本格式重新导出，且不要用电子表格打开。"
        ),
        "identifier-empty": ("Fill in the identifier.", "请填写证件号码。"),
        "identifier-too-long": ("Check which column is the identifier.", "请核对哪一列是证件号码。"),
        "identifier-length": (
            "Check the identifier: characters are missing or too many.", "证件号码位数不对，请核对。"
        ),
        "identifier-character": ("Check the identifier for a wrong character.", "证件号码含有错误字符，请核对。"),
        "identifier-date": ("Check the date of birth in the identifier.", "请核对证件号码中的出生日期。"),
        "identifier-check-character": (
            "Check the identifier against the document; a character is wrong or swapped.",
            "校验位不符，请对照证件核对。"
        ),
        "identifier-organisation-check": (
            "Check the organisation code inside the credit code.", "请核对统一社会信用代码中的组织机构代码部分。"
        ),
        "identifier-pattern": (
            "Check the identifier against the form that the charter gives.", "请按章程规定的格式核对证件号码。"
        ),
        "scheme-unknown": ("Use a scheme that the charter lists.", "请使用章程列出的证件类型。"),
    ]
}
