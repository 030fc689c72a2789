/// The digits of `yyyy-MM` and `yyyy-MM-dd`, each in its fixed place.
struct ISODateText {
    let year: Int
    let month: Int
    /// The day; nil when the text has no day.
    let day: Int?

    /// Reads exactly one of the two shapes, nil for anything else. Whether there is such a day is
    /// the calendar's to say.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7 || bytes.count == 10, bytes[4] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7])
        else { return nil }
        self.year = year
        self.month = month
        guard bytes.count == 10 else {
            day = nil
            return
        }
        guard bytes[7] == UInt8(ascii: "-"), let day = Self.number(bytes[8..<10]) else {
            return nil
        }
        self.day = day
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }
}
