import Membership
import Testing

@testable import Exchange

@Suite("Consent to a record")
struct RecordConsentTests {
    private static func moment(_ seconds: Int64) -> Timestamp {
        Samples.now.advanced(bySeconds: seconds)
    }

    private static let covers = Samples.heldConsent()
    private static let otherPurpose = Samples.heldConsent(["post-loan"])
    private static let expired = Samples.heldConsent(granted: moment(-9), expires: moment(0))
    private static let future = Samples.heldConsent(granted: moment(1))
    private static let withdrawn = Samples.heldConsent(withdrawn: moment(0))

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let consents: [HeldConsent]
        /// nil: disclosed.
        let code: RefusalCode?

        init(_ name: String, _ consents: [HeldConsent], _ code: RefusalCode?) {
            testDescription = name
            self.consents = consents
            self.code = code
        }
    }

    @Test(
        "decides what leaves, at this very second",
        arguments: [
            Case("none", [], .consentPurpose),
            Case("another purpose", [otherPurpose], .consentPurpose),
            Case("covers", [covers], nil),
            Case("ends now", [expired], .consentExpired),
            Case("ends in a second", [Samples.heldConsent(expires: moment(1))], nil),
            Case("begins in a second", [future], .consentNotYetValid),
            Case("begins now", [Samples.heldConsent(granted: moment(0))], nil),
            Case("withdrawn now", [withdrawn], .consentWithdrawn),
            Case("withdrawn in a second", [Samples.heldConsent(withdrawn: moment(1))], nil),
            Case(
                "withdrawn before it ended",
                [
                    Samples.heldConsent(
                        granted: moment(-9), expires: moment(-1), withdrawn: moment(-5))
                ], .consentWithdrawn),
            Case("a legal duty without end", [Samples.heldConsent(expires: nil)], nil),
            Case("expired, and one that covers", [expired, covers], nil),
            Case(
                "withdrawn, and a later one",
                [
                    withdrawn, Samples.heldConsent(granted: moment(-1)),
                ], nil),
            Case("expired and withdrawn", [expired, withdrawn], .consentWithdrawn),
            Case("future and expired", [future, expired], .consentExpired),
            Case("future and withdrawn", [future, withdrawn], .consentWithdrawn),
            Case("expired and another purpose", [expired, otherPurpose], .consentExpired),
            Case(
                "withdrawn for another purpose",
                [Samples.heldConsent(["post-loan"], withdrawn: moment(-1))], .consentPurpose),
        ])
    func judged(example: Case) async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside", consents: example.consents)
        let result = try await scene.ask([.zhang])[0]
        if let code = example.code {
            #expect(result == .refused(code))
        } else {
            #expect(result.members == ["lakeside"])
        }
    }

    @Test("the order in which consents are kept changes nothing")
    func order() {
        let all = [Self.expired, Self.future, Self.withdrawn, Self.otherPurpose]
        for rotation in 0..<all.count {
            let consents = Array(all[rotation...] + all[..<rotation])
            let record = HeldRecord(
                member: Samples.member("lakeside"), kind: .person, status: nil, nameChecks: [],
                accounts: [Samples.heldAccount(1)], consents: consents,
                inquiries: InquiryCounts(), statement: nil)
            #expect(
                record.consent(for: "loan-approval", terms: Samples.terms())
                    == .refused(.consentWithdrawn))
        }
    }

    @Test("the summary shows the consent under which it leaves, not another one")
    func disclosedConsent() async throws {
        let scene = try AnswerScene()
        let wide = Samples.heldConsent(["loan-approval", "post-loan"], expires: Self.moment(500))
        try scene.node.hold(.zhang, by: "lakeside", consents: [Self.otherPurpose, wide])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(
            summary.consent
                == DisclosedConsent(
                    basis: .consent, purposes: ["loan-approval", "post-loan"],
                    expiresAt: Self.moment(500)))
    }

    @Test("a withdrawal takes effect at the next request")
    func withdrawal() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
        try scene.node.hold(
            .zhang, by: "lakeside", consents: [Samples.heldConsent(withdrawn: Samples.now)])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentWithdrawn))
    }

    @Test("a consent that ends between two requests ends the disclosure")
    func expiry() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(
            .zhang, by: "lakeside", consents: [Samples.heldConsent(expires: Self.moment(30))])
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
        scene.clock.advance(by: .seconds(30))
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentExpired))
    }

    @Test("the consent to an inquiry lets go of inquiries, and of no account")
    func inquiryConsent() async throws {
        let scene = try AnswerScene()
        let inquiry = Inquiry(
            member: Samples.member("lakeside"),
            subject: scene.node.subject(.zhang, name: Samples.name("张三")),
            purpose: "loan-approval", at: Samples.now, caseDigest: nil, consent: Self.covers)
        #expect(try await scene.node.store.recordInquiry(inquiry))
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.isEmpty)
        #expect(summary.worstClass == nil)
        #expect(summary.asOf == nil)
        #expect(summary.inquiries == InquiryCounts(days30: 1, days90: 1, days365: 1))

        try scene.node.hold(.zhang, by: "lakeside", consents: [])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentPurpose))
        try scene.node.hold(.zhang, by: "lakeside", consents: [Self.covers])
        let both = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(both.accounts.count == 1)
        #expect(both.inquiries.days30 == 1)
    }
}
