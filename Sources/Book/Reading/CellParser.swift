import Foundation
import RiskStandard

/// Why a text is not a value of its field. The reason never repeats the text.
struct CellFault: Error, Equatable {
    let code: RejectCode
    let reason: String
}

/// Reads the trimmed, non-empty text of a cell or constant as a value of its field.
struct CellParser {
    private let kind: FieldKind
    private let isFact: Bool
    /// Whether the text is the key of a borrower or account.
    private let isKey: Bool
    private let allowsPercent: Bool
    private let format: CellFormat
    private let asOf: CalendarDate?

    /// A parser of one field's texts. `asOf` is the day for which the file stands; only days that
    /// are derived from a due date need it.
    init(field: Field, format: CellFormat, asOf: CalendarDate?) {
        kind = field.fieldKind
        isFact = field.isFact
        isKey = field == .identifier || field == .accountNumber
        allowsPercent = field == .expectedLossBasisPoints
        self.format = format
        self.asOf = asOf
    }

    /// Whether the text is taken as it stands, be it wide or narrow.
    var isPlainText: Bool {
        if case .text = kind { true } else { false }
    }

    /// The value, or why there is none.
    func value(of text: ArraySlice<UInt8>) throws(CellFault) -> FieldValue {
        if isFact, text.elementsEqual("unknown".utf8) { return .unknown }
        switch kind {
        case .text(let bytesMax): return .text(try plainText(text, bytesMax: bytesMax))
        case .word: return .text(try word(text))
        case .words: return .words(try words(text))
        case .flag: return .flag(try flag(text))
        case .count(let bounds): return .count(try count(text, in: bounds))
        case .daysPastDue: return .count(try daysPastDue(text))
        case .amount: return .amount(try amount(text))
        case .currency: return .currency(try currency(text))
        case .month: return .month(try month(text))
        case .date: return .date(try date(text))
        case .instant: return .instant(try instant(text))
        case .letter: return .letter(try letter(text))
        case .letters: return .history(try history(text))
        case .digest: return .text(try digest(text))
        case .choice(let entries): return try choice(text, among: entries)
        }
    }

    /// Days past due in the form that the format names.
    func daysPastDue(_ text: ArraySlice<UInt8>) throws(CellFault) -> Int {
        let days: Int
        switch format.basis {
        case .days: days = try count(text, in: 0...Int.max)
        case .monthsLate:
            let monthsMax = LoanFacts.daysPastDueMax / CellFormat.daysPerMonthLate
            days = try count(text, in: 0...monthsMax) * CellFormat.daysPerMonthLate
        case .dueDate:
            // The day after the due date is day 1 (protocol/book.md).
            let due = try date(text)
            days = max(0, asOf?.days(since: due) ?? 0)
        }
        guard days <= LoanFacts.daysPastDueMax else { throw Self.outOfRange }
        return days
    }
}

// MARK: - Words and texts

extension CellParser {
    private func plainText(
        _ text: ArraySlice<UInt8>, bytesMax: Int
    ) throws(CellFault) -> String {
        guard text.count <= bytesMax else {
            throw CellFault(code: .valueOutOfRange, reason: "longer than \(bytesMax) bytes")
        }
        guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw CellFault(code: .valueMalformed, reason: "contains a control character")
        }
        if isKey, SpreadsheetDamage.isScientific(text) {
            throw CellFault(
                code: .identifierDamaged,
                reason: "a spreadsheet has made a quantity of it and lost digits")
        }
        return text.text
    }

    private func word(_ text: ArraySlice<UInt8>) throws(CellFault) -> String {
        guard (1...BookLimits.wordBytesMax).contains(text.count),
            text.allSatisfy({ $0.isWordByte })
        else {
            throw CellFault(
                code: .valueMalformed,
                reason: "not 1 to \(BookLimits.wordBytesMax) of a-z, 0-9 and -")
        }
        return text.text
    }

    private func words(_ text: ArraySlice<UInt8>) throws(CellFault) -> [String] {
        var words: [String] = []
        let parts = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        for part in parts {
            let word = try word(part.trimmed)
            guard !words.contains(word) else {
                throw CellFault(code: .contradiction, reason: "a purpose stands twice")
            }
            words.append(word)
        }
        guard words.count <= ConsentRecord.purposesMax else { throw Self.outOfRange }
        return words
    }

    private func flag(_ text: ArraySlice<UInt8>) throws(CellFault) -> Bool {
        for yes in ["true", "yes", "1"] where text.elementsEqual(yes.utf8) { return true }
        for no in ["false", "no", "0"] where text.elementsEqual(no.utf8) { return false }
        throw CellFault(code: .valueMalformed, reason: "not true, yes, 1, false, no or 0")
    }

    private func choice(
        _ text: ArraySlice<UInt8>, among entries: [ValueTable.Entry]
    ) throws(CellFault) -> FieldValue {
        for entry in entries where entry.text.elementsEqual(text) { return entry.value }
        let words = entries.map { $0.text[...].text }
        throw CellFault(
            code: .valueUnknown, reason: "not one of \(words.joined(separator: ", "))")
    }

    private func letter(_ text: ArraySlice<UInt8>) throws(CellFault) -> RepaymentHistory.Letter {
        guard let letter = RepaymentHistory.Letter(text: text) else {
            throw CellFault(code: .valueMalformed, reason: "not a repayment letter")
        }
        return letter
    }

    private func history(_ text: ArraySlice<UInt8>) throws(CellFault) -> RepaymentHistory {
        do {
            return try RepaymentHistory(letters: text.text)
        } catch {
            throw CellFault(
                code: .valueMalformed,
                reason: "not 1 to \(RepaymentHistory.monthsMax) repayment letters")
        }
    }

    private func digest(_ text: ArraySlice<UInt8>) throws(CellFault) -> String {
        let digest = text.text
        let opening = "sha-256=:"
        guard digest.hasPrefix(opening), digest.hasSuffix(":"),
            Data(base64Encoded: String(digest.dropFirst(opening.count).dropLast()))?.count == 32
        else {
            throw CellFault(
                code: .valueMalformed, reason: "not sha-256=:<base64 of 32 bytes>:")
        }
        return digest
    }

    private func currency(_ text: ArraySlice<UInt8>) throws(CellFault) -> Currency {
        guard let currency = Currency(bytes: text) else {
            throw CellFault(code: .currency, reason: "not an ISO 4217 currency code")
        }
        return currency
    }
}

// MARK: - Numbers and dates

extension CellParser {
    private static let outOfRange = CellFault(code: .valueOutOfRange, reason: "out of range")

    private func count(
        _ text: ArraySlice<UInt8>, in bounds: ClosedRange<Int>
    ) throws(CellFault) -> Int {
        let isPercent = allowsPercent && text.last == UInt8(ascii: "%")
        let digits = isPercent ? text.dropLast().trimmed : withoutCounter(text)
        let written = try AmountText(digits, allowsScientific: format.allowsScientific)
        guard written.unit == nil, written.mark == nil else {
            throw CellFault(code: .valueMalformed, reason: "not a number")
        }
        let number = written.number
        if number.mantissa < 0 {
            guard format.negative == .zero else { throw Self.negative }
            return 0
        }
        // A hundredth is a hundred basis points.
        guard let whole = number.whole(times: isPercent ? 2 : 0) else {
            throw CellFault(code: .valueMalformed, reason: "not a whole number")
        }
        guard bounds.contains(whole) else { throw Self.outOfRange }
        return whole
    }

    /// The text without the word for what is counted: 30天, 3期.
    private func withoutCounter(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard case .daysPastDue = kind, let last = text.last, last >= 0x80 else { return text }
        let words = format.basis == .days ? ["天", "日"] : ["个月", "期", "月"]
        for word in words where text.suffix(word.utf8.count).elementsEqual(word.utf8) {
            return text.dropLast(word.utf8.count).trimmed
        }
        return text
    }

    private static let negative = CellFault(code: .negative, reason: "negative")

    private func amount(_ text: ArraySlice<UInt8>) throws(CellFault) -> WrittenAmount {
        let written = try AmountText(text, allowsScientific: format.allowsScientific)
        let number = written.number
        if number.mantissa < 0, format.negative == .reject { throw Self.negative }
        return WrittenAmount(
            mantissa: max(0, number.mantissa), exponent: number.exponent,
            unit: written.unit ?? format.unit, mark: written.mark)
    }

    private func month(_ text: ArraySlice<UInt8>) throws(CellFault) -> YearMonth {
        guard let month = format.date.month(text) else { throw notADate(text) }
        try checkYear(month.year)
        return month
    }

    private func date(_ text: ArraySlice<UInt8>) throws(CellFault) -> CalendarDate {
        guard let date = format.date.date(text) else { throw notADate(text) }
        try checkYear(date.year)
        return date
    }

    private func checkYear(_ year: Int) throws(CellFault) {
        let years = BookLimits.loanYears
        guard years.contains(year) else {
            throw CellFault(
                code: .date,
                reason: "the year is not in \(years.lowerBound) to \(years.upperBound): "
                    + "a placeholder, not a date")
        }
    }

    private func notADate(_ text: ArraySlice<UInt8>) -> CellFault {
        if format.date == .auto {
            return WrittenDate(text) == .ambiguous
                ? CellFault(code: .dateOrder, reason: "day and month could be either")
                : CellFault(code: .date, reason: "no date that begins with its year")
        }
        return CellFault(code: .date, reason: "no date written \(format.date.rawValue)")
    }

    /// `yyyy-MM-ddTHH:mm:ssZ`, or a date, which stands for its first second in UTC.
    private func instant(_ text: ArraySlice<UInt8>) throws(CellFault) -> Date {
        if text.count == 20, text[text.startIndex + 10] == UInt8(ascii: "T"),
            let date = DateFormat.isoDate.date(text.prefix(10)),
            let second = Self.secondOfDay(text.suffix(9))
        {
            return Self.date(date, second: second)
        }
        // A time of day in nobody knows which zone is not dropped silently.
        let hasTime = text.contains(UInt8(ascii: ":")) && !text.hasMidnight
        guard !hasTime, let date = format.date.date(text) else {
            throw CellFault(
                code: .date, reason: "no time written yyyy-MM-ddTHH:mm:ssZ, nor a date")
        }
        return Self.date(date, second: 0)
    }

    private static func date(_ date: CalendarDate, second: Int) -> Date {
        Date(timeIntervalSince1970: Double(date.daysSinceEpoch * 86_400 + second))
    }

    /// Reads the nine bytes of `HH:mm:ssZ`.
    private static func secondOfDay(_ text: ArraySlice<UInt8>) -> Int? {
        let start = text.startIndex
        func number(at offset: Int) -> Int? {
            guard let tens = text[start + offset].asciiDigit,
                let ones = text[start + offset + 1].asciiDigit
            else { return nil }
            return tens * 10 + ones
        }
        guard text[start + 2] == UInt8(ascii: ":"), text[start + 5] == UInt8(ascii: ":"),
            text[start + 8] == UInt8(ascii: "Z"), let hour = number(at: 0),
            let minute = number(at: 3), let second = number(at: 6), hour < 24, minute < 60,
            second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

extension ArraySlice<UInt8> {
    /// Whether the time of day behind a date is its beginning.
    fileprivate var hasMidnight: Bool {
        let time = drop { $0 != 0x20 && $0 != UInt8(ascii: "T") }.dropFirst()
        return time.allSatisfy { $0 == UInt8(ascii: "0") || ":.".utf8.contains($0) }
    }
}
