import Testing

@testable import Book

@Suite("Date formats of a mapping")
struct DateFormatTests {
    @Test("each format reads its own text and no other's")
    func formats() {
        let texts = ["2025-03-04", "20250304", "2025/03/04", "03/04/2025", "2025-03"]
        for (format, text) in zip(DateFormat.allCases, texts) {
            for other in DateFormat.allCases {
                let month = other.month(Array(text.utf8)[...])
                #expect((month != nil) == (format == other), "\(text) as \(other)")
                if other != .yearMonth {
                    let date = other.date(Array(text.utf8)[...])
                    #expect(date?.description == (format == other ? "2025-03-04" : nil))
                }
            }
        }
        #expect(DateFormat.yearMonth.date(Array("2025-03".utf8)[...]) == nil)
    }
}
