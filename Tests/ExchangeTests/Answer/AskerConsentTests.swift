import Testing

@testable import Exchange

@Suite("The asker's own consent")
struct AskerConsentTests {
    private static func moment(_ seconds: Int64) -> Timestamp {
        Samples.now.advanced(bySeconds: seconds)
    }

    @Test(
        "is valid from 60 s before it begins until 60 s after it ends",
        arguments: [
            (-3600, 3600, nil), (0, 1, nil), (60, 3600, nil), (61, 3600, .consentNotYetValid),
            (86_400, 90_000, .consentNotYetValid), (-3600, 0, nil), (-3600, -59, nil),
            (-3600, -60, .consentExpired), (-90_000, -86_400, .consentExpired),
        ] as [(Int64, Int64, RefusalCode?)])
    func skew(granted: Int64, expires: Int64, code: RefusalCode?) {
        let consent = Samples.consent(
            granted: Self.moment(granted), expires: Self.moment(expires))
        #expect(consent.refusal(for: "loan-approval", at: Samples.now) == code)
    }

    @Test("must name the purpose, whatever its time")
    func purpose() {
        let good = Samples.consent(["post-loan", "loan-approval"])
        #expect(good.refusal(for: "loan-approval", at: Samples.now) == nil)
        #expect(good.refusal(for: "card-approval", at: Samples.now) == .consentPurpose)
        #expect(good.refusal(for: "LOAN-APPROVAL", at: Samples.now) == .consentPurpose)
        #expect(good.refusal(for: "loan", at: Samples.now) == .consentPurpose)
        let expired = Samples.consent(granted: Self.moment(-20), expires: Self.moment(-10))
        #expect(expired.refusal(for: "card-approval", at: Samples.now) == .consentPurpose)
    }

    @Test("a legal duty without an end does not expire")
    func withoutEnd() {
        let duty = Samples.consent(basis: .legalDuty, expires: nil)
        let later = Samples.time("2999-12-31T00:00:00Z")
        #expect(duty.refusal(for: "loan-approval", at: later) == nil)
    }

    @Test(
        "that does not cover the asking gets the same answer with and without a record",
        arguments: [
            (Samples.consent(["post-loan"]), .consentPurpose),
            (Samples.consent(expires: moment(-60)), .consentExpired),
            (Samples.consent(granted: moment(61)), .consentNotYetValid),
        ] as [(Consent, RefusalCode)])
    func sameAnswer(consent: Consent, code: RefusalCode) async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.li, by: "lakeside", consents: [])
        let results = try await scene.ask([.zhang, .li, .wang], consent: consent)
        #expect(results == Array(repeating: .refused(code), count: 3))
    }

    @Test("is judged query by query")
    func queryByQuery() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        let bad = scene.query(.zhang, consent: Samples.consent(["post-loan"]))
        let results = try await scene.ask([bad, scene.query(.zhang), bad, scene.query(.wang)])
        #expect(results[0] == .refused(.consentPurpose))
        #expect(results[1].members == ["lakeside"])
        #expect(results[2] == .refused(.consentPurpose))
        #expect(results[3] == .none)
    }
}
