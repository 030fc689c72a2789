import RiskStandard

/// The ways in which a mapping may say that dates are written. But for `auto`, which reads what
/// can mean one day only (``WrittenDate``), digits have fixed places: no format guesses, and none
/// accepts another's text.
enum DateFormat: String, Sendable, CaseIterable {
    case auto
    case isoDate = "yyyy-MM-dd"
    case compact = "yyyyMMdd"
    case slashes = "yyyy/MM/dd"
    case american = "MM/dd/yyyy"
    case european = "dd/MM/yyyy"
    case yearMonth = "yyyy-MM"

    /// The date written in the bytes, nil when they are not one in this format. A bare month
    /// (`yyyy-MM`) is no date.
    func date(_ text: ArraySlice<UInt8>) -> CalendarDate? {
        if self == .auto {
            return Self.certainDate(text) ?? WrittenDate(text)?.date
        }
        guard let dayPlace, hasShape(text) else { return nil }
        let place = places
        guard let year = number(text, at: place.year, digits: 4),
            let month = number(text, at: place.month, digits: 2),
            let day = number(text, at: dayPlace, digits: 2)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// The month written in the bytes: of a whole date in this format, or a bare month.
    func month(_ text: ArraySlice<UInt8>) -> YearMonth? {
        if self == .auto {
            return Self.yearMonth.month(text) ?? Self.certainDate(text)?.yearMonth
                ?? WrittenDate(text)?.yearMonth
        }
        guard self == .yearMonth else { return date(text)?.yearMonth }
        guard hasShape(text), let year = number(text, at: 0, digits: 4),
            let month = number(text, at: 5, digits: 2)
        else { return nil }
        return YearMonth(year: year, month: month)
    }

    /// The usual forms that mean one day only, which are read fastest by their places.
    private static func certainDate(_ text: ArraySlice<UInt8>) -> CalendarDate? {
        isoDate.date(text) ?? slashes.date(text) ?? compact.date(text)
    }

    private var places: (year: Int, month: Int) {
        switch self {
        case .auto, .isoDate, .slashes, .yearMonth: (0, 5)
        case .compact: (0, 4)
        case .american: (6, 0)
        case .european: (6, 3)
        }
    }

    private var dayPlace: Int? {
        switch self {
        case .isoDate, .slashes: 8
        case .compact: 6
        case .american: 3
        case .european: 0
        case .auto, .yearMonth: nil
        }
    }

    private var separators: (byte: UInt8, first: Int, second: Int?)? {
        switch self {
        case .isoDate: (UInt8(ascii: "-"), 4, 7)
        case .slashes: (UInt8(ascii: "/"), 4, 7)
        case .american, .european: (UInt8(ascii: "/"), 2, 5)
        case .yearMonth: (UInt8(ascii: "-"), 4, nil)
        case .auto, .compact: nil
        }
    }

    private var length: Int {
        switch self {
        case .auto, .isoDate, .slashes, .american, .european: 10
        case .compact: 8
        case .yearMonth: 7
        }
    }

    private func hasShape(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == length else { return false }
        guard let separators else { return true }
        let start = text.startIndex
        guard text[start + separators.first] == separators.byte else { return false }
        return separators.second.map { text[start + $0] == separators.byte } ?? true
    }

    private func number(_ text: ArraySlice<UInt8>, at offset: Int, digits: Int) -> Int? {
        var value = 0
        for index in text.startIndex + offset..<text.startIndex + offset + digits {
            guard let digit = text[index].asciiDigit else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}
