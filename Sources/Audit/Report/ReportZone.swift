import Exchange
import Foundation

/// The zone in whose hours and days a report counts. Entries are dated in UTC; whether somebody asked
/// at night depends on where they sit.
public struct ReportZone: Hashable, Sendable {
    /// Where the zone comes from when nobody names one.
    public static let standardName = "Asia/Shanghai"
    /// Most bytes of a zone's name.
    public static let nameBytesMax = 64

    /// As it was named.
    public let name: String
    private let zone: TimeZone

    /// A zone: `UTC`, `+08:00`, or a name of the zone database such as `Asia/Shanghai`; nil for none.
    public init?(_ name: String) {
        guard name.utf8.count <= Self.nameBytesMax,
            let zone = Self.offset(name).flatMap(TimeZone.init(secondsFromGMT:))
                ?? TimeZone(identifier: name)
        else { return nil }
        self.name = name
        self.zone = zone
    }

    /// Seconds east of UTC at a moment.
    func offset(at moment: Timestamp) -> Int64 {
        let date = Date(timeIntervalSince1970: TimeInterval(moment.secondsSinceEpoch))
        return Int64(zone.secondsFromGMT(for: date))
    }

    /// `±hh:mm` in seconds.
    private static func offset(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let sign = text.first,
            sign == "+" || sign == "-", let hours = Int(text.dropFirst().prefix(2)),
            let minutes = Int(text.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }
}

/// Local hours of moments. Remembers the offset of the quarter of an hour that was asked for last,
/// since asking the zone costs more than reading an entry.
struct LocalHours {
    private static let quarterSeconds: Int64 = 900

    private let zone: ReportZone
    private var quarter: Int64?
    private var offset: Int64 = 0

    init(in zone: ReportZone) { self.zone = zone }

    /// The number of a moment's local hour, counted from 1970-01-01 00:00 local time.
    mutating func hour(of moment: Timestamp) -> LocalHour {
        let quarter = moment.secondsSinceEpoch.floored(by: Self.quarterSeconds)
        if self.quarter != quarter {
            self.quarter = quarter
            offset = zone.offset(at: moment)
        }
        return LocalHour(number: (moment.secondsSinceEpoch + offset).floored(by: 3600))
    }
}

/// One hour by the clock of a zone.
struct LocalHour: Hashable, Comparable {
    /// Counted from 1970-01-01 00:00 by that clock.
    let number: Int64

    /// 0 to 23.
    var ofDay: Int { Int(number - day * 24) }
    /// Its day, counted from 1970-01-01.
    var day: Int64 { number.floored(by: 24) }
    /// Its day, `YYYY-MM-DD`.
    var dayText: String {
        String("\(Timestamp(secondsSinceEpoch: day * Timestamp.secondsPerDay))".prefix(10))
    }
    /// `YYYY-MM-DD hh:00`.
    var text: String { "\(dayText) \(ofDay < 10 ? "0" : "")\(ofDay):00" }

    static func < (left: LocalHour, right: LocalHour) -> Bool { left.number < right.number }
}

extension Int64 {
    /// The quotient, rounded down.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
