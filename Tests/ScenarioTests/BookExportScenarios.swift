import Foundation
import Testing

@Suite("Scenario: a lender gets its book back")
struct BookExportScenarios {
    private struct View: Decodable {
        let accounts: Int
        let importable: Bool
        let unsealed: Int
        let unopened: Int
        let furtherConsents: Int
        let consentFile: String?
    }
    private struct ImportView: Decodable {
        let accounts: Int
        let rejected: Int
        let classes: [String: Int]
        let rejects: [String: Int]
    }

    private static let day = "2026-10-31"
    private static let header = [
        "scheme", "identifier", "name", "accountNumber", "role", "kind", "product", "retail",
        "status", "currency", "daysPastDue", "overdue", "balance", "limit", "history",
        "historyEnds", "openedMonth", "closedMonth", "badEventEnded", "overduePeak", "dispute",
        "relief", "noticeHeld", "creditImpaired", "expectedLossBasisPoints", "technicalCause",
        "restructuredOn", "firstPaymentOn", "subjectStatus", "consentBasis", "consentPurposes",
        "consentGrantedAt", "consentExpiresAt", "consentWithdrawnAt", "consentEvidenceDigest",
    ]

    /// Every kind of value, in the order of the header; what is left out is blank.
    private static let rows: [[String: String]] = [
        [
            "accountNumber": "B/1, \"old\"", "daysPastDue": "95", "overdue": "1200.05",
            "history": "NN123*#4", "historyEnds": "2026-10", "openedMonth": "2025-01",
            "creditImpaired": "true", "expectedLossBasisPoints": "5100", "noticeHeld": "yes",
            "subjectStatus": "bankrupt",
        ],
        [
            "accountNumber": "B/2", "daysPastDue": "unknown", "technicalCause": "unknown",
            "currency": "JPY", "balance": "70000", "dispute": "amount", "role": "guarantor",
            "consentBasis": "legal-duty", "consentExpiresAt": "",
        ],
        [
            "accountNumber": "B/3", "status": "settled", "balance": "0", "closedMonth": "2026-09",
            "badEventEnded": "2026-08-20", "overduePeak": "0.05", "consentPurposes": "post-loan",
            "consentWithdrawnAt": "2026-06-01T12:30:15Z",
        ],
        [
            "accountNumber": "B/4", "restructuredOn": "2026-02-10", "firstPaymentOn": "2026-03-10",
            "relief": "payment-extension", "retail": "false", "limit": "50000.00",
        ],
        [
            "accountNumber": "B/5", "consentBasis": "", "consentPurposes": "",
            "consentGrantedAt": "", "consentExpiresAt": "", "consentEvidenceDigest": "",
        ],
    ]

    private static func text() -> String {
        let subjects: [ScenarioSubject] = [.good, .small, .shared, .behind, .unknown]
        let lines = zip(subjects, rows).map { subject, row in
            let usual = [
                "scheme": "cn-rid", "identifier": subject.identifier, "name": subject.name,
                "role": "borrower", "kind": "instalment", "product": "loan", "retail": "true",
                "status": "open", "currency": "CNY", "daysPastDue": "0", "balance": "15000.00",
                "consentBasis": "consent", "consentPurposes": "loan-approval;post-loan",
                "consentGrantedAt": "2026-01-05T09:00:00Z",
                "consentExpiresAt": "2099-01-05T09:00:00Z",
                "consentEvidenceDigest":
                    "sha-256=:\(Data(repeating: 7, count: 32).base64EncodedString()):",
            ]
            let cells = usual.merging(row) { $1 }
            return header.map { cells[$0, default: ""].replacing("\"", with: "\"\"") }
                .map { "\"\($0)\"" }.joined(separator: ",")
        }
        return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    private static var consents: String {
        "scheme,identifier,basis,purposes,granted_at,expires_at,withdrawn_at,evidence_digest\n"
            + "cn-rid,\(ScenarioSubject.good.identifier),consent,card-approval,"
            + "2025-12-01T00:00:00Z,2099-01-01T00:00:00Z,,\n"
    }

    /// Makes a member's rekey key and names its private half.
    private func key(of member: String, _ consortium: ScenarioConsortium) async throws -> String {
        let out = consortium.site.folder.appending(path: "\(member).rekey").path
        let made = try await Command.run([
            "node", "rekey-key", "--home", try consortium.home(ofMember: member).folder.path,
            "--member", member, "--out", out,
        ])
        try #require(made.status == 0, "\(made.errors)")
        return out
    }

    private func importing(
        _ file: String, of member: String, _ consortium: ScenarioConsortium, _ more: String...
    ) async throws -> ImportView {
        let output = try await Command.run(
            [
                "book", "import", file, "--home",
                try consortium.home(ofMember: member).folder.path, "--member", member, "--as-of",
                Self.day, "--json",
            ] + more)
        try #require(output.status == 0, "\(output.errors)")
        return try JSONDecoder().decode(ImportView.self, from: Data(output.text.utf8))
    }

    private func exporting(
        of member: String, to name: String, _ consortium: ScenarioConsortium, _ more: String...
    ) async throws -> Command.Output {
        try await Command.run(
            [
                "book", "export", "--home", try consortium.home(ofMember: member).folder.path,
                "--member", member, "--out", consortium.site.folder.appending(path: name).path,
                "--json",
            ] + more)
    }

    private func view(_ output: Command.Output) throws -> View {
        try JSONDecoder().decode(View.self, from: Data(output.text.utf8))
    }

    @Test("with the private key, and another lender's import of it gives the same book")
    func roundTrip() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let lakeside = try await key(of: "lakeside", consortium)
            let cedar = try await key(of: "cedar", consortium)
            let source = try consortium.write(Self.text(), to: "source.csv")
            let consents = try consortium.write(Self.consents, to: "consents.csv")
            let first = try await importing(
                source, of: "lakeside", consortium, "--consents", consents)
            try #require(first.accounts == 5, "\(first.rejects)")

            let out = try await exporting(
                of: "lakeside", to: "one.csv", consortium, "--private-key", lakeside)
            try #require(out.status == 0, "\(out.errors)")
            let exported = try view(out)
            #expect(exported.accounts == 5 && exported.importable)
            #expect(exported.furtherConsents == 1)
            let one = consortium.site.folder.appending(path: "one.csv")
            let attributes = try FileManager.default.attributesOfItem(atPath: one.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let text = try String(contentsOf: one, encoding: .utf8)
            for row in Self.rows where row["accountNumber"] != "B/1, \"old\"" {
                #expect(text.contains(try #require(row["accountNumber"])))
            }
            for value in [
                ScenarioSubject.good.name, "\"B/1, \"\"old\"\"\"", "1200.05", "70000,", "0.05",
                "NN123*#4", "2026-06-01T12:30:15Z", "legal-duty", "payment-extension",
            ] {
                #expect(text.contains(value), "\(value)")
            }

            let second = try await importing(
                one.path, of: "cedar", consortium, "--consents",
                try #require(exported.consentFile))
            #expect(second.accounts == 5, "\(second.rejects)")
            #expect(second.classes == first.classes)
            let again = try await exporting(
                of: "cedar", to: "two.csv", consortium, "--private-key", cedar)
            #expect(again.status == 0, "\(again.errors)")
            let two = consortium.site.folder.appending(path: "two.csv")
            #expect(try String(contentsOf: two, encoding: .utf8) == text)
            #expect(
                try String(contentsOfFile: #require(view(again).consentFile), encoding: .utf8)
                    == String(contentsOfFile: #require(exported.consentFile), encoding: .utf8))
        }
    }

    @Test("without the key it names nobody and cannot be imported")
    func references() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            _ = try await key(of: "lakeside", consortium)
            let source = try consortium.write(Self.text(), to: "source.csv")
            _ = try await importing(source, of: "lakeside", consortium)
            let out = try await exporting(of: "lakeside", to: "out.csv", consortium)
            #expect(out.status == 0, "\(out.errors)")
            #expect(try view(out).importable == false)
            let file = consortium.site.folder.appending(path: "out.csv").path
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for subject in [ScenarioSubject.good, .small, .shared, .behind, .unknown] {
                #expect(!text.contains(subject.identifier))
                #expect(!text.contains(subject.name))
            }
            #expect(!text.contains("B/2"))
            let numbers = try await Command.run(
                [
                    "book", "reference", "--home",
                    try consortium.home(ofMember: "lakeside").folder.path, "--member", "lakeside",
                ], input: "B/2\nB/5\n")
            for reference in numbers.text.split(separator: "\n") {
                #expect(text.contains(",\(reference),"))
            }
            let taken = try await importing(file, of: "cedar", consortium)
            #expect(taken.accounts == 0 && taken.rejected == 5)
        }
    }

    @Test("what was imported before the key is said, and nothing is overwritten")
    func incomplete() async throws {
        try await ScenarioConsortium.offline { consortium in
            let lakeside = try await key(of: "lakeside", consortium)
            let out = try await exporting(
                of: "lakeside", to: "out.csv", consortium, "--private-key", lakeside)
            #expect(out.status == 3)
            #expect(try view(out).unsealed == 2)
            let again = try await exporting(of: "lakeside", to: "out.csv", consortium)
            #expect(again.errorCode == "file")
            let other = try await exporting(
                of: "cedar", to: "cedar.csv", consortium, "--private-key", lakeside)
            #expect(other.errorCode == "unknown-member")
            let part = try await exporting(
                of: "lakeside", to: "part.csv", consortium, "--part", "north")
            #expect(part.errorCode == "not-found")
            let names = try FileManager.default.contentsOfDirectory(
                atPath: consortium.site.folder.path)
            #expect(!names.contains { $0.hasPrefix("cedar.csv") || $0.hasPrefix("part.csv") })
            #expect(!names.contains { $0.hasSuffix(".partial") })
        }
    }
}
