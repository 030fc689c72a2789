import Book
import RiskStandard

/// A moment in whole seconds of UTC, written `YYYY-MM-DDThh:mm:ssZ` (protocol/messages.md).
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let secondsSinceEpoch: Int64

    /// Makes a moment from seconds since 1970-01-01T00:00:00Z.
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// Reads the one form that the protocol writes, 20 bytes; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = Self.twoDigits(bytes[11..<13]), hour < 24,
            let minute = Self.twoDigits(bytes[14..<16]), minute < 60,
            let second = Self.twoDigits(bytes[17..<19]), second < 60
        else { return nil }
        self.init(
            secondsSinceEpoch: Int64(date.daysSinceEpoch) * Self.secondsPerDay
                + Int64(hour * 3600 + minute * 60 + second))
    }

    /// The first second of a day in UTC.
    public init(startOf date: CalendarDate) {
        self.init(secondsSinceEpoch: Int64(date.daysSinceEpoch) * Self.secondsPerDay)
    }

    /// Seconds in a day of UTC.
    public static let secondsPerDay: Int64 = 86_400

    /// Whole days since 1970-01-01, rounded down: the UTC day of the moment.
    public var dayNumber: Int { Int((Double(secondsSinceEpoch) / 86_400).rounded(.down)) }

    /// The moment that many seconds later (earlier when negative).
    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        Timestamp(secondsSinceEpoch: secondsSinceEpoch + seconds)
    }

    /// Seconds from `earlier` to this moment.
    public func seconds(since earlier: Timestamp) -> Int64 {
        secondsSinceEpoch - earlier.secondsSinceEpoch
    }

    /// Earlier before later.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    private static func twoDigits(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension Timestamp: CustomStringConvertible {
    /// `YYYY-MM-DDThh:mm:ssZ`; an empty text outside the years that a date may have.
    public var description: String {
        guard let date else { return "" }
        let secondOfDay = Int(secondsSinceEpoch - Int64(dayNumber) * Self.secondsPerDay)
        let pair = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        return "\(date)T\(pair(secondOfDay / 3600)):\(pair(secondOfDay / 60 % 60)):"
            + "\(pair(secondOfDay % 60))Z"
    }

    /// The UTC day of the moment; nil outside `CalendarDate.years`.
    public var date: CalendarDate? { CalendarDate(daysSinceEpoch: dayNumber) }
}
