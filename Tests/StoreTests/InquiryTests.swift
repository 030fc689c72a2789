import Exchange
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Inquiries")
struct InquiryTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("stand by themselves, without an account")
    func alone() async throws {
        #expect(try await store.recordInquiry(Samples.inquiry(1)))
        let record = try #require(try await store.record(1).first)
        #expect(record.accounts.isEmpty)
        #expect(record.inquiries == InquiryCounts(days30: 1, days90: 1, days365: 1))
        #expect(record.inquiryConsents == [Samples.consent()])
        #expect(record.nameChecks == [Samples.nameCheck(1)])
    }

    @Test(
        "within 30 days of one case count once, the last second included",
        arguments: [Int64(0), 2_592_000, -2_592_000])
    func repeated(seconds: Int64) async throws {
        #expect(try await store.recordInquiry(Samples.inquiry(1, caseNumber: 4)))
        let second = Samples.now.advanced(bySeconds: seconds)
        let inquiry = Samples.inquiry(1, at: second, caseNumber: 4)
        #expect(try await store.recordInquiry(inquiry) == false)
        #expect(try await store.record(1).first?.inquiries.days365 == 1)
    }

    @Test(
        "of one case count again when 30 days have passed",
        arguments: [Int64(2_592_001), -2_592_001])
    func notRepeated(seconds: Int64) async throws {
        #expect(try await store.recordInquiry(Samples.inquiry(1, caseNumber: 4)))
        let second = Samples.now.advanced(bySeconds: seconds)
        #expect(try await store.recordInquiry(Samples.inquiry(1, at: second, caseNumber: 4)))
        #expect(try await store.record(1).first?.inquiries.days365 == 2)
    }

    @Test("what stands behind a consent is found by member and reference, and by nothing else")
    func consentEvidence() async throws {
        let kept = ConsentEvidence(
            member: Samples.harbor, reference: Array(repeating: 1, count: 16),
            digest: Array(repeating: 2, count: 32), salt: Array(repeating: 3, count: 32),
            at: Samples.now)
        try await store.recordConsentEvidence(kept)
        let found = try #require(
            try await store.consentEvidence(of: kept.member, reference: kept.reference))
        #expect(found.digest == kept.digest)
        #expect(found.salt == kept.salt)
        #expect(found.at == kept.at)
        let other = Array(repeating: UInt8(9), count: 16)
        #expect(try await store.consentEvidence(of: kept.member, reference: other) == nil)
        #expect(
            try await store.consentEvidence(of: Samples.lakeside, reference: kept.reference) == nil)
    }

    @Test("run their 30 days from the one that counted, not from its last repeat")
    func notChained() async throws {
        var counted: [Bool] = []
        for day in [0, 20, 40, 60] {
            let moment = Samples.now.advanced(bySeconds: Int64(day) * Timestamp.secondsPerDay)
            counted.append(
                try await store.recordInquiry(Samples.inquiry(1, at: moment, caseNumber: 4)))
        }
        #expect(counted == [true, false, true, false])
    }

    @Test("of other cases, other subjects or no case always count")
    func apart() async throws {
        for inquiry in [
            Samples.inquiry(1, caseNumber: 4), Samples.inquiry(1, caseNumber: 5),
            Samples.inquiry(2, caseNumber: 4), Samples.inquiry(1), Samples.inquiry(1),
        ] {
            #expect(try await store.recordInquiry(inquiry))
        }
        #expect(try await store.record(1).first?.inquiries.days30 == 4)
    }

    @Test("are counted over 30, 90 and 365 days, the first second included")
    func windows() async throws {
        for days in [30, 90, 365] {
            let first = Samples.now.advanced(bySeconds: -Int64(days) * Timestamp.secondsPerDay)
            for moment in [first, first.advanced(bySeconds: -1)] {
                _ = try await store.recordInquiry(Samples.inquiry(1, at: moment))
            }
        }
        #expect(
            try await store.record(1).first?.inquiries
                == InquiryCounts(days30: 1, days90: 3, days365: 5))
    }

    @Test("keep the consent of a repeat, which may last longer")
    func consentOfRepeat() async throws {
        let longer = Samples.consent(
            granted: "2026-11-20T00:00:00Z", expires: "2027-11-20T00:00:00Z")
        _ = try await store.recordInquiry(Samples.inquiry(1, caseNumber: 4))
        let repeated = Samples.inquiry(1, caseNumber: 4, consent: longer)
        #expect(try await store.recordInquiry(repeated) == false)
        let consents = try #require(try await store.record(1).first?.inquiryConsents)
        #expect(consents.count == 2)
        #expect(consents.contains(longer))
    }

    @Test("survive imports of the member's book, consent included")
    func survive() async throws {
        _ = try await store.recordInquiry(Samples.inquiry(1))
        try store.importBook([Samples.entry(1)])
        try store.importBook([Samples.entry(2)])
        let record = try #require(try await store.record(1).first)
        #expect(record.accounts.isEmpty)
        #expect(record.inquiries.days30 == 1)
        #expect(record.inquiryConsents == [Samples.consent()])
    }

    @Test("never open a record to the name that the asker typed")
    func wrongName() async throws {
        try store.importBook([Samples.entry(1, name: 50)])
        _ = try await store.recordInquiry(Samples.inquiry(1))
        #expect(try await store.record(1).first?.nameChecks == [Samples.nameCheck(50)])
    }

    @Test("keep the evidence behind a consent once")
    func evidence() async throws {
        let evidence = ConsentEvidence(
            member: Samples.harbor, reference: Samples.bytes(1, count: 16),
            digest: Samples.bytes(2, count: 32), salt: Samples.bytes(3, count: 32),
            at: Samples.now)
        try await store.recordConsentEvidence(evidence)
        await #expect(throws: StoreError.self) {
            try await store.recordConsentEvidence(evidence)
        }
        try store.close()
        let kept = try temporary.withDatabase { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM consentEvidence WHERE salt IS NOT NULL")
        }
        #expect(kept == 1)
    }
}
