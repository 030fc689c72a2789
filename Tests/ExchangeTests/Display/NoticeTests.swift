import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Notice to the borrower")
struct NoticeTests {
    private static func scene(_ change: (inout Charter) -> Void = { _ in }) throws -> AnswerScene {
        var directory = TestDirectory()
        change(&directory.charter)
        return try AnswerScene(directory)
    }

    private static func account(
        _ number: Int = 1, daysPastDue: Int = 0, noticeHeld: Bool = false
    ) -> HeldAccount {
        var account = Samples.heldAccount(number, daysPastDue: daysPastDue)
        account.noticeHeld = noticeHeld
        return account
    }

    private static let late: HeldAccount = {
        var account = Samples.account(letters: "N1N")
        account.noticeHeld = false
        return account
    }()

    @Test("without one a negative account holds the whole record back, the good one beside it too")
    func heldBack() async throws {
        let scene = try Self.scene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.account(1), Self.account(2, daysPastDue: 31)])
        #expect(try await scene.ask([.zhang])[0] == .refused(.heldBack))
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: [Self.account(1), Self.account(2, daysPastDue: 31, noticeHeld: true)])
        #expect(try await scene.ask([.zhang])[0].summaries.first?.accounts.count == 2)
    }

    @Test("a record without arrears needs none")
    func clean() async throws {
        let scene = try Self.scene()
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Self.account()])
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
    }

    @Test("past arrears need one as long as they are displayed")
    func past() throws {
        let record = HeldRecord(
            member: Samples.member("lakeside"), kind: .person, status: nil, nameChecks: [],
            accounts: [Self.late], consents: [Samples.heldConsent()], inquiries: InquiryCounts(),
            statement: nil)
        let isHeldBack = { (terms: DisplayTerms) in
            terms.displayed(record).map(terms.isHeldBack)
        }
        #expect(isHeldBack(Samples.terms()) == true)
        #expect(isHeldBack(Samples.terms { $0.negativeNotice = .notRequired }) == false)
        let later = Samples.terms(at: Samples.time("2031-11-25T00:00:00Z"))
        #expect(isHeldBack(later) == false)
    }

    @Test("a charter can do without")
    func notRequired() async throws {
        let scene = try Self.scene { $0.negativeNotice = .notRequired }
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Self.account(daysPastDue: 400)])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.worstClass == .loss)
    }

    @Test("is judged after name and consent, and member by member")
    func order() async throws {
        let scene = try Self.scene()
        let bad = [Self.account(daysPastDue: 31)]
        try scene.node.hold(.zhang, by: "lakeside", accounts: bad, consents: [])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentPurpose))
        try scene.node.hold(.zhang, by: "lakeside", accounts: bad)
        let wrong = scene.query(.zhang, name: Samples.name("张四"))
        #expect(try await scene.ask([wrong])[0] == .refused(.nameMismatch))
        try scene.node.hold(.zhang, by: "reed")
        let result = try await scene.ask([.zhang])[0]
        #expect(result.members == ["reed"])
        #expect(result.withheld == ["lakeside": .heldBack])
    }

    @Test("in a negative-only consortium it is not asked for what is not displayed")
    func negativeOnly() async throws {
        let scene = try Self.scene { $0.scope = .negativeOnly }
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Self.account()])
        #expect(try await scene.ask([.zhang])[0] == .none)
    }
}
