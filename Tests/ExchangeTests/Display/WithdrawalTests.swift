import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Withdrawal of consent")
struct WithdrawalTests {
    private typealias Effect = Charter.Withdrawal.Effect

    private static let withdrawn = Samples.heldConsent(withdrawn: Samples.now)
    private static let withdrawnDuty = Samples.heldConsent(expires: nil, withdrawn: Samples.now)

    private static func account(_ number: Int = 1, settled: Bool) -> HeldAccount {
        var account = Samples.heldAccount(number)
        account.status = settled ? .settled : .open
        account.closedMonth = settled ? Samples.month("2026-10") : nil
        return account
    }

    private static func scene(
        consent: [Effect] = [.refuse, .leave], duty: [Effect] = [.keep, .keep]
    ) throws -> AnswerScene {
        var directory = TestDirectory()
        directory.charter.withdrawal = Charter.Withdrawal(
            consent: .init(unpaid: consent[0], settled: consent[1]),
            legalDuty: .init(unpaid: duty[0], settled: duty[1]))
        return try AnswerScene(directory)
    }

    @Test(
        "does what the charter says, by basis and state",
        arguments: [
            (false, false, "refused"), (false, true, "gone"), (true, false, "found"),
            (true, true, "found"),
        ])
    func effects(isDuty: Bool, isSettled: Bool, outcome: String) async throws {
        let scene = try Self.scene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.account(settled: isSettled)],
            consents: [isDuty ? Self.withdrawnDuty : Self.withdrawn])
        #expect(try await scene.ask([.zhang])[0].outcome == outcome)
    }

    @Test(
        "every effect is acted on, for both states",
        arguments: [(Effect.keep, "found"), (.refuse, "refused"), (.leave, "gone")],
        [false, true])
    private func duty(effect: (Effect, String), isSettled: Bool) async throws {
        let scene = try Self.scene(duty: isSettled ? [.keep, effect.0] : [effect.0, .keep])
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.account(settled: isSettled)],
            consents: [Self.withdrawnDuty])
        #expect(try await scene.ask([.zhang])[0].outcome == effect.1)
    }

    @Test("what is refused for one account is refused for the record: the rest would look like all")
    func mixed() async throws {
        let scene = try Self.scene()
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: [Self.account(1, settled: false), Self.account(2, settled: true)],
            consents: [Self.withdrawn])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentWithdrawn))
        // A duty that survives for unpaid accounts and not for settled ones discloses nothing.
        let strict = try Self.scene(duty: [.keep, .refuse])
        try strict.node.hold(
            .zhang, by: "lakeside",
            accounts: [Self.account(1, settled: false), Self.account(2, settled: true)],
            consents: [Self.withdrawnDuty])
        #expect(try await strict.ask([.zhang])[0] == .refused(.consentWithdrawn))
    }

    @Test("accounts that leave are left out beside those that stay")
    func leaving() async throws {
        let scene = try Self.scene(duty: [.keep, .leave])
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: [Self.account(1, settled: false), Self.account(2, settled: true)],
            consents: [Self.withdrawnDuty])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.map(\.reference) == [Samples.reference(1)])
    }

    @Test("of several consents one that holds suffices, for its purposes")
    func another() async throws {
        let scene = try Self.scene()
        let settled = [Self.account(settled: true)]
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: settled,
            consents: [
                Self.withdrawn, Samples.heldConsent(granted: Samples.now.advanced(bySeconds: -1)),
            ])
        #expect(try await scene.ask([.zhang])[0].outcome == "found")
        // Held under a consent for something else it stays, and is refused for what was withdrawn.
        try scene.node.hold(
            .li, by: "lakeside",
            accounts: settled.map { account in
                var other = account
                other.reference = Samples.reference(9)
                return other
            },
            consents: [Self.withdrawn, Samples.heldConsent(["post-loan"])])
        #expect(try await scene.ask([.li])[0] == .refused(.consentWithdrawn))
    }

    @Test("a record leaves only when every withdrawn consent lets it")
    func severalBases() {
        let record = HeldRecord(
            member: Samples.member("lakeside"), kind: .person, status: nil, nameChecks: [],
            accounts: [Self.account(settled: true)],
            consents: [Self.withdrawn, Self.withdrawnDuty],
            inquiries: InquiryCounts(), statement: nil)
        let shown = { (duty: Effect) in
            Samples.terms {
                $0.withdrawal.legalDuty.settled = duty
            }.displayed(record)
        }
        #expect(shown(.leave) == nil)
        #expect(shown(.refuse) != nil)
        #expect(shown(.keep) != nil)
    }

    @Test("what survives a withdrawal does not survive its own end")
    func expired() async throws {
        let scene = try Self.scene()
        var consent = Samples.heldConsent(
            expires: Samples.now, withdrawn: Samples.now.advanced(bySeconds: -5))
        consent.basis = .legalDuty
        try scene.node.hold(.zhang, by: "lakeside", consents: [consent])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentWithdrawn))
    }

    @Test("an expired consent is no withdrawn one: the record stays, refused")
    func expiry() async throws {
        let scene = try Self.scene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: [Self.account(settled: true)],
            consents: [Samples.heldConsent(expires: Samples.now)])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentExpired))
    }

    @Test("inquiries leave with the consent to them")
    func inquiries() async throws {
        let scene = try Self.scene()
        let inquiry = { (withdrawn: Timestamp?) in
            Inquiry(
                member: Samples.member("lakeside"),
                subject: scene.node.subject(.zhang, name: Samples.name("张三")),
                purpose: "loan-approval", at: Samples.now, caseDigest: nil,
                consent: Samples.heldConsent(withdrawn: withdrawn))
        }
        #expect(try await scene.node.store.recordInquiry(inquiry(nil)))
        #expect(try await scene.ask([.zhang])[0].outcome == "found")
        #expect(try await scene.node.store.recordInquiry(inquiry(Samples.now)))
        #expect(try await scene.ask([.zhang])[0].outcome == "gone")
    }
}

extension QueryResult {
    /// In one word; "gone" is as if nothing were held.
    fileprivate var outcome: String {
        switch self {
        case .found: "found"
        case .none: "gone"
        case .refused(let code): code == .consentWithdrawn ? "refused" : code.rawValue
        }
    }
}
