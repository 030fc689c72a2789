import Book
import Testing

@testable import Exchange

@Suite("Consent file on its way into the store")
struct ConsentFileTests {
    private static let header =
        "scheme,identifier,basis,purposes,granted_at,expires_at,evidence_digest\n"

    private static func withoutConsent(_ row: inout PlainBook.Row) {
        row.basis = ""
        row.purposes = ""
        row.granted = ""
        row.expires = ""
    }

    private let node: TestNode

    init() throws {
        node = try AnswerScene().node
    }

    @Test("without a consent an account is held, and there is none to disclose it")
    func none() async throws {
        let done = try PlainImport(
            [.init(.zhang, account: "L-1", Self.withoutConsent)], into: node)
        #expect(done.rejected.isEmpty)
        let record = try #require(await node.records(.zhang)["lakeside"])
        #expect(record.accounts.count == 1)
        #expect(record.consents.isEmpty)
    }

    @Test("gives consents to subjects of the book by their identifiers")
    func consents() async throws {
        let digest = SHA256Text.write(Samples.bytes(5, count: 32))
        let file =
            Self.header
                + """
                cn-rid,999999199012310022,consent,loan-approval;credit-line,2026-02-01,2027-02-01,\(digest)
                cn-rid,999999199012310022,legal-duty,judicial,2026-03-01,,
                cn-rid,999999200002290131,consent,loan-approval,2026-02-01,2027-02-01,

                """
        let done = try PlainImport(
            [.init(.zhang, account: "L-1", Self.withoutConsent)], consents: file, into: node)
        #expect(done.rejected.isEmpty)
        #expect(done.result.consents == 3)
        let record = try #require(await node.records(.zhang)["lakeside"])
        #expect(
            record.consents.sorted { $0.grantedAt < $1.grantedAt } == [
                HeldConsent(
                    basis: .consent, purposes: ["credit-line", "loan-approval"],
                    grantedAt: Samples.time("2026-02-01T00:00:00Z"),
                    expiresAt: Samples.time("2027-02-01T00:00:00Z"),
                    evidenceDigest: Samples.bytes(5, count: 32)),
                HeldConsent(
                    basis: .legalDuty, purposes: ["judicial"],
                    grantedAt: Samples.time("2026-03-01T00:00:00Z"), expiresAt: nil,
                    evidenceDigest: nil),
            ])
        #expect(try await node.records(.li).isEmpty, "a consent alone is no record")
    }

    @Test("a consent that cannot be taken is left out with its line, and shows nobody")
    func rejects() throws {
        let faults: [(line: String, code: String)] = [
            (
                "cn-rid,999999199012310020,consent,loan-approval,2026-02-01,2027-02-01,",
                "identifier-check-character"
            ),
            (
                "passport,999999199012310022,consent,loan-approval,2026-02-01,2027-02-01,",
                "scheme-unknown"
            ),
            ("cn-rid,999999199012310022,consent,marketing,2026-02-01,2027-02-01,", "consent"),
            (
                "cn-rid,999999199012310022,consent,loan-approval,2026-02-01,2026-02-01,",
                "contradiction"
            ),
            ("cn-rid,999999199012310022,consent,loan-approval,2026-02-01,,", "consent-incomplete"),
            (
                "cn-rid,999999199012310022,consent,loan-approval,2026-02-01,2027-02-01,sha-256=:AAAA:",
                "value-malformed"
            ),
        ]
        let file = Self.header + faults.map { $0.line + "\n" }.joined()
        let done = try PlainImport(
            [.init(.zhang, account: "L-1", Self.withoutConsent)], consents: file, into: node)
        #expect(done.rejected.map(\.code) == faults.map(\.code))
        #expect(done.rejected.map(\.line) == Array(2..<2 + faults.count))
        #expect(done.result.consents == 0)
        #expect(done.result.rejected == faults.count)
        for rejection in done.rejected {
            #expect(!"\(rejection)".contains("9999991990123100"))
            #expect(!"\(rejection)".contains("AAAA"))
        }
    }
}
