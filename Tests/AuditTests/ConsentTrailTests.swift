import Foundation
import Membership
import Pseudonym
import RiskStandard
import StrictJSON
import Testing
import TransparencyLog

@testable import Audit
@testable import Exchange

/// That an answer rested on a consent that its log knew, and what is found where it did not.
@Suite("On which consent an answer rested")
struct ConsentTrailTests {
    private let scene: AuditScene
    private let lakeside: SceneNode

    init() throws {
        scene = try AuditScene()
        lakeside = scene.lakeside
    }

    private func consent(
        _ number: Int?, purposes: [String] = ["loan-approval"], days: Int64 = 30,
        basis: Consent.Basis = .consent, withdrawn: Bool = false
    ) throws -> HeldConsent {
        let start = try sample(Timestamp(AuditScene.start))
        var consent = HeldConsent(
            basis: basis, purposes: purposes, grantedAt: start.advanced(bySeconds: -86_400),
            expiresAt: start.advanced(bySeconds: days * 86_400), evidenceDigest: nil,
            withdrawnAt: withdrawn ? start : nil)
        consent.number = number
        return consent
    }

    /// Tells lakeside's log of consents of its book.
    private func tell(
        _ type: LogEntryType, _ consents: [HeldConsent], seconds: Int64 = 1_000_000
    ) async throws {
        let items = consents.map { BookEvent(.consent($0)).value }
        let salts = try items.indices.map { number in
            try sample(CommitmentSalt(bytes: Array(repeating: UInt8(number), count: 32)))
        }
        var entry = LogEntry(type, at: scene.clock.now, node: lakeside.id)
        entry.member = lakeside.member
        entry.count = items.count
        entry.itemsRoot = Commitment.itemsRoot(
            zip(items, salts).map { Commitment(to: $0, salt: $1) })
        entry.retainUntil = scene.clock.now.advanced(bySeconds: seconds)
        _ = try await lakeside.log.append(
            entry, evidence: Evidence(items: items, salts: salts), nonce: nil)
        scene.clock.advance(by: .seconds(120))
    }

    /// Lakeside discloses something about a subject, stating a consent, and says on which it rests.
    private func disclose(
        _ subject: Int = 1, stating consent: HeldConsent, restingOn basis: RestingConsent.Basis?,
        accounts: Bool = true
    ) async throws {
        let now = scene.clock.now
        let summary = try Self.summary(of: lakeside.member, consent, accounts: accounts)
        let answer = QueryAnswer(
            kid: "k1", asOf: now,
            results: [.found(summaries: [summary], withheld: [], isPartial: false)])
        let token = try Token(bytes: Array(repeating: UInt8(subject), count: 32))
        let asked = QueryRequest(
            member: scene.harbor.member, kid: "k1", purpose: "loan-approval",
            queries: [
                SubjectQuery(
                    token: token, nameCheck: nil,
                    consent: Consent(
                        basis: .consent, purposes: ["loan-approval"],
                        reference: Array(repeating: 1, count: 16), grantedAt: now,
                        expiresAt: now.advanced(bySeconds: 1000),
                        evidenceDigest: Array(repeating: 1, count: 32)))
            ])
        let exchange = try SceneExchange(
            Int(now.secondsSinceEpoch % 100_000), from: scene.harbor, to: lakeside, at: now,
            request: asked.json.encoded, answer: answer.json.encoded)
        let resting = basis.map { [RestingConsent(member: lakeside.member, basis: $0)] } ?? []
        var evidence = exchange.evidence(hasAnswer: true)
        evidence.consents = [resting]
        _ = try await lakeside.log.append(
            exchange.entry(.queryAnswered, isAsker: false), evidence: evidence, nonce: nil)
        scene.clock.advance(by: .seconds(120))
    }

    private static func summary(
        of member: MemberID, _ consent: HeldConsent, accounts: Bool
    ) throws -> Summary {
        let standard = try sample(StandardID("cn-2023@1"))
        let account = DisclosedAccount(
            reference: try sample(AccountReference(bytes: Array(repeating: 3, count: 16))),
            role: .borrower, kind: .instalment, product: "consumer-loan", isRetail: true,
            status: .open, openedMonth: nil, closedMonth: nil, riskClass: .normal,
            decidedBy: try sample(RuleID("cn-2023/6")), facts: LoanFacts(), overdue: nil,
            balance: nil, limit: nil, monthlyDue: nil, history: nil, historyEnds: nil,
            relief: nil, dispute: nil)
        return Summary(
            member: member, subjectKind: .person, subjectStatus: nil,
            asOf: accounts ? CalendarDate("2026-10-31") : nil, standard: standard,
            accounts: accounts ? [account] : [], inquiries: InquiryCounts(),
            consent: DisclosedConsent(
                basis: consent.basis, purposes: consent.purposes, expiresAt: consent.expiresAt),
            statement: nil)
    }

    private func checked(_ member: MemberID? = nil) async throws -> ConsentTrailResult {
        try await scene.mirror(lakeside)
        return try ConsentTrail([scene.copy(of: lakeside)]).run(member: member)
    }

    @Test("an answer on a consent that was told before is nothing to object to")
    func honest() async throws {
        let consents = [try consent(1), try consent(2), try consent(3, basis: .legalDuty)]
        try await tell(.consentRecorded, consents)
        for (place, consent) in consents.enumerated() {
            try await disclose(place, stating: consent, restingOn: .book(place + 1))
        }
        try await disclose(0, stating: consents[0], restingOn: .book(1))
        let result = try await checked()
        #expect(result.findings == [] && result.answers == 4 && result.summaries == 4)
        #expect(try scene.verified(lakeside) == [])
        #expect(try await checked(scene.harbor.member).summaries == 0)
    }

    @Test("one that was never told of, or only afterwards, or none that is named, is found")
    func unrecorded() async throws {
        let one = try consent(1)
        try await tell(.consentRecorded, [try consent(2)])
        try await disclose(stating: one, restingOn: .book(1))
        try await tell(.consentRecorded, [one])
        try await disclose(stating: one, restingOn: nil)
        let result = try await checked()
        #expect(result.findings.map(\.code) == [.consentUnrecorded, .consentUnrecorded])
        #expect(result.findings.map(\.index) == [1, 3])
        #expect(result.findings.map(\.proof) == ["evidence/1", "evidence/3"])
        #expect(result.findings.map(\.item) == [0, 0])
    }

    @Test(
        "one that was withdrawn before is found; a legal duty survives it, and so does what crossed"
    )
    func withdrawn() async throws {
        let (one, duty) = (try consent(1), try consent(2, basis: .legalDuty))
        try await tell(.consentRecorded, [one, duty])
        try await disclose(1, stating: one, restingOn: .book(1))
        try await tell(
            .consentWithdrawn,
            [try consent(1, withdrawn: true), try consent(2, basis: .legalDuty, withdrawn: true)])
        scene.clock.advance(by: .seconds(-120))
        try await disclose(1, stating: one, restingOn: .book(1))
        try await disclose(2, stating: duty, restingOn: .book(2))
        try await disclose(1, stating: one, restingOn: .book(1))
        let result = try await checked()
        #expect(result.findings.map(\.code) == [.consentNotHolding])
        #expect(result.findings.map(\.index) == [5])
    }

    @Test("one of another purpose, or over, or of other terms than the answer states is found")
    func terms() async throws {
        let other = try consent(1, purposes: ["post-loan"])
        let over = try consent(2, days: -1)
        try await tell(.consentRecorded, [other, over, try consent(3)])
        try await disclose(1, stating: other, restingOn: .book(1))
        try await disclose(2, stating: over, restingOn: .book(2))
        try await disclose(3, stating: try consent(3, days: 31), restingOn: .book(3))
        let result = try await checked()
        #expect(
            result.findings.map(\.code)
                == [.consentNotHolding, .consentNotHolding, .consentMisstated])
    }

    @Test("one that was told anew counts as it was told last, and a number may be used again")
    func anew() async throws {
        try await tell(.consentRecorded, [try consent(1, days: 10)])
        try await disclose(1, stating: try consent(1, days: 10), restingOn: .book(1))
        try await tell(.consentRecorded, [try consent(1, days: 20)])
        try await disclose(2, stating: try consent(1, days: 20), restingOn: .book(1))
        try await disclose(2, stating: try consent(1, days: 10), restingOn: .book(1))
        let result = try await checked()
        #expect(result.findings.map(\.code) == [.consentMisstated])
    }

    @Test("two subjects on one consent are found")
    func shared() async throws {
        try await tell(.consentRecorded, [try consent(1)])
        for subject in [1, 2, 1] {
            try await disclose(subject, stating: try consent(1), restingOn: .book(1))
        }
        #expect(try await checked().findings.map(\.index) == [2])
        #expect(try await checked().findings.map(\.code) == [.consentShared])
    }

    @Test("inquiries rest on the consent of their own asking, and accounts do not")
    func inquiries() async throws {
        let digest = Array(repeating: UInt8(9), count: 32)
        try await disclose(stating: try consent(nil), restingOn: .inquiry(digest), accounts: false)
        try await disclose(stating: try consent(nil), restingOn: .inquiry(digest))
        let result = try await checked()
        #expect(result.ofInquiries == 1)
        #expect(result.findings.map(\.code) == [.consentUnrecorded])
        #expect(result.findings.map(\.index) == [1])
    }

    @Test("what was told in evidence that is over is not provable, and before its time it is found")
    func gone() async throws {
        try await tell(.consentRecorded, [try consent(1)], seconds: 1000)
        try await disclose(stating: try consent(1), restingOn: .book(1))
        let evidence = scene.copy(of: lakeside).folder.appending(path: "evidence/0")
        _ = try await checked()
        try FileManager.default.removeItem(at: evidence)
        let early = try ConsentTrail([scene.copy(of: lakeside)]).run()
        #expect(early.findings.map(\.code) == [.evidenceMissing] && early.notProvable == 1)
        scene.clock.advance(by: .seconds(2000))
        let late = try await checked()
        #expect(late.findings == [] && late.notProvable == 1)
        scene.clock.advance(by: .seconds(1_000_000))
        try FileManager.default.removeItem(
            at: scene.copy(of: lakeside).folder.appending(path: "evidence/1"))
        #expect(try await checked().evidenceOver == 1)
    }
}
