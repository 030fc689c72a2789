import Book
import RiskStandard
import Testing

@testable import Exchange

@Suite("Bad events")
struct BadEventTests {
    @Test(
        "are runs of months in arrears; an unknown month ends none, one paid late is the last",
        arguments: [
            ("NNNN", []), ("1", [0..<1]), ("N12N", [1..<3]), ("12N1", [0..<2, 3..<4]),
            ("1#2N", [0..<3]), ("1##N", [0..<1]), ("N#1", [2..<3]), ("12MN", [0..<3]),
            ("M1", [0..<1, 1..<2]), ("1*2", [0..<1, 2..<3]), ("7B", [0..<2]), ("/N3G", [2..<4]),
            ("NNG", []), ("NGN1", [3..<4]),
        ] as [(String, [Range<Int>])])
    func runs(letters: String, runs: [Range<Int>]) throws {
        #expect(try RepaymentHistory(letters: letters).arrearsRuns == runs)
    }

    @Test("end on some day of the month after the last letter, or on the day that is stated")
    func ends() {
        let inferred = Samples.account(letters: "N12N", ending: "2026-10").badEvents
        #expect(
            inferred == [
                BadEvent(
                    letters: 1..<3, overFrom: Samples.date("2026-10-01"),
                    overBy: Samples.date("2026-10-31"), isRepaid: true)
            ])
        let stated = Samples.account(letters: "N12N", ending: "2026-10", cleared: "2026-10-09")
        #expect(stated.badEvents.map(\.overFrom) == [Samples.date("2026-10-09")])
        #expect(stated.badEvents.map(\.overBy) == [Samples.date("2026-10-09")])
    }

    @Test("a stated end from before the last arrears belongs to another event")
    func otherEnd() {
        let events = Samples.account(letters: "N12N", ending: "2026-10", cleared: "2025-03-09")
            .badEvents
        #expect(events.map(\.letters) == [1..<3, 0..<0])
        #expect(events.map(\.overFrom) == [Samples.date("2026-10-01"), Samples.date("2025-03-09")])
    }

    @Test("last while something is unpaid, also over months that are unknown")
    func lasting() {
        for letters in ["N12", "N12#"] {
            let lasting = Samples.account(letters: letters, daysPastDue: 45).badEvents
            #expect(lasting.map(\.overFrom) == [nil])
            #expect(lasting.map(\.isRepaid) == [false])
        }
        #expect(Samples.account(letters: "N12").badEvents[0].overFrom == Samples.date("2026-11-01"))
        #expect(
            Samples.account(letters: "N12N", daysPastDue: 3).badEvents[0].overFrom
                == Samples.date("2026-10-01"), "what is late now is another event")
    }

    @Test(
        "that others paid, or that ended otherwise, were not repaid",
        arguments: [("4D", false), ("4G", false), ("4Z", false), ("4C", true), ("4M", true)])
    func repaid(letters: String, isRepaid: Bool) {
        let account = Samples.account(letters: letters, status: .settled, closed: "2026-10")
        #expect(account.badEvents.map(\.isRepaid) == [isRepaid])
        #expect(account.badEvents.map(\.overFrom) == [Samples.date("2026-10-01")])
    }
}
