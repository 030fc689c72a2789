import Testing

@testable import Book

@Suite("Date formats of a mapping")
struct DateFormatTests {
    @Test("each format reads its own text and no other's")
    func formats() {
        let texts: [DateFormat: String] = [
            .isoDate: "2025-03-04", .compact: "20250304", .slashes: "2025/03/04",
            .american: "03/04/2025", .yearMonth: "2025-03",
        ]
        for (format, text) in texts {
            for other in texts.keys {
                let month = other.month(Array(text.utf8)[...])
                #expect((month != nil) == (format == other), "\(text) as \(other)")
                if other != .yearMonth {
                    let date = other.date(Array(text.utf8)[...])
                    #expect(date?.description == (format == other ? "2025-03-04" : nil))
                }
            }
        }
        let european = Array("03/04/2025".utf8)[...]
        #expect(DateFormat.european.date(european)?.description == "2025-04-03")
        #expect(DateFormat.european.date(Array("03/13/2025".utf8)[...]) == nil)
        #expect(DateFormat.auto.date(european) == nil)
        #expect(DateFormat.auto.date(Array("2025/3/4".utf8)[...])?.description == "2025-03-04")
        #expect(DateFormat.auto.month(Array("2025-03".utf8)[...])?.description == "2025-03")
        #expect(DateFormat.yearMonth.date(Array("2025-03".utf8)[...]) == nil)
    }
}
