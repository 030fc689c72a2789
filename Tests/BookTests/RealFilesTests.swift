import Foundation
import RiskStandard
import Testing

@testable import Book

/// The public data that lies beside the checkout, see its README.
enum RealFiles {
    static let folder: URL = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/datasets")

    static let arePresent = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("README.md").path)

    static let skipped: Comment = "needs the real files in ../shared/datasets"

    /// What a file holds.
    typealias Contents = (
        records: [AccountRecord], rejects: [RejectedRow], counts: BookCounts
    )

    /// The files, each read once for all tests.
    private static let contents: [ShippedMapping: Result<Contents, any Error>] = [
        .taiwanCards: Result { try read(.taiwanCards, "taiwan-cards/UCI_Credit_Card.csv") },
        .autoLoans: Result { try read(.autoLoans, "auto-loans/auto_raw.csv") },
        .businessLoans: Result { try read(.businessLoans, "business-loans/sba_7a.csv") },
    ]

    /// The file of a shipped mapping, read through it.
    static func contents(_ mapping: ShippedMapping) throws -> Contents {
        try #require(contents[mapping]).get()
    }

    private static func read(_ mapping: ShippedMapping, _ path: String) throws -> Contents {
        let handle = try FileHandle(forReadingFrom: folder.appendingPathComponent(path))
        var reader = try BookReader(mapping: mapping.mapping(), source: .file(handle))
        var records: [AccountRecord] = []
        var rejects: [RejectedRow] = []
        while let row = try reader.next() {
            switch row {
            case .record(let record): records.append(record)
            case .rejected(let reject): rejects.append(reject)
            }
        }
        return (records, rejects, reader.counts)
    }

    /// How many records fall into each class of `cn-2023@1`.
    static func classes(of records: [AccountRecord]) throws -> [RiskClass: Int] {
        let id = try #require(StandardID("cn-2023@1"))
        let standard = try #require(StandardLibrary.embedded.standard(id))
        // None of the three files has facts that the day could change.
        let asOf = try #require(CalendarDate("2017-04-30"))
        var counts: [RiskClass: Int] = [:]
        for record in records {
            let segment: Segment = record.retail ? .retail : .nonRetail
            counts[
                try standard.classify(
                    record.facts, segment: segment, asOf: asOf, opened: record.openedMonth
                ).riskClass, default: 0] += 1
        }
        return counts
    }
}

@Suite("Real files", .enabled(if: RealFiles.arePresent, RealFiles.skipped))
struct RealFilesTests {
    @Test("30,000 cards of Taiwan")
    func cards() throws {
        let (records, rejects, counts) = try RealFiles.contents(.taiwanCards)
        #expect(rejects.isEmpty)
        #expect(counts == BookCounts(rows: 30_000, records: 30_000))
        let histories = records.compactMap(\.history?.letters)
        #expect(histories.count == 30_000)
        #expect(histories.count { $0.contains { "12345678".contains($0) } } == 10_069)
        #expect(histories.count { $0.contains { "345678".contains($0) } } == 1_193)
        #expect(histories.allSatisfy { $0.count == 6 })
        #expect(records.allSatisfy { $0.historyEnds == YearMonth("2005-09") })
        #expect(records.allSatisfy { $0.limit?.currency == "TWD" })
        #expect(records.allSatisfy { ($0.balance?.minorUnits ?? -1) >= 0 })
        #expect(records.allSatisfy { $0.consent == nil && $0.openedMonth == nil })

        // September: 3 months late is day 90, still within art. 10; 4 to 8 months are days 120 to
        // 240 (art. 11). X6: 23,182 not late, 3,688 + 2,667 + 322 up to three months, 141 more.
        #expect(
            try RealFiles.classes(of: records) == [
                .normal: 23_182, .specialMention: 6_677, .substandard: 141,
            ])
    }

    @Test("cards worked by hand: rows 1, 2 and 10 of the file")
    func cardsByHand() throws {
        let records = try RealFiles.contents(.taiwanCards).records
        // 1: limit 20,000; X6…X11 = 2, 2, -1, -1, -2, -2; bill 3,913.
        #expect(records[0].history?.letters == "**NN22")
        #expect(records[0].facts.daysPastDue == .known(60))
        #expect(records[0].balance == Money(minorUnits: 391_300, currency: "TWD"))
        #expect(records[0].limit == Money(minorUnits: 2_000_000, currency: "TWD"))
        // 2: X6…X11 = -1, 2, 0, 0, 0, 2; bill 2,682.
        #expect(records[1].history?.letters == "2NNN2N")
        #expect(records[1].facts.daysPastDue == .known(0))
        // 10: X6…X11 = -2, -2, -2, -2, -1, -1.
        #expect(records[9].identifier == "10")
        #expect(records[9].history?.letters == "NN****")
    }

    @Test("the mapping of cards reads nothing about sex, education, marriage, age or the future")
    func cardsLeftOut() throws {
        let mapping = try ShippedMapping.taiwanCards.mapping()
        let cells = mapping.assignments.flatMap { assignment -> [String] in
            if case .cell(let rule) = assignment.source { rule.columns } else { [] }
        }
        let read = Set(cells + (mapping.history?.columns ?? []))
        #expect(read.isDisjoint(with: ["X2", "X3", "X4", "X5", "Y"]))
        #expect(read == ["ID", "X1", "X6", "X7", "X8", "X9", "X10", "X11", "X12"])
    }

    @Test("652 car loans from 1,948 loan-months")
    func cars() throws {
        let (records, rejects, counts) = try RealFiles.contents(.autoLoans)
        #expect(rejects.isEmpty)
        #expect(counts == BookCounts(rows: 2_165, superseded: 217, records: 652))
        #expect(counts.rows - counts.superseded == 1_948)
        #expect(Set(records.map(\.accountNumber)).count == 652)
        #expect(records.count { $0.status == .writtenOffStillClaimed } == 336)
        #expect(records.count { $0.status == .settled } == 315)
        #expect(records.count { $0.status == .open } == 1)
        #expect(try RealFiles.classes(of: records) == [.normal: 316, .loss: 336])
        // Two loans were not filed for February: a letter each, unknown.
        let letters = records.compactMap(\.history?.letters).joined()
        #expect(letters.count == 1_948 + 2)
        #expect(letters.count { $0 == "#" } == 2)
    }

    @Test("three car loans worked by hand")
    func carsByHand() throws {
        let records = try RealFiles.contents(.autoLoans).records
        func record(_ number: String) throws -> AccountRecord {
            try #require(records.first { $0.accountNumber == number })
        }
        // Jan and Feb nothing late, Mar nothing late, Apr days 0 but code 4, charged off 2,359.91:
        // loss by impairment, though no day past due was ever reported.
        let sudden = try record("Ally Auto Receivables Trust 2017-1/17212466")
        #expect(sudden.history?.letters == "NNNB")
        #expect(sudden.balance == Money(minorUnits: 235_991, currency: "USD"))
        #expect(sudden.openedMonth == YearMonth("2014-07"))
        #expect(sudden.closedMonth == YearMonth("2017-04"))
        #expect(sudden.facts.daysPastDue == .unknown)
        // Feb code 4 with 16,612.83; in Mar the code is blank again, days 0, amount 0: still loss.
        let blanked = try record("Ford Credit Auto Owner Trust 2017-A/65739025747")
        #expect(blanked.history?.letters == "NBB")
        #expect(blanked.status == .writtenOffStillClaimed)
        #expect(blanked.balance == Money(minorUnits: 1_661_283, currency: "USD"))
        #expect(blanked.closedMonth == YearMonth("2017-02"))
        // Jan 13, Feb 43 days, Mar code 4 with 3,507.84, Apr code 3 (repurchased), 103 days.
        let repurchased = try record("Santander Drive Auto Receivables Trust 2017-1/218024")
        #expect(repurchased.history?.letters == "12BB")
        #expect(repurchased.status == .writtenOffStillClaimed)
        #expect(repurchased.overdue == Money(minorUnits: 350_784, currency: "USD"))
        #expect(try RealFiles.classes(of: [sudden, blanked, repurchased]) == [.loss: 3])
    }

    @Test("51,610 business loans: 51,489 read, 121 rejected")
    func businesses() throws {
        let (records, rejects, counts) = try RealFiles.contents(.businessLoans)
        #expect(counts == BookCounts(rows: 51_610, records: 51_489, rejected: 121))
        #expect(rejects.count { $0.column == "status" && $0.code == "value-missing" } == 119)
        // Charged off in a month before the loan was paid out.
        #expect(rejects.count { $0.column == "charge_off_date" && $0.code == "contradiction" } == 2)
        #expect(records.count { $0.status == .settled } == 32_234)
        #expect(records.count { $0.status == .writtenOffStillClaimed } == 19_255)
        #expect(try RealFiles.classes(of: records) == [.normal: 32_234, .loss: 19_255])
        // An amount of 0 beside a charge-off was not filled in (83 loans).
        #expect(records.count { $0.status == .writtenOffStillClaimed && $0.overdue == nil } == 83)
        #expect(records.allSatisfy { $0.subjectKind == .enterprise && $0.retail })
    }

    @Test(
        "every identifier fits the pattern of its charter scheme",
        arguments: [
            (ShippedMapping.taiwanCards, "demo-card", "[0-9]{1,5}"),
            (.autoLoans, "demo-auto", "[A-Z][A-Za-z0-9 -]{8,63}/[A-Za-z0-9+/=]{6,24}"),
            (.businessLoans, "demo-biz", "B[0-9a-f]{16}"),
        ])
    func patterns(mapping: ShippedMapping, scheme: String, pattern: String) throws {
        let regex = try Regex(pattern)
        let records = try RealFiles.contents(mapping).records
        #expect(!records.isEmpty)
        #expect(records.allSatisfy { $0.scheme == scheme })
        #expect(records.allSatisfy { $0.identifier.wholeMatch(of: regex) != nil })
    }
}
