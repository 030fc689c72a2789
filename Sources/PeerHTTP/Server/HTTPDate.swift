import Exchange

/// The date of HTTP header fields, IMF-fixdate (RFC 9110 §5.6.7).
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A moment from 1970 on, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ moment: Timestamp) -> String {
        let weekday = weekdays[max(moment.dayNumber, 0) % weekdays.count]
        // `YYYY-MM-DDThh:mm:ssZ`
        let digits = moment.description
        let year = digits.prefix(4)
        let month = months[(Int(digits.dropFirst(5).prefix(2)) ?? 1) - 1]
        let day = digits.dropFirst(8).prefix(2)
        let time = digits.dropFirst(11).prefix(8)
        return "\(weekday), \(day) \(month) \(year) \(time) GMT"
    }
}
