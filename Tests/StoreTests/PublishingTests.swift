import Book
import Exchange
import GRDB
import Membership
import Pseudonym
import RiskStandard
import TestSupport
import Testing

@testable import Store

@Suite("What publishing changes")
struct PublishingTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func entry(
        _ number: Int, status: AccountStatus = .settled, closed: String? = "2020-01",
        subject: Int? = nil, consent: HeldConsent? = nil
    ) -> HeldEntry {
        var account = Samples.account(number)
        account.status = status
        account.closedMonth = closed.flatMap { YearMonth($0) }
        return HeldEntry(
            subject: Samples.subject(subject ?? number), subjectStatus: nil, account: account,
            consent: consent)
    }

    private func forget(
        by month: String = "2024-01", after id: Int64 = 0, limit: Int = 100,
        where hasEnded: @escaping @Sendable (HeldAccount, SubjectKind) -> Bool = { _, _ in true }
    ) async throws -> ReviewedPage {
        try await store.forgetAccounts(
            closedBy: try #require(YearMonth(month)), after: id, limit: limit, where: hasEnded)
    }

    private func tokens() async throws -> Int {
        try await store.tokens(kid: Samples.kid, after: 0).count
    }

    @Test(
        "looks at closed accounts of that time or of an unknown one, and deletes those that ended")
    func forgetting() async throws {
        defer { try? store.close() }
        try store.importBook([
            entry(1, status: .open, closed: nil), entry(2, status: .writtenOffStillClaimed),
            entry(3, closed: "2024-02"), entry(4, closed: "2024-01"), entry(5, closed: nil),
            entry(6, status: .transferredOut), entry(7, status: .ended),
        ])
        let page = try await forget { account, kind in
            kind == .person && account.reference != Samples.reference(7)
        }
        #expect(page.changed == 3)
        var left: [Int] = []
        for number in 1...7 where try await !store.record(number).isEmpty { left.append(number) }
        #expect(left == [1, 2, 3, 7])
        #expect(try await tokens() == 4)
        #expect(try await store.tokenPosition().removals == 3)
        let last = try #require(page.last)
        #expect(try await forget(after: last) == ReviewedPage(last: nil, changed: 0))
    }

    @Test("goes on page by page")
    func pages() async throws {
        defer { try? store.close() }
        try store.importBook((0..<7).map { entry($0) })
        var after: Int64? = 0
        var changed: [Int] = []
        while let id = after {
            let page = try await forget(after: id, limit: 3)
            changed.append(page.changed)
            after = page.last
        }
        #expect(changed == [3, 3, 1, 0])
        #expect(try await tokens() == 0)
    }

    @Test("nothing of a subject stays that holds nothing any more, but a withdrawal")
    func loose() async throws {
        let withdrawn = Samples.consent(withdrawn: "2026-05-01T00:00:00Z")
        try store.importBook([
            entry(1, consent: Samples.consent()), entry(2, consent: withdrawn),
            entry(3, consent: Samples.consent()), entry(4, status: .open, subject: 3),
        ])
        #expect(try await forget().changed == 3)
        #expect(try await store.record(3).first?.accounts.count == 1)
        #expect(try await store.record(3).first?.consents.count == 1)
        try store.close()
        let counts = try temporary.withDatabase { db in
            try ["subject", "consent", "token"].map { table in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
            }
        }
        #expect(counts == [2, 2, 2])
    }

    @Test("inquiries go by their moment, and the subject with the last one")
    func inquiries() async throws {
        defer { try? store.close() }
        for (number, seconds) in [(1, 0), (1, -10), (2, -10)] as [(Int, Int64)] {
            _ = try await store.recordInquiry(
                Samples.inquiry(number, at: Samples.now.advanced(bySeconds: seconds)))
        }
        #expect(try await store.forgetInquiries(before: Samples.now) == 2)
        #expect(try await store.forgetInquiries(before: Samples.now) == 0)
        #expect(try await store.record(1).first?.inquiries.days30 == 1)
        #expect(try await store.record(2).isEmpty)
        #expect(try await tokens() == 1)
    }

    @Test("who left is in no filter, is still held, and comes back as new")
    func departure() async throws {
        defer { try? store.close() }
        let withdrawn = Samples.consent(withdrawn: "2026-05-01T00:00:00Z")
        try store.importBook([entry(1, consent: withdrawn), entry(2, consent: Samples.consent())])
        let review = { (isDisplayed: Bool) in
            try await store.reviewSubjects(
                after: 0, limit: 10, scope: .fullFile, at: Samples.now
            ) { _ in isDisplayed }
        }
        #expect(try await review(false).changed == 1, "the other has withdrawn nothing")
        #expect(try await tokens() == 1)
        #expect(try await store.record(1).count == 1)
        let position = try await store.tokenPosition()
        #expect(position.removals == 1)
        #expect(try await review(false).changed == 0)
        #expect(try await store.tokenPosition() == position)
        #expect(try await review(true).changed == 1)
        #expect(
            try await store.tokens(kid: Samples.kid, after: position.additions)
                == TokenHashes([Samples.token(1)]))
    }

    @Test("counts who is published and why others are not, and keeps what was stated")
    func published() async throws {
        defer { try? store.close() }
        try store.importBook([
            entry(1, status: .open, closed: nil, consent: Samples.consent()), entry(2),
        ])
        let subjects = try await store.publishedSubjects(
            of: Samples.harbor, at: Samples.now, survives: { _, _ in false },
            isHeldBack: { _ in false })
        #expect(subjects == PublishedSubjects(count: 2, withheld: [.consentPurpose: 1]))
        let nobody = try await store.publishedSubjects(
            of: Samples.lakeside, at: Samples.now, survives: { _, _ in false },
            isHeldBack: { _ in true })
        #expect(nobody == PublishedSubjects(count: 0, withheld: [:]))
        #expect(try await store.bookDays() == [Samples.harbor: Samples.date("2026-10-31")])
    }

    @Test("a statement is found by its member, and reads as it was kept")
    func statements() async throws {
        defer { try? store.close() }
        let publication = Samples.publication()
        try await store.recordPublication(publication)
        let all = try await store.statements(of: nil, limit: 5)
        #expect(all.map(\.bytes) == [publication.statementBytes])
        #expect(all.map(\.digest) == [publication.digest])
        #expect(all.map(\.asOf) == [publication.asOf])
        #expect(try await store.statements(of: publication.member, limit: 5) == all)
        #expect(try await store.statements(of: Samples.harbor, limit: 5).isEmpty)
    }
}
