import RiskStandard

/// A date in any form whose meaning is certain: year first, or a spreadsheet's day number. Forms in
/// which day and month could be either are recognised and not read.
enum WrittenDate: Equatable {
    case day(CalendarDate)
    case month(YearMonth)
    /// Day and month in front of a year of four digits, in an order that nobody can tell.
    case ambiguous

    /// Reads half-width text; nil when it is no date. A time of day behind a date does not count.
    init?(_ text: ArraySlice<UInt8>) {
        guard text.count <= Self.bytesMax, let parts = Parts(Self.withoutTime(text)) else {
            return nil
        }
        switch (parts.digits.count, parts.separators) {
        case (1, []): self.init(number: parts.digits[0])
        case (2, ["."]) where parts.digits[0].count == 5: self.init(number: parts.digits[0])
        case (2, ["-"]), (2, ["/"]), (2, ["年", "月"]): self.init(monthOf: parts)
        case (3, ["-", "-"]), (3, ["/", "/"]), (3, [".", "."]), (3, ["年", "月", "日"]),
            (3, ["年", "月", "号"]), (3, ["年", "月"]):
            self.init(dayOf: parts)
        default: return nil
        }
    }

    /// The day, nil for anything else.
    var date: CalendarDate? {
        if case .day(let day) = self { day } else { nil }
    }

    /// The month, of a day too.
    var yearMonth: YearMonth? {
        switch self {
        case .day(let day): day.yearMonth
        case .month(let month): month
        case .ambiguous: nil
        }
    }

    private static let bytesMax = 40
    /// Days from a spreadsheet's day 0, 1899-12-30, to 1970-01-01. Its day 60, 1900-02-29, never
    /// was; no loan is that old.
    private static let spreadsheetDaysToEpoch = 25_569

    /// Digits without a separator: a spreadsheet's day number, `yyyyMM`, `yyyyMMdd`, or that with
    /// hours, minutes and seconds.
    private init?(number digits: ArraySlice<UInt8>) {
        switch digits.count {
        case 5:
            let day = Self.value(digits) - Self.spreadsheetDaysToEpoch
            guard let date = CalendarDate(daysSinceEpoch: day) else { return nil }
            self = .day(date)
        case 6:
            let value = Self.value(digits)
            guard let month = YearMonth(year: value / 100, month: value % 100) else { return nil }
            self = .month(month)
        case 8, 14:
            guard let date = DateFormat.compact.date(digits.prefix(8)) else { return nil }
            self = .day(date)
        default: return nil
        }
    }

    private init?(monthOf parts: Parts) {
        guard parts.digits[0].count == 4, parts.digits[1].count <= 2,
            let month = YearMonth(
                year: Self.value(parts.digits[0]), month: Self.value(parts.digits[1]))
        else { return nil }
        self = .month(month)
    }

    private init?(dayOf parts: Parts) {
        let counts = parts.digits.map(\.count)
        if counts[2] == 4, counts[0] <= 2, counts[1] <= 2, parts.separators.count == 2 {
            self = .ambiguous
            return
        }
        guard counts[0] == 4, counts[1] <= 2, counts[2] <= 2,
            let date = CalendarDate(
                year: Self.value(parts.digits[0]), month: Self.value(parts.digits[1]),
                day: Self.value(parts.digits[2]))
        else { return nil }
        self = .day(date)
    }

    fileprivate static func value(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    /// The text before a time of day: `2026-01-05 00:00:00`, `2026-01-05T00:00`.
    private static func withoutTime(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let gap = text.firstIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: "T") }) else {
            return text
        }
        let time = text[gap...].dropFirst().trimmed
        let isTime =
            time.contains(UInt8(ascii: ":"))
            && time.allSatisfy { $0.asciiDigit != nil || ":.".utf8.contains($0) }
        return isTime ? text[..<gap] : text
    }
}

/// Runs of digits and what stands between and behind them.
private struct Parts {
    private(set) var digits: [ArraySlice<UInt8>] = []
    private(set) var separators: [Character] = []

    init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        while !rest.isEmpty, digits.count < 4 {
            let run = rest.prefix { $0.asciiDigit != nil }
            guard !run.isEmpty else { return nil }
            digits.append(run)
            rest = rest.dropFirst(run.count)
            if rest.isEmpty { return }
            guard let (separator, length) = Self.separator(rest) else { return nil }
            separators.append(separator)
            rest = rest.dropFirst(length)
        }
        if !rest.isEmpty { return nil }
    }

    private static func separator(_ text: ArraySlice<UInt8>) -> (Character, length: Int)? {
        if let first = text.first, "-/.".utf8.contains(first) {
            return (Character(Unicode.Scalar(first)), 1)
        }
        for word in ["年", "月", "日", "号"] as [Character] where text.starts(with: word.utf8) {
            return (word, word.utf8.count)
        }
        return nil
    }
}
