import Book
import Foundation
import Pseudonym
import RiskStandard
import Testing

@testable import Exchange

@Suite("Book importer")
struct BookImporterTests {
    private let node: TestNode

    init() throws {
        node = try AnswerScene().node
    }

    @Test("a row becomes an account under the subject's token, with its class and consent")
    func row() async throws {
        let done = try PlainImport(
            [.init(.zhang, account: "L-1") { $0.daysPastDue = "95" }], into: node)
        #expect(done.rejected.isEmpty)
        #expect(done.result.rows == 1)
        #expect(done.result.accounts == [.substandard: 1])

        let record = try #require(await node.records(.zhang)["lakeside"])
        #expect(record.kind == .person)
        #expect(record.nameChecks == [node.token(.zhang).nameCheck])
        #expect(record.accounts.count == 1)
        #expect(record.accounts[0].riskClass == .substandard)
        #expect(record.accounts[0].decidedBy == Samples.rule("cn-2023/11.1"))
        #expect(record.accounts[0].standard == Samples.standard)
        #expect(record.accounts[0].balance == Samples.yuan(80_000))
        #expect(record.accounts[0].asOf == Samples.bookDay)
        #expect(
            record.consents == [
                HeldConsent(
                    basis: .consent, purposes: ["loan-approval", "post-loan"],
                    grantedAt: Samples.time("2026-01-01T00:00:00Z"),
                    expiresAt: Samples.time("2027-01-01T00:00:00Z"), evidenceDigest: nil)
            ])
    }

    @Test("a subject has a token under every key of the node, the coming one too")
    func everyKey() async throws {
        let keys = try [
            TestNode.key("k1"), TestNode.key("k2", state: .next),
            TestNode.key("k0", state: .retiring),
        ]
        let scene = try AnswerScene(keys: keys)
        _ = try PlainImport([.init(.zhang, account: "L-1")], into: scene.node)
        for key in keys {
            let output = key.secret.output(for: Samples.input(.zhang))
            let kid = key.kid.rawValue
            let record = try #require(await scene.node.records(.zhang, kid: kid)["lakeside"])
            #expect(record.nameChecks == [output.nameCheck(Samples.name("张三"))])
            #expect(
                try await scene.node.store.tokens(kid: kid, after: 0)
                    == TokenHashes([output.token]))
        }
    }

    @Test("an identifier in any spelling is the same subject")
    func spellings() async throws {
        _ = try PlainImport(
            [
                .init(.wang, account: "L-1"),
                .init("99999919800110259x", account: "L-2") { $0.name = "王 五" },
                .init(" 999999-19800110-259X ", account: "L-3") { $0.name = "王五" },
            ], into: node)
        let record = try #require(await node.records(.wang)["lakeside"])
        #expect(record.accounts.count == 3)
        #expect(record.nameChecks.count == 1)
    }

    @Test("a row that cannot be taken is left out with its line and code, and shows nobody")
    func rejects() async throws {
        let rows: [(PlainBook.Row, String?)] = [
            (.init(.zhang, account: "L-1"), nil),
            (.init("999999199012310020", account: "L-2"), "identifier-check-character"),
            (.init("999999190002290012", account: "L-3"), "identifier-date"),
            (.init("99999919901231002", account: "L-4"), "identifier-length"),
            (.init("99999919901231002Y", account: "L-5"), "identifier-character"),
            (.init("9.99999E+17", account: "L-6"), "identifier-damaged-by-spreadsheet"),
            (.init(.li, account: "L-7") { $0.scheme = "lei" }, "scheme-unknown"),
            (.init(.li, account: "L-8") { $0.scheme = "passport" }, "scheme-unknown"),
            (.init(.li, account: "L-9") { $0.expectedLoss = "5000" }, "contradiction"),
            (.init(.li, account: "L-10") { $0.purposes = "marketing" }, "consent"),
            (.init(.zhang, account: "L-1"), "duplicate-account"),
            (.init(.li, account: "L-11") { $0.balance = "90071992547409.92" }, "amount-overflow"),
            (.init(.li, account: "L-12") { $0.balance = "90071992547409.91" }, nil),
            (.init(.wang, account: "L-13"), nil),
        ]
        let done = try PlainImport(rows.map(\.0), into: node)
        let expected = rows.enumerated().compactMap { index, row in
            // The header is line 1.
            row.1.map { "\(index + 2) \($0)" }
        }
        #expect(done.rejected.map { "\($0.line) \($0.code)" } == expected)
        #expect(done.result.rows == rows.count)
        #expect(done.result.rejected == expected.count)
        #expect(done.result.accounts == [.normal: 3])
        for rejection in done.rejected {
            #expect(!rejection.reason.isEmpty)
            for (row, _) in rows {
                for text in [row.identifier, row.name, row.account, "90071992547409"] {
                    #expect(!"\(rejection)".contains(text), "line \(rejection.line)")
                }
            }
        }
    }

    @Test("facts that the standard refuses together are no account, whoever read them")
    func contradiction() async throws {
        var record = AccountRecord(
            line: 8, scheme: "cn-rid", identifier: Samples.Resident.zhang.rawValue,
            accountNumber: "L-1", role: .borrower, kind: .instalment, product: "loan",
            retail: true, status: .open)
        record.facts.expectedLossBasisPoints = .known(5000)
        var rows: [BookRow] = [.record(record)]
        var rejected: [RejectedRow] = []
        let result = try node.importer().importBook(
            PlainImport.header(), rows: { rows.popLast() }, reject: { rejected.append($0) })
        #expect(rejected.map(\.code) == ["facts-contradict"])
        #expect(rejected.map(\.line) == [8])
        #expect(rejected[0].reason.contains("expectedLossBasisPoints"))
        #expect(!rejected[0].reason.contains("5000"))
        #expect(result.rejected == 1)
        #expect(try await node.records(.zhang).isEmpty)
    }

    @Test("a borrower and a co-borrower share one account, and each has it once")
    func coBorrowers() async throws {
        let rows: [PlainBook.Row] = [
            .init(.zhang, account: "L-1"),
            .init(.li, account: "L-1") { $0.role = "co-borrower" },
            .init(.li, account: "L-1") { $0.role = "guarantor" },
        ]
        let done = try PlainImport(rows, into: node)
        #expect(done.rejected.map(\.line) == [4])
        let first = try #require(await node.records(.zhang)["lakeside"]?.accounts.first)
        let second = try #require(await node.records(.li)["lakeside"]?.accounts.first)
        #expect(first.reference == second.reference)
        #expect([first.role, second.role] == [.borrower, .coBorrower])
        let totals = try await node.store.classTotals(of: Samples.member("lakeside"))
        #expect(totals.map(\.accounts) == [1])
    }

    @Test("rows beyond a batch come in the file's order, and so do their rejects")
    func batches() throws {
        let count = BookImporter.batchSize * 2 + 17
        let rows = (0..<count).map { index in
            PlainBook.Row(
                index % 97 == 5 ? "999999199012310020" : "999999199012310022",
                account: "L-\(index % 4000)")
        }
        let done = try PlainImport(rows, into: node)
        let lines = rows.indices.filter { index in
            rows[index].identifier == "999999199012310020"
                || rows[..<index].suffix(4000).dropFirst(index < 4000 ? index : 0).first
                    .map { $0.identifier == rows[index].identifier } == true
        }
        #expect(done.rejected.map(\.line) == lines.map { $0 + 2 })
        #expect(done.result.rows == count)
        #expect(done.result.accounts[.normal] == count - lines.count)
    }

    @Test(
        "when the file cannot be read to its end, the book stays as it was", arguments: [1, 3000])
    func rollback(rowsRead: Int) async throws {
        _ = try PlainImport([.init(.zhang, account: "L-1")], into: node)
        let rows = (0..<rowsRead).map { PlainBook.Row(.li, account: "N-\($0)") }
        var reader = try PlainBook(rows).reader()
        #expect(throws: BookError.unclosedQuote(line: 7)) {
            try node.importer().importBook(
                PlainImport.header(),
                rows: {
                    guard let row = try reader.next() else {
                        throw BookError.unclosedQuote(line: 7)
                    }
                    return row
                }, reject: { _ in })
        }
        #expect(try await node.records(.li).isEmpty)
        #expect(try await node.records(.zhang)["lakeside"]?.accounts.count == 1)
    }

    @Test("when rejects cannot be written, the book stays as it was")
    func rollbackOfRejects() async throws {
        struct DiskFull: Error {}
        var reader = try PlainBook([
            .init(.li, account: "L-1"), .init("1", account: "L-2"),
        ]).reader()
        #expect(throws: DiskFull.self) {
            try node.importer().importBook(
                PlainImport.header(), rows: { try reader.next() }, reject: { _ in throw DiskFull() }
            )
        }
        #expect(try await node.records(.li).isEmpty)
    }

    @Test("a part that is imported again takes the place of what it held")
    func replacement() async throws {
        _ = try PlainImport(
            [.init(.zhang, account: "L-1"), .init(.li, account: "L-2")], into: node)
        _ = try PlainImport([.init(.wang, account: "C-1")], part: "cards", into: node)
        let again = try PlainImport(
            [.init(.zhang, account: "L-3")], correction: "the wrong file", into: node)
        #expect(again.result.changes.new == 1)
        #expect(again.result.changes.removed == 2)
        #expect(try await node.records(.zhang)["lakeside"]?.accounts.count == 1)
        #expect(try await node.records(.li).isEmpty)
        #expect(try await node.records(.wang)["lakeside"]?.accounts.count == 1)
    }

    @Test("nothing that names a borrower or an account reaches the store's files")
    func privacy() throws {
        let rows = Samples.Resident.allCases.map { PlainBook.Row($0, account: "Konto-\($0)") }
        _ = try PlainImport(rows, into: node)
        let bytes = try node.storedBytes()
        #expect(bytes.count > 4096)
        for row in rows {
            for text in [row.identifier, row.name, row.account] {
                #expect(bytes.range(of: Data(text.utf8)) == nil)
            }
        }
    }

    @Test("a charter that this version cannot follow is refused before anything is read")
    func charter() throws {
        var directory = TestDirectory()
        directory.charter.standard = "cn-2031@4"
        #expect(throws: BookImportError.unknownStandard("cn-2031@4")) {
            try AnswerScene(directory).node.importer()
        }
        directory = TestDirectory()
        directory.charter.schemes = [.init(name: "tax-number")]
        #expect(throws: BookImportError.charterScheme) {
            try AnswerScene(directory).node.importer()
        }
    }
}
