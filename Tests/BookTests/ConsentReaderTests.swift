import Foundation
import Testing

@testable import Book

@Suite("Consent file")
struct ConsentReaderTests {
    private static let header =
        "scheme,identifier,basis,purposes,granted_at,expires_at,evidence_digest\n"
    private static let digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

    private func read(_ text: String) throws -> [ConsentRow] {
        var reader = try ConsentReader(source: .bytes(Array(text.utf8)))
        var rows: [ConsentRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    @Test("reads purposes, times and digest")
    func entry() throws {
        let line =
            "cn-rid,99999919,consent,loan-approval; post-loan,2026-01-02T03:04:05Z,2027-01-02,"
            + Self.digest
        let rows = try read(Self.header + line + "\r\n")
        let expected = ConsentRecord(
            basis: .consent, purposes: ["loan-approval", "post-loan"],
            grantedAt: Date(timeIntervalSince1970: 1_767_323_045),
            expiresAt: Date(timeIntervalSince1970: 1_798_848_000), evidenceDigest: Self.digest)
        var entry = ConsentEntry(
            line: 2, scheme: "cn-rid", identifier: "99999919", consent: expected)
        entry.original = Array(line.utf8)
        #expect(rows == [.entry(entry)])
    }

    @Test("reads a withdrawal, and refuses one from before the consent")
    func withdrawal() throws {
        let header = "scheme,identifier,basis,purposes,granted_at,expires_at,withdrawn_at\n"
        let line = "cn-rid,99999919,consent,p,2026-01-02,2027-01-02,"
        guard case .entry(let entry) = try read(header + line + "2026-01-02").first else {
            Issue.record("no entry")
            return
        }
        #expect(entry.consent.withdrawnAt == entry.consent.grantedAt)
        guard case .rejected(let reject) = try read(header + line + "2026-01-01").first else {
            Issue.record("not rejected")
            return
        }
        #expect(reject.column == "withdrawn_at")
        #expect(reject.code == "contradiction")
    }

    @Test("a legal duty needs no end, columns may be missing or in another order")
    func legalDuty() throws {
        let rows = try read(
            "granted_at,note,basis,scheme,identifier,purposes\n2026-01-02,x,legal-duty,lei,Z,judicial"
        )
        guard case .entry(let entry) = rows.first else {
            Issue.record("no entry")
            return
        }
        #expect(entry.consent.expiresAt == nil)
        #expect(entry.consent.basis == .legalDuty)
    }

    @Test(
        "bad lines are rejected with column and code",
        arguments: [
            (",1,consent,p,2026-01-02,2027-01-02,", "scheme", "value-missing"),
            ("cn-rid,,consent,p,2026-01-02,2027-01-02,", "identifier", "value-missing"),
            ("cn-rid,1,,p,2026-01-02,2027-01-02,", "basis", "consent-incomplete"),
            ("cn-rid,1,,,,,", "basis", "value-missing"),
            ("cn-rid,1,oral,p,2026-01-02,2027-01-02,", "basis", "value-unknown"),
            ("cn-rid,1,consent,,2026-01-02,2027-01-02,", "purposes", "consent-incomplete"),
            ("cn-rid,1,consent,p;;q,2026-01-02,2027-01-02,", "purposes", "value-malformed"),
            ("cn-rid,1,consent,p;p,2026-01-02,2027-01-02,", "purposes", "contradiction"),
            ("cn-rid,1,consent,p,,2027-01-02,", "granted_at", "consent-incomplete"),
            ("cn-rid,1,consent,p,2026-01-02T24:00:00Z,2027-01-02,", "granted_at", "date"),
            ("cn-rid,1,consent,p,2026-01-02T10:00:00,2027-01-02,", "granted_at", "date"),
            ("cn-rid,1,consent,p,2026-01-02,,", "expires_at", "consent-incomplete"),
            ("cn-rid,1,consent,p,2026-01-02,2026-01-02,", "expires_at", "contradiction"),
            (
                "cn-rid,1,consent,p,2026-01-02,2027-01-02,sha-256=:AAAA:", "evidence_digest",
                "value-malformed"
            ),
        ])
    func rejects(line: String, column: String, code: String) throws {
        guard case .rejected(let reject) = try read(Self.header + line).first else {
            Issue.record("not rejected")
            return
        }
        #expect(reject.column == column)
        #expect(reject.code == code)
        #expect(reject.line == 2)
    }

    @Test("a file without a needed column is refused")
    func missingColumn() {
        #expect(throws: BookError.missingColumn("purposes")) {
            try read("scheme,identifier,basis,granted_at\n")
        }
    }
}
