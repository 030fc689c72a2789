import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Retention")
struct RetentionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let account: HeldAccount
        let today: String
        let isShown: Bool

        init(_ name: String, _ account: HeldAccount, on today: String, shown: Bool) {
            testDescription = name
            self.account = account
            self.today = today
            isShown = shown
        }
    }

    private static func writtenOff(_ closed: String) -> HeldAccount {
        var account = Samples.account(letters: nil, status: .writtenOffStillClaimed, closed: closed)
        account.riskClass = .loss
        return account
    }

    private static func paid(cleared: String, closed: String? = nil) -> HeldAccount {
        Samples.account(
            letters: nil, status: .settled, closed: closed ?? String(cleared.prefix(7)),
            cleared: cleared)
    }

    private static func clean(closed: String?, asOf: String = "2026-11-24") -> HeldAccount {
        var account = Samples.account(letters: nil, status: .settled, closed: closed)
        account.asOf = Samples.date(asOf)
        return account
    }

    @Test(
        "an account is displayed as long as the charter says, and not a day longer",
        arguments: [
            Case(
                "a charge-off, unpaid for 7 years", writtenOff("2019-11"), on: "2026-11-25",
                shown: true),
            Case(
                "a charge-off, unpaid for 40 years", writtenOff("1986-11"), on: "2026-11-25",
                shown: true),
            Case(
                "arrears cleared 4 years and 11 months ago", paid(cleared: "2021-12-25"),
                on: "2026-11-25", shown: true),
            Case(
                "arrears cleared 5 years ago to the day", paid(cleared: "2021-11-25"),
                on: "2026-11-25", shown: true),
            Case(
                "arrears cleared 5 years and a day ago", paid(cleared: "2021-11-24"),
                on: "2026-11-25", shown: false),
            Case(
                "cleared on 29 February, 5 years later", paid(cleared: "2020-02-29"),
                on: "2025-02-28", shown: true),
            Case(
                "cleared on 29 February, a day later", paid(cleared: "2020-02-29"),
                on: "2025-03-01", shown: false),
            Case(
                "cleared on 28 February, 5 years later on a leap day's eve",
                paid(cleared: "2019-02-28"), on: "2024-02-28", shown: true),
            Case(
                "cleared on 28 February, on the leap day", paid(cleared: "2019-02-28"),
                on: "2024-02-29", shown: false),
            Case(
                "cleared long ago, settled of late", paid(cleared: "2015-01-01", closed: "2026-01"),
                on: "2026-11-25", shown: true),
            Case(
                "settled clean, last day", clean(closed: "2024-11"), on: "2026-11-30", shown: true),
            Case(
                "settled clean, a day later", clean(closed: "2024-11"), on: "2026-12-01",
                shown: false),
            Case(
                "settled clean in February", clean(closed: "2022-02"), on: "2024-02-29",
                shown: true),
            Case(
                "settled clean in a month unknown: its as-of date counts",
                clean(closed: nil, asOf: "2024-11-24"), on: "2026-11-30", shown: true),
            Case(
                "the same, later", clean(closed: nil, asOf: "2024-11-24"), on: "2026-12-01",
                shown: false),
            Case(
                "open and paid on time for 10 years", Samples.account(letters: nil),
                on: "2036-11-25", shown: true),
            Case(
                "settled, last arrears in October 2021 by the letters",
                Samples.account(
                    letters: "1C", ending: "2021-11", status: .settled, closed: "2021-11"),
                on: "2026-11-01", shown: true),
            Case(
                "the same, a day later",
                Samples.account(
                    letters: "1C", ending: "2021-11", status: .settled, closed: "2021-11"),
                on: "2026-11-02", shown: false),
        ])
    func account(example: Case) {
        let terms = Samples.terms(at: Samples.time("\(example.today)T12:00:00Z"))
        #expect(terms.hasEnded(example.account, of: .person) != example.isShown)
    }

    @Test("the charter's years and months count")
    func charter() {
        let terms = Samples.terms {
            $0.retention.negativeYears = 1
            $0.retention.settledMonths = 1
        }
        #expect(!terms.hasEnded(Self.paid(cleared: "2025-11-25"), of: .person))
        #expect(terms.hasEnded(Self.paid(cleared: "2025-11-24"), of: .person))
        #expect(!terms.hasEnded(Self.clean(closed: "2026-10"), of: .person))
        #expect(terms.hasEnded(Self.clean(closed: "2026-09"), of: .person))
    }

    @Test(
        "a closed account of a bad class without any date of its arrears ends by its closing",
        arguments: [AccountStatus.ended, .transferredOut])
    func badWithoutDates(status: AccountStatus) {
        var account = Samples.account(letters: nil, status: status, closed: "2021-11")
        account.riskClass = .substandard
        let shown = { (day: String) in
            !Samples.terms(at: Samples.time("\(day)T00:00:00Z")).hasEnded(account, of: .person)
        }
        // The first day of the month of closing may have been the last of the arrears.
        #expect(shown("2026-11-01"))
        #expect(!shown("2026-11-02"))
    }

    @Test(
        "letters of months that are too old are left out",
        arguments: [
            ("NNNN", "2022-01", "2026-11-25", "NNN"),
            ("NNNN", "2022-01", "2026-12-01", "NNN"),
            ("NNNN", "2022-01", "2026-12-02", "NN"),
            ("1NNN", "2022-01", "2026-11-25", "NNN"),
            ("N1NN", "2022-01", "2026-11-25", "1NN"),
            ("NNNN", "2020-01", "2026-11-25", ""),
            ("####", "2026-10", "2026-11-25", "####"),
        ])
    func letters(letters: String, ending: String, today: String, shown: String) throws {
        let terms = Samples.terms(at: Samples.time("\(today)T00:00:00Z"))
        let account = Samples.account(letters: letters, ending: ending)
        let displayed = try #require(terms.displayed(account, of: .person))
        #expect(displayed.history?.letters ?? "" == shown)
        #expect(displayed.historyEnds == (shown.isEmpty ? nil : Samples.month(ending)))
    }

    @Test("arrears that last are shown from their beginning, however old")
    func lasting() throws {
        let terms = Samples.terms()
        let account = Samples.account(
            letters: "N1234567", ending: "2021-06", daysPastDue: 2200)
        let displayed = try #require(terms.displayed(account, of: .person))
        #expect(displayed.history?.letters == "1234567")
        #expect(displayed.isNegative)
    }

    @Test("arrears whose end is known to be 5 years past count as paid, the months stay")
    func cleared() throws {
        let terms = Samples.terms()
        // Late in November 2021 and cleared on the 20th: a letter that is not too old by its month.
        let account = Samples.account(
            letters: "MNNN", ending: "2022-02", cleared: "2021-11-20")
        let displayed = try #require(terms.displayed(account, of: .person))
        #expect(displayed.history?.letters == "NNNN")
        #expect(!displayed.isNegative)
    }

    @Test("is judged account by account, and what is left of a record is told")
    func record() async throws {
        let scene = try AnswerScene()
        var gone = Self.paid(cleared: "2021-11-24")
        gone.reference = Samples.reference(2)
        try scene.node.hold(.zhang, by: "lakeside", accounts: [Samples.heldAccount(1), gone])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.map(\.reference) == [Samples.reference(1)])
    }

    @Test("a record that is over is as if it were not there, also without a consent")
    func recordGone() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.paid(cleared: "2021-11-25")], consents: [])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentPurpose))
        scene.clock.advance(by: .seconds(86_400))
        #expect(try await scene.ask([.zhang])[0] == .none)
    }

    @Test("an inquiry outlives the accounts beside it")
    func inquiry() async throws {
        let scene = try AnswerScene()
        let inquiry = Inquiry(
            member: Samples.member("lakeside"),
            subject: scene.node.subject(.zhang, name: Samples.name("张三")),
            purpose: "loan-approval", at: Samples.now, caseDigest: nil,
            consent: Samples.heldConsent())
        #expect(try await scene.node.store.recordInquiry(inquiry))
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.paid(cleared: "2021-11-24")], consents: [])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.isEmpty)
        #expect(summary.inquiries.days30 == 1)
    }
}
