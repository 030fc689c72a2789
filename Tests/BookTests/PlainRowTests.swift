import Foundation
import RiskStandard
import Testing

@testable import Book

@Suite("A row of the plain layout that comes from no file")
struct PlainRowTests {
    private let asOf = CalendarDate("2026-10-31")
    private let full: [String: PlainRow.Value] = [
        "scheme": .text("cn-rid"), "identifier": .text("999999199012310022"),
        "name": .text("Lin \"Lulu\", Example"), "accountNumber": .text("L-1"),
        "role": .text("borrower"), "kind": .text("instalment"), "product": .text("consumer-loan"),
        "retail": .flag(true), "status": .text("open"), "openedMonth": .text("2025-03"),
        "currency": .text("CNY"), "overdue": .integer(123_456), "balance": .integer(5_000_000),
        "history": .text("NNN1"), "historyEnds": .text("2026-10"), "daysPastDue": .integer(12),
        "technicalCause": .text("unknown"), "creditImpaired": .flag(true),
        "expectedLossBasisPoints": .integer(2500), "consentBasis": .text("consent"),
        "consentPurposes": .list(["loan-approval", "post-loan"]),
        "consentGrantedAt": .text("2026-01-05"), "consentExpiresAt": .text("2099-01-05"),
    ]

    private func row(_ values: [String: PlainRow.Value]) throws -> BookRow? {
        let day = try #require(asOf)
        return try PlainRow(values).row(asOf: day)
    }

    private func record(_ values: [String: PlainRow.Value]) throws -> AccountRecord? {
        guard case .record(let record) = try row(values) else {
            return nil
        }
        return record
    }

    private func reject(_ change: (inout [String: PlainRow.Value]) -> Void) throws -> RejectedRow? {
        var values = full
        change(&values)
        guard case .rejected(let reject) = try row(values) else {
            return nil
        }
        return reject
    }

    @Test("is the account that the same row of a file is")
    func sameAsFile() throws {
        let csv = """
            scheme,identifier,name,accountNumber,role,kind,product,retail,status,openedMonth,\
            currency,overdue,balance,history,historyEnds,daysPastDue,technicalCause,\
            creditImpaired,expectedLossBasisPoints,consentBasis,consentPurposes,\
            consentGrantedAt,consentExpiresAt
            cn-rid,999999199012310022,"Lin ""Lulu"", Example",L-1,borrower,instalment,\
            consumer-loan,true,open,2025-03,CNY,1234.56,50000,NNN1,2026-10,12,unknown,true,2500,\
            consent,loan-approval;post-loan,2026-01-05,2099-01-05
            """
        var reader = try BookReader(
            mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(csv.utf8)), asOf: asOf)
        var own = try #require(try record(full))
        guard case .record(let fromFile) = try reader.next() else {
            Issue.record("the file's row was rejected")
            return
        }
        own.original = fromFile.original
        #expect(own == fromFile)
        #expect(own.overdue == Money(minorUnits: 123_456, currency: "CNY"))
        #expect(own.facts.daysPastDue == .known(12))
    }

    @Test("may leave out what the layout does not need")
    func sparse() throws {
        let needed = [
            "scheme", "identifier", "accountNumber", "role", "kind", "product", "retail", "status",
        ]
        let sparse = try #require(try record(full.filter { needed.contains($0.key) }))
        #expect(sparse.facts.daysPastDue == .unknown)
        #expect(sparse.consent == nil && sparse.name == nil && sparse.balance == nil)
        for name in needed {
            let reject = try #require(try reject { $0[name] = nil })
            #expect(reject.code == "value-missing")
            #expect(reject.column == name)
        }
    }

    @Test("is refused by the codes of a file, without personal texts")
    func rejects() throws {
        #expect(try reject { $0["status"] = .text("gone") }?.code == "value-unknown")
        #expect(try reject { $0["overdue"] = .integer(-1) }?.code == "negative")
        #expect(try reject { $0["openedMonth"] = .text("2026-11") }?.code == "date-after-as-of")
        #expect(try reject { $0["name"] = .text("a\u{0}b") }?.code == "nul-byte")
        let reject = try #require(
            try reject { $0["identifier"] = .text(String(repeating: "9", count: 129)) })
        #expect(!reject.reason.contains("999"))
    }

    @Test("has the types of its values, and no other names")
    func types() throws {
        let wrong: [(String, PlainRow.Value)] = [
            ("retail", .text("true")), ("retail", .text("unknown")), ("balance", .text("1.00")),
            ("balance", .flag(true)), ("daysPastDue", .text("12")), ("identifier", .integer(1)),
            ("consentPurposes", .text("loan-approval")), ("name", .list(["a"])),
            ("creditImpaired", .integer(1)),
        ]
        for (name, value) in wrong {
            var values = full
            values[name] = value
            let error = #expect(throws: PlainRowError.self) { try PlainRow(values) }
            if case .type(let found, _) = error { #expect(found == name) }
            #expect(error != .unknown)
        }
        for name in ["colour", "letter", "Identifier", ""] {
            var values = full
            values[name] = .text("x")
            #expect(throws: PlainRowError.unknown) { try PlainRow(values) }
        }
        #expect(PlainRow.names.count == Set(PlainRow.names).count)
        #expect(PlainRow.names.contains("noticeHeld"))
    }

    @Test("has the members that the schema of the local API lists")
    func schema() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "protocol/schemas/account-put.json")
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let members = try #require(schema["properties"] as? [String: Any])
        #expect(Set(members.keys) == Set(PlainRow.names + ["member", "part", "asOf"]))
    }
}
