import Book
import Exchange
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("What the store cannot tell")
struct PrivacyTests {
    @Test("leaves nothing of a deleted subject in the file")
    func deleted() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        let gone = Samples.entry(77, name: 78, consent: Samples.consent())
        try store.importBook([gone] + (0..<50).map { Samples.entry($0) })
        try store.importBook((0..<50).map { Samples.entry($0) })
        try store.close()
        let bytes = try temporary.bytes()
        for kept in [Samples.token(3).bytes, Samples.reference(3).bytes] {
            #expect(bytes.range(of: Data(kept)) != nil)
        }
        for forgotten in [
            Samples.token(77).bytes, Samples.reference(77).bytes, Samples.nameCheck(78).bytes,
        ] {
            #expect(bytes.range(of: Data(forgotten)) == nil)
        }
    }

    @Test("holds texts only of closed lists, names of members and keys, and facts")
    func texts() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        let entry = HeldEntry(
            subject: Samples.subject(1, name: 1), subjectStatus: .bankrupt,
            account: Samples.account(1, full: true), consent: Samples.consent())
        try store.importBook([entry])
        _ = try await store.recordInquiry(Samples.inquiry(2))
        try store.close()
        let texts = try temporary.withDatabase { db in
            try ["account", "consent", "inquiry", "subject", "token"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").flatMap { row in
                    row.databaseValues.compactMap { value in
                        if case .string(let text) = value.storage { text } else { nil }
                    }
                }
            }
        }
        let expected: Set = [
            "bankrupt", "co-borrower", "revolving-line", "consumer-loan",
            "written-off-still-claimed", "substandard", "cn-2023/11.1", "cn-2023@1",
            #"{"daysPastDue":95,"technicalCause":null}"#, "CNY", "JPY", "N*NN1234",
            "payment-extension", "identity-theft", "consent", #"["loan-approval"]"#,
            "loan-approval", "person", "k1",
        ]
        #expect(Set(texts) == expected)
    }

    @Test("keeps values out of errors")
    func errors() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        var account = Samples.account(1)
        account.relief = String(repeating: "secret", count: 10)
        let entry = HeldEntry(
            subject: Samples.subject(1), subjectStatus: nil, account: account, consent: nil)
        let error = #expect(throws: StoreError.self) { try store.importBook([entry]) }
        let text = String(reflecting: error)
        #expect(text.contains("relief"))
        #expect(!text.contains("secret"))
        let token = Samples.token(1).bytes.map { String($0, radix: 16) }.joined()
        #expect(!text.contains(token))
    }
}
