import Foundation
import RiskStandard
import Testing

@testable import Book

@Suite("Shipped mappings and the plain layout")
struct PlainLayoutTests {
    @Test(
        "every shipped mapping is valid and named for its file", arguments: ShippedMapping.allCases)
    func shipped(mapping: ShippedMapping) throws {
        let parsed = try mapping.mapping()
        #expect(parsed.name == mapping.rawValue)
        #expect(parsed.version == 1)
        #expect(!parsed.description.isEmpty)
    }

    @Test("the plain layout carries every term of the account record")
    func plainIsComplete() throws {
        let mapped = try ShippedMapping.plain.mapping().assignments.map(\.field)
        // A letter belongs to files with periods only.
        #expect(Set(mapped) == Set(Field.allCases).subtracting([.letter]))
    }

    private static let cells: [(name: String, text: String)] = [
        ("scheme", "cn-rid"), ("identifier", "999999199012310022"), ("name", "测试甲"),
        ("subjectKind", "person"), ("subjectStatus", "bankrupt"), ("accountNumber", "A-1"),
        ("role", "co-borrower"), ("kind", "revolving-line"), ("product", "consumer-loan"),
        ("retail", "true"), ("status", "open"), ("openedMonth", "2025-03"),
        ("closedMonth", "2026-09"), ("currency", "CNY"), ("overdue", "1200.5"),
        ("balance", "70000"), ("limit", "100000.00"), ("monthlyDue", "0"),
        ("history", "N*N4"), ("historyEnds", "2026-10"), ("badEventEnded", "2026-10-30"),
        ("overduePeak", "9999.99"),
        ("relief", "payment-extension"), ("dispute", "identity-theft"), ("ownClass", "M3"),
        ("noticeHeld", "yes"), ("daysPastDue", "95"), ("technicalCause", "no"),
        ("fundsDiverted", "unknown"),
        ("repaidByNewBorrowing", "yes"), ("qualifyingRenewal", "yes"), ("ratingSlump", ""),
        ("creditImpaired", "true"), ("evadingDebt", "1"), ("liquidation", "0"),
        ("expectedLossBasisPoints", "4999"), ("restructuredOn", "2025-05-02"),
        ("restructuredAgain", "no"), ("firstPaymentOn", "2025-06-01"),
        ("observationRestartedOn", "unknown"), ("difficultyOver", "yes"),
        ("wasNonPerforming", "true"), ("arrearsClearedOn", ""), ("periodsPaid", "7"),
        ("paymentPeriodMonths", "1"), ("ableToPerform", "yes"), ("otherImpairedAsset", "unknown"),
        ("creditEnhancement", "1"), ("nonPerformingOn", "2025-04-01"),
        ("bankruptcyNoticedOn", ""), ("openEnd", "0"), ("unlikelyToPay", ""),
        ("materialDaysPastDue", "3"), ("consentBasis", "consent"),
        ("consentPurposes", "loan-approval;post-loan"),
        ("consentGrantedAt", "2026-01-02T03:04:05Z"), ("consentExpiresAt", "2027-01-02T03:04:05Z"),
        ("consentWithdrawnAt", "2026-05-02"),
        ("consentEvidenceFile", "forms/1.pdf"), ("consentEvidenceDigest", ""),
    ]

    private func record(_ cells: [(name: String, text: String)]) throws -> AccountRecord {
        let csv = [cells.map(\.name), cells.map(\.text)].map { $0.joined(separator: ",") }
        var reader = try BookReader(
            mapping: ShippedMapping.plain.mapping(),
            source: .bytes(Array(csv.joined(separator: "\n").utf8)),
            asOf: CalendarDate("2026-10-31"))
        guard case .record(let record) = try reader.next() else {
            throw NoRecord()
        }
        #expect(try reader.next() == nil)
        return record
    }

    private struct NoRecord: Error {}

    @Test("a full row arrives in full")
    func fullRow() throws {
        var expected = AccountRecord(
            line: 2, scheme: "cn-rid", identifier: "999999199012310022", accountNumber: "A-1",
            role: .coBorrower, kind: .revolvingLine, product: "consumer-loan", retail: true,
            status: .open)
        expected.name = "测试甲"
        expected.subjectKind = .person
        expected.subjectStatus = .bankrupt
        expected.openedMonth = YearMonth("2025-03")
        expected.closedMonth = YearMonth("2026-09")
        expected.overdue = Money(minorUnits: 120_050, currency: "CNY")
        expected.balance = Money(minorUnits: 7_000_000, currency: "CNY")
        expected.limit = Money(minorUnits: 10_000_000, currency: "CNY")
        expected.monthlyDue = Money(minorUnits: 0, currency: "CNY")
        expected.history = try RepaymentHistory(letters: "N*N4")
        expected.historyEnds = YearMonth("2026-10")
        expected.badEventEnded = CalendarDate("2026-10-30")
        expected.overduePeak = Money(minorUnits: 999_999, currency: "CNY")
        expected.relief = "payment-extension"
        expected.dispute = .identityTheft
        expected.ownClass = "M3"
        expected.noticeHeld = true
        expected.original = Array(Self.cells.map(\.text).joined(separator: ",").utf8)
        expected.facts.daysPastDue = .known(95)
        expected.facts.fundsDiverted = .unknown
        expected.facts.repaidByNewBorrowing = .known(true)
        expected.facts.qualifyingRenewal = .known(true)
        expected.facts.creditImpaired = .known(true)
        expected.facts.evadingDebt = .known(true)
        expected.facts.expectedLossBasisPoints = .known(4_999)
        expected.facts.restructuredOn = .known(try #require(CalendarDate("2025-05-02")))
        expected.facts.firstPaymentOn = .known(try #require(CalendarDate("2025-06-01")))
        expected.facts.observationRestartedOn = .unknown
        expected.facts.difficultyOver = .known(true)
        expected.facts.wasNonPerforming = .known(true)
        expected.facts.periodsPaid = .known(7)
        expected.facts.paymentPeriodMonths = .known(1)
        expected.facts.ableToPerform = .known(true)
        expected.facts.otherImpairedAsset = .unknown
        expected.facts.creditEnhancement = .known(true)
        expected.facts.nonPerformingOn = .known(try #require(CalendarDate("2025-04-01")))
        expected.facts.materialDaysPastDue = .known(3)
        expected.consent = ConsentRecord(
            basis: .consent, purposes: ["loan-approval", "post-loan"],
            grantedAt: Date(timeIntervalSince1970: 1_767_323_045),
            expiresAt: Date(timeIntervalSince1970: 1_798_859_045),
            withdrawnAt: Date(timeIntervalSince1970: 1_777_680_000),
            evidenceFile: "forms/1.pdf")
        #expect(try record(Self.cells) == expected)
    }

    @Test("columns may stand in any order, with others between them")
    func anyOrder() throws {
        let shuffled = Self.cells.reversed() + [("remark", "x"), ("remark", "y")]
        var found = try record(Array(shuffled))
        found.original = Array(Self.cells.map(\.text).joined(separator: ",").utf8)
        #expect(try found == record(Self.cells))
    }

    @Test("the needed columns are enough")
    func neededColumns() throws {
        let needed = Set(Field.required.map(\.rawValue) + ["daysPastDue"])
        let record = try record(Self.cells.filter { needed.contains($0.name) })
        #expect(record.consent == nil)
        #expect(record.balance == nil)
        #expect(!record.noticeHeld)
        #expect(record.facts.daysPastDue == .known(95))
    }

    @Test("each needed column is missed by name", arguments: Field.required.map(\.rawValue))
    func missingColumn(name: String) {
        #expect(throws: BookError.missingColumn(name)) {
            try record(Self.cells.filter { $0.name != name })
        }
    }
}
