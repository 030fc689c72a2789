import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "reads the moment that it writes",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
            ("1900-01-01T00:00:00Z", -2_208_988_800), ("2000-02-29T12:00:00Z", 951_825_600),
            ("2024-02-29T23:59:59Z", 1_709_251_199), ("2026-11-25T12:00:00Z", 1_795_608_000),
            ("2100-03-01T00:00:00Z", 4_107_542_400), ("2999-12-31T23:59:59Z", 32_503_679_999),
        ] as [(String, Int64)])
    func known(text: String, seconds: Int64) {
        #expect(Timestamp(text)?.secondsSinceEpoch == seconds)
        #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
    }

    @Test(
        "refuses every other form",
        arguments: [
            "", "2026-11-25", "2026-11-25 12:00:00Z", "2026-11-25t12:00:00z", "2026-11-25T12:00Z",
            "2026-11-25T12:00:00", "2026-11-25T12:00:00+00:00", "2026-11-25T12:00:00.0Z",
            "2026-11-25T24:00:00Z", "2026-11-25T23:60:00Z", "2026-12-31T23:59:60Z",
            "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
            "1899-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "+026-11-25T12:00:00Z",
            "2026-11-25T1２:00:00Z", "2026-11-25T-1:00:00Z", " 2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00Z ", "20261125T120000Z", "2026-11-25T12:0 :00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("random moments read back, and agree with Foundation's calendar")
    func random() throws {
        var generator = SeededGenerator(seed: 11)
        let years = try (
            #require(Timestamp("1900-01-01T00:00:00Z")), #require(Timestamp("2999-12-31T23:59:59Z"))
        )
        let formatter = ISO8601DateFormatter()
        for _ in 0..<2_000 {
            let moment = Timestamp(
                secondsSinceEpoch: .random(
                    in: years.0.secondsSinceEpoch...years.1.secondsSinceEpoch, using: &generator))
            #expect(Timestamp(moment.description) == moment)
            let date = Date(timeIntervalSince1970: Double(moment.secondsSinceEpoch))
            #expect(moment.description == formatter.string(from: date))
        }
    }

    @Test("a moment belongs to the UTC day that contains it")
    func days() {
        #expect(Timestamp(secondsSinceEpoch: 0).dayNumber == 0)
        #expect(Timestamp(secondsSinceEpoch: 86_399).dayNumber == 0)
        #expect(Timestamp(secondsSinceEpoch: 86_400).dayNumber == 1)
        #expect(Timestamp(secondsSinceEpoch: -1).dayNumber == -1)
        #expect(
            Timestamp(startOf: Samples.date("2026-11-25")) == Samples.time("2026-11-25T00:00:00Z"))
        #expect(Samples.now.date == Samples.date("2026-11-25"))
    }

    @Test(
        "a moment beyond the calendar has no text",
        arguments: [.min, -2_208_988_801, 32_503_680_000, .max] as [Int64])
    func beyond(seconds: Int64) {
        #expect(Timestamp(secondsSinceEpoch: seconds).description.isEmpty)
    }

    @Test("order and distance are those of the seconds")
    func order() {
        let later = Samples.now.advanced(bySeconds: 90)
        #expect(Samples.now < later)
        #expect(later.seconds(since: Samples.now) == 90)
        #expect(Samples.now.seconds(since: later) == -90)
    }
}
