import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Display rules")
struct DisplayRuleTests {
    private static func terms(at day: String = "2026-11-25") -> DisplayTerms {
        Samples.terms(at: Samples.time("\(day)T12:00:00Z")) { $0.displayRules = [Samples.repair] }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let account: HeldAccount
        let kind: SubjectKind
        let today: String
        /// The letters displayed.
        let letters: String

        init(
            _ name: String, _ account: HeldAccount, kind: SubjectKind = .person,
            on today: String = "2026-11-25", shows letters: String
        ) {
            testDescription = name
            self.account = account
            self.kind = kind
            self.today = today
            self.letters = letters
        }
    }

    private static func paid(
        _ letters: String = "N12NN", ending: String = "2025-12", cleared: String? = nil,
        peak: Int64? = 10_000, daysPastDue: Int = 0
    ) -> HeldAccount {
        Samples.account(
            letters: letters, ending: ending, cleared: cleared, peak: peak,
            daysPastDue: daysPastDue)
    }

    private static let dollars: HeldAccount = {
        var account = paid()
        account.overduePeak = Money(minorUnits: 1, currency: "USD")
        return account
    }()

    @Test(
        "hide what they cover, and nothing that is not known to be covered",
        arguments: [
            Case("repaid, at the amount", paid(), shows: "NNNNN"),
            Case("one cent over the amount", paid(peak: 10_001), shows: "N12NN"),
            Case("another currency", dollars, shows: "N12NN"),
            Case("amount not known", paid(peak: nil), shows: "N12NN"),
            Case("an enterprise", paid(), kind: .enterprise, shows: "N12NN"),
            Case("before the rule acts", paid(), on: "2025-12-31", shows: "N12NN"),
            Case("on its first day", paid(), on: "2026-01-01", shows: "NNNNN"),
            Case(
                "December 2025 is in, January 2026 is not",
                paid("112N", ending: "2026-02", cleared: "2026-02-10"), shows: "NN2N"),
            Case(
                "repaid on the last day", paid("N111N", ending: "2026-03", cleared: "2026-03-31"),
                shows: "NN11N"),
            Case(
                "repaid a day late", paid("N1111N", ending: "2026-04", cleared: "2026-04-01"),
                shows: "N1111N"),
            Case(
                "repaid in March 2026, on a day that is not stated",
                paid("N111N", ending: "2026-03"), shows: "NN11N"),
            Case(
                "repaid in March or April 2026", paid("N1111N", ending: "2026-04"),
                shows: "N1111N"),
            Case("not repaid", paid("NNN12", daysPastDue: 45), shows: "NNN12"),
            Case("paid by a guarantor", paid("N4D", ending: "2025-12"), shows: "N4D"),
            Case("paid late in the month", paid("NNM", ending: "2025-12"), shows: "NNN"),
            Case("an unknown month stays one", paid("N1#2N"), shows: "NN#NN"),
        ])
    func letters(example: Case) throws {
        let displayed = try #require(
            Self.terms(at: example.today).displayed(example.account, of: example.kind))
        #expect(displayed.history?.letters == example.letters)
    }

    @Test("never touch the class of an account, nor its facts")
    func standing() throws {
        var account = Self.paid()
        account.riskClass = .specialMention
        account.facts.fundsDiverted = .known(true)
        let displayed = try #require(Self.terms().displayed(account, of: .person))
        #expect(displayed.history?.letters == "NNNNN")
        #expect(displayed.riskClass == .specialMention)
        #expect(displayed.facts == account.facts)
        #expect(displayed.isNegative)
    }

    @Test("what is hidden keeps a settled account no longer than a clean one")
    func retention() {
        let account = Samples.account(
            letters: "N12C", ending: "2023-10", status: .settled, closed: "2023-10", peak: 500)
        #expect(Self.terms().hasEnded(account, of: .person))
        #expect(!Samples.terms().hasEnded(account, of: .person))
        #expect(Self.terms().hidesSomething(of: account, kind: .person))
        #expect(!Self.terms().hidesSomething(of: account, kind: .enterprise))
        #expect(!Samples.terms().hidesSomething(of: account, kind: .person))
    }

    @Test("an unpaid debt of the same account is shown beside what is hidden")
    func twoEvents() throws {
        let account = Self.paid("N1NN12", ending: "2026-01", daysPastDue: 45)
        let displayed = try #require(Self.terms().displayed(account, of: .person))
        #expect(displayed.history?.letters == "NNNN12")
    }

    @Test("January 2020 is in, December 2019 is not")
    func beginning() throws {
        let terms = Samples.terms {
            $0.displayRules = [Samples.repair]
            $0.retention.negativeYears = 10
        }
        let account = Self.paid("N12NN", ending: "2020-03")
        #expect(terms.displayed(account, of: .person)?.history?.letters == "N1NNN")
    }

    @Test("a rule for all covers enterprises, and any of several rules is enough")
    func severalRules() throws {
        let terms = Samples.terms {
            var small = Samples.repair
            small.id = "small"
            small.amountMax.amount = 1
            var all = Samples.repair
            all.id = "all"
            all.subjects = .all
            $0.displayRules = [small, all]
        }
        #expect(terms.displayed(Self.paid(), of: .enterprise)?.history?.letters == "NNNNN")
    }

    @Test("what is hidden is not negative to a negative-only consortium")
    func negativeOnly() {
        let record = HeldRecord(
            member: Samples.member("lakeside"), kind: .person, status: nil, nameChecks: [],
            accounts: [Self.paid()], consents: [Samples.heldConsent()],
            inquiries: InquiryCounts(), statement: nil)
        let shown = { (rules: [Charter.DisplayRule]) in
            Samples.terms {
                $0.scope = .negativeOnly
                $0.displayRules = rules
            }.displayed(record)
        }
        #expect(shown([])?.accounts.count == 1)
        #expect(shown([Samples.repair]) == nil)
    }
}
