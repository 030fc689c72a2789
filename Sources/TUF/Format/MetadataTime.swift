/// A moment in whole seconds of UTC, as metadata writes it: `2026-11-28T01:00:00Z` (TUF 1.0 §4.2.1).
public struct MetadataTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let seconds: Int

    /// A moment by its seconds since 1970.
    public init(seconds: Int) { self.seconds = seconds }

    /// A moment from its one spelling; nil for any other text and for days that are not there.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20,
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
            let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(seconds: days * 86_400 + hour * 3_600 + minute * 60 + second)
        // Refuses 30 February, 24:00 and everything else that another spelling stands for.
        guard description == text else { return nil }
    }

    /// The moment this many seconds later.
    public func advanced(bySeconds seconds: Int) -> MetadataTime {
        MetadataTime(seconds: self.seconds + seconds)
    }

    /// Orders by time.
    public static func < (left: MetadataTime, right: MetadataTime) -> Bool {
        left.seconds < right.seconds
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0) { sum, digit in
            guard let sum, (0x30...0x39).contains(digit) else { return nil }
            return sum * 10 + Int(digit - 0x30)
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, by counting from 1 March of year 0.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let leaps = shifted.0 / 4 - shifted.0 / 100 + shifted.0 / 400
        return shifted.0 * 365 + leaps + (153 * shifted.1 + 2) / 5 + day - 1 - 719_468
    }
}

extension MetadataTime: CustomStringConvertible {
    /// The one spelling.
    public var description: String {
        let days = (seconds - ((seconds % 86_400) + 86_400) % 86_400) / 86_400
        let rest = seconds - days * 86_400
        let (year, month, day) = Self.date(days: days)
        return Self.padded(year, to: 4) + "-" + Self.padded(month) + "-" + Self.padded(day) + "T"
            + Self.padded(rest / 3_600) + ":" + Self.padded(rest / 60 % 60) + ":"
            + Self.padded(rest % 60) + "Z"
    }

    private static func date(days: Int) -> (Int, Int, Int) {
        // 146,097 days are 400 years; years begin in March, so that a leap day is the last of one.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
