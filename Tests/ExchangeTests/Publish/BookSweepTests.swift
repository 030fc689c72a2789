import Book
import Membership
import Pseudonym
import RiskStandard
import Testing

@testable import Exchange

@Suite("What leaves the store and the filters")
struct BookSweepTests {
    private static let day: Duration = .seconds(86_400)

    private static func scene(
        _ change: (inout Charter) -> Void = { _ in }
    ) throws -> AnswerScene {
        var directory = TestDirectory()
        change(&directory.charter)
        return try AnswerScene(directory)
    }

    private static func paid(_ number: Int = 1, cleared: String) -> HeldAccount {
        var account = Samples.account(
            letters: nil, status: .settled, closed: String(cleared.prefix(7)), cleared: cleared)
        account.reference = Samples.reference(number)
        return account
    }

    private static func settled(_ number: Int = 1) -> HeldAccount {
        Self.paid(number, cleared: "2026-10-05")
    }

    private static let withdrawn = [Samples.heldConsent(withdrawn: Samples.now)]

    private static func inquiry(
        _ resident: Samples.Resident, at moment: Timestamp = Samples.now, in scene: AnswerScene
    ) -> Inquiry {
        Inquiry(
            member: Samples.member("lakeside"),
            subject: scene.node.subject(resident, name: Samples.name(resident.name)),
            purpose: "loan-approval", at: moment, caseDigest: nil,
            consent: Samples.heldConsent(granted: Samples.time("2026-02-01T00:00:00Z")))
    }

    @Test("an account whose time is over is deleted, on the day after, and its subject with it")
    func forgotten() async throws {
        let scene = try Self.scene()
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Self.paid(cleared: "2021-11-25")])
        try scene.node.hold(.li, by: "lakeside", accounts: [Samples.heldAccount(2)])
        #expect(try await scene.tokens() == 2)
        scene.clock.advance(by: Self.day)
        #expect(try await scene.tokens() == 1)
        #expect(try await scene.node.records(.zhang).isEmpty)
        #expect(try await scene.node.records(.li).count == 1)
        #expect(try await scene.manifest().members[0].subjects == 1)
    }

    @Test("publishing deletes at once, account by account")
    func publishing() async throws {
        let scene = try Self.scene()
        #expect(try await scene.tokens() == 0)
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: [Self.paid(1, cleared: "2021-11-24"), Samples.heldAccount(2)])
        #expect(try await scene.tokens() == 1, "not deleted yet, but not displayed either")
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.count == 1)
        try await scene.publisher.refresh(rebuild: true)
        let record = try #require(await scene.node.records(.zhang)["lakeside"])
        #expect(record.accounts.map(\.reference) == [Samples.reference(2)])
    }

    @Test("more accounts than one write looks at are all looked at")
    func pages() async throws {
        let scene = try Self.scene()
        let count = 2 * BookSweep.pageSize + 5
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: (0..<count).map { Self.paid($0, cleared: "2021-11-24") }
                + [Self.settled(count)])
        try await scene.publisher.refresh(rebuild: true)
        let record = try #require(await scene.node.records(.zhang)["lakeside"])
        #expect(record.accounts.map(\.reference) == [Samples.reference(count)])
    }

    @Test("inquiries end with the charter's months, by the calendar")
    func inquiries() async throws {
        let scene = try Self.scene { $0.retention.inquiryMonths = 12 }
        #expect(
            try await scene.node.store.recordInquiry(Self.inquiry(.zhang, in: scene)))
        scene.clock.advance(by: Self.day * 365)
        #expect(try await scene.tokens() == 1)
        scene.clock.advance(by: Self.day)
        #expect(try await scene.tokens() == 0)
    }

    @Test(
        "who withdrew consent to a settled account leaves the filters, and comes back with a new one"
    )
    func departure() async throws {
        let scene = try Self.scene()
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Self.settled()])
        try scene.node.hold(.li, by: "lakeside", accounts: [Samples.heldAccount(2)])
        #expect(try await scene.tokens() == 2)
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.settled()], consents: Self.withdrawn)
        try scene.node.hold(
            .li, by: "lakeside", accounts: [Samples.heldAccount(2)], consents: Self.withdrawn)
        try await scene.publisher.refresh(rebuild: true)
        #expect(try await scene.tokens() == 1)
        let member = try await scene.manifest().members[0]
        #expect(member.subjects == 1)
        #expect(member.undisclosed == 1, "an unpaid account stays, refused")
        #expect(try await scene.node.records(.zhang).count == 1, "the lender still sees its own")
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.settled()],
            consents: Self.withdrawn + [Samples.heldConsent(granted: Samples.now)])
        scene.clock.advance(by: .seconds(FilterPublisher.reviewSeconds))
        #expect(try await scene.tokens() == 2)
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
    }

    @Test("a withdrawal that is dated ahead acts when its moment has come")
    func later() async throws {
        let scene = try Self.scene()
        let consent = Samples.heldConsent(withdrawn: Samples.now.advanced(bySeconds: 100))
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.settled()], consents: [consent])
        #expect(try await scene.tokens() == 1)
        scene.clock.advance(by: .seconds(100))
        #expect(try await scene.tokens() == 0)
    }

    @Test("an inquiry keeps a subject in the filters whose accounts left")
    func inquiryStays() async throws {
        let scene = try Self.scene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.settled()], consents: Self.withdrawn)
        #expect(try await scene.node.store.recordInquiry(Self.inquiry(.zhang, in: scene)))
        #expect(try await scene.tokens() == 1)
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.isEmpty)
    }

    @Test("in a negative-only consortium neither filter nor answers hold clean accounts")
    func negativeOnly() async throws {
        let scene = try Self.scene { $0.scope = .negativeOnly }
        let hold = { (resident: Samples.Resident, days: Int, number: Int) in
            try scene.node.hold(
                resident, by: "lakeside",
                accounts: [Samples.heldAccount(number, daysPastDue: days)])
        }
        try hold(.zhang, 0, 1)
        try hold(.li, 31, 2)
        #expect(try await scene.tokens() == 1)
        #expect(try await scene.mayHold() == [.li])
        #expect(try await scene.ask([.zhang, .li]).map(\.members) == [[], ["lakeside"]])
        #expect(try await scene.manifest().members[0].subjects == 1)

        // One falls behind; an inquiry about another is no account.
        try hold(.zhang, 5, 1)
        try hold(.wang, 0, 3)
        #expect(try await scene.node.store.recordInquiry(Self.inquiry(.wang, in: scene)))
        scene.clock.advance(by: .seconds(FilterPublisher.reviewSeconds))
        try await scene.publisher.refresh()
        #expect(try await scene.mayHold() == [.zhang, .li, .wang])
        #expect(try await scene.ask([.wang])[0].summaries.map(\.accounts.count) == [0])
    }

    @Test("a charter that widens its scope brings everybody back")
    func wider() async throws {
        var directory = TestDirectory()
        directory.charter.scope = .negativeOnly
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside")
        #expect(try await scene.tokens() == 0)
        directory.charter.scope = .fullFile
        directory.version += 1
        scene.directory.replace(with: try directory.directory())
        #expect(try await scene.tokens() == 1)
    }
}

extension AnswerScene {
    /// Refreshes, and counts the tokens of all filters.
    fileprivate func tokens() async throws -> Int {
        try await publisher.refresh()
        return try await manifest().filters.reduce(0) { $0 + $1.count }
    }

    fileprivate func manifest() async throws -> Manifest {
        try #require(await publisher.manifest)
    }

    /// The residents whose tokens the filters hold, as they are served.
    fileprivate func mayHold() async throws -> Set<Samples.Resident> {
        var found: Set<Samples.Resident> = []
        for entry in try await manifest().filters {
            let body = try #require(await node.store.filterBody(digest: entry.digest))
            let filter = try TokenFilter(encoded: body, count: entry.count)
            found.formUnion(
                Samples.Resident.allCases.filter { filter.mayContain(node.token($0).token) })
        }
        return found
    }
}
