/// An amount or count as people write it: `¥1,234,567.89`, `12.5万元`, `CNY 5`, besides the plain
/// form that ``DecimalText`` reads.
struct AmountText: Equatable {
    /// Which currencies a mark in the cell allows.
    enum CurrencyMark: Sendable, Equatable {
        case code(Currency)
        /// `¥` stands for yuan and yen.
        case yuanOrYen

        func allows(_ currency: Currency) -> Bool {
            switch self {
            case .code(let code): code == currency
            case .yuanOrYen: ["CNY", "JPY"].contains(currency.code)
            }
        }
    }

    let number: DecimalText
    /// The unit that stands behind the number, e.g. 万元.
    let unit: AmountUnit?
    let mark: CurrencyMark?

    /// Reads half-width text.
    init(_ text: ArraySlice<UInt8>, allowsScientific: Bool) throws(CellFault) {
        if let first = text.first, first.asciiDigit != nil || first == UInt8(ascii: "-"),
            let last = text.last, last.asciiDigit != nil, !text.contains(UInt8(ascii: ","))
        {
            number = try DecimalText(text, allowsScientific: allowsScientific)
            unit = nil
            mark = nil
            return
        }
        var rest = text
        mark = Self.takeMark(&rest)
        unit = Self.takeUnit(&rest)
        number = try DecimalText(
            try Self.withoutSeparators(rest), allowsScientific: allowsScientific)
    }

    private static func takeMark(_ text: inout ArraySlice<UInt8>) -> CurrencyMark? {
        for (mark, meaning) in marks where text.starts(with: mark) {
            text = text.dropFirst(mark.count).trimmed
            return meaning
        }
        guard let currency = Currency(bytes: text.prefix(3)) else { return nil }
        text = text.dropFirst(3).trimmed
        return .code(currency)
    }

    private static let marks: [([UInt8], CurrencyMark)] = {
        var marks: [([UInt8], CurrencyMark)] = ["¥", "￥"].map { (Array($0.utf8), .yuanOrYen) }
        if let yuan = Currency(code: "CNY") {
            marks += ["人民币", "RMB"].map { (Array($0.utf8), .code(yuan)) }
        }
        return marks
    }()

    private static func takeUnit(_ text: inout ArraySlice<UInt8>) -> AmountUnit? {
        for (word, unit) in AmountUnit.words where text.count > word.count {
            if text.suffix(word.count).elementsEqual(word) {
                text = text.dropLast(word.count).trimmed
                return unit
            }
        }
        return nil
    }

    /// Takes out commas that stand between groups of three digits, and only such: `1,234,567.89`.
    private static func withoutSeparators(
        _ text: ArraySlice<UInt8>
    ) throws(CellFault) -> ArraySlice<UInt8> {
        let comma = UInt8(ascii: ",")
        guard text.count <= DecimalText.bytesMax, text.contains(comma) else { return text }
        let point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
        let sign = text.first == UInt8(ascii: "-") ? 1 : 0
        let groups = text[..<point].dropFirst(sign)
            .split(separator: comma, omittingEmptySubsequences: false)
        guard !text[point...].contains(comma), let first = groups.first,
            (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 })
        else {
            throw CellFault(
                code: .valueMalformed, reason: "commas do not stand between groups of three digits")
        }
        return text.filter { $0 != comma }[...]
    }
}

extension AmountUnit {
    /// Chinese words for units, longer ones first.
    static let words: [([UInt8], AmountUnit)] = [
        ("百万元", AmountUnit.million), ("亿元", .hundredMillion), ("万元", .tenThousand),
        ("千元", .thousand), ("百万", .million), ("亿", .hundredMillion), ("万", .tenThousand),
        ("元", .one),
    ].map { (Array($0.0.utf8), $0.1) }
}

extension AmountUnit {
    /// The unit that a column's name states in brackets or at its end: 余额（万元）, 余额万元.
    init?(inHeader name: String) {
        let closers: Set<Character> = [")", "）", "]", "】"]
        let openers: Set<Character> = ["(", "（", "[", "【", ":", "：", "/"]
        var text = name[...]
        if let last = text.last, closers.contains(last) {
            text = text.dropLast()
            guard let open = text.lastIndex(where: openers.contains) else { return nil }
            text = text[text.index(after: open)...]
            if text.hasPrefix("单位") { text = text.dropFirst(2).drop(while: openers.contains) }
            guard let unit = Self.words.first(where: { $0.0.elementsEqual(text.utf8) })?.1 else {
                return nil
            }
            self = unit
        } else {
            // Behind a name without brackets only words that end nothing else.
            let ends: [(String, AmountUnit)] = [
                ("百万元", .million), ("亿元", .hundredMillion), ("万元", .tenThousand),
                ("千元", .thousand),
            ]
            guard let unit = ends.first(where: { text.hasSuffix($0.0) })?.1 else { return nil }
            self = unit
        }
    }
}
