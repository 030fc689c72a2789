import Book
import Foundation
import Membership
import Pseudonym
import RiskStandard
import Testing

@testable import Exchange

@Suite("Tokens of the next key from what is sealed")
struct RekeyerTests {
    private let node: TestNode
    private let next: PseudonymKey
    private let rekey = RekeyPrivateKey.generate()
    private let lakeside = Samples.member("lakeside")

    init() throws {
        node = try AnswerScene().node
        next = try TestNode.key("k2", state: .next, seed: 2)
    }

    private var sealer: RekeySealer { RekeySealer([lakeside: rekey.publicKey]) }
    private var references: ReferenceKey {
        get throws { try #require(ReferenceKey(bytes: 0..<32)) }
    }

    private func importRows(
        _ rows: [PlainBook.Row], sealer: RekeySealer?, part: String = "main"
    ) throws {
        let importer = try BookImporter(
            context: node.context, standards: .embedded, references: references, sealer: sealer)
        var book = try PlainBook(rows).reader()
        let result = try importer.importBook(
            PlainImport.header(part: part), rows: { try book.next() },
            reject: { Issue.record("line \($0.line) was rejected: \($0.code)") })
        #expect(result.isSealed == (sealer != nil))
    }

    private func count(_ keys: [RekeyPrivateKey]) async throws -> RekeyCount {
        try await Rekeyer(context: node.context, key: next).rekey(lakeside, privateHalves: keys)
    }

    private func records(_ resident: Samples.Resident) async throws -> [HeldRecord] {
        let token = next.secret.output(for: Samples.input(resident)).token
        return try await node.store.records(kid: "k2", tokens: [token], at: Samples.now)[0]
    }

    @Test("finds every subject again, by the name that its lender states")
    func allSubjects() async throws {
        try importRows(
            [
                .init(.zhang, account: "L-1") { $0.daysPastDue = "95" },
                .init(.li, account: "L-2"), .init(.wang, account: "L-3"),
            ], sealer: sealer)
        #expect(try await records(.zhang).isEmpty)
        let count = try await count([rekey])
        #expect(count.subjects == 3 && count.made == 3 && count.lacking == 0)
        for resident in Samples.Resident.allCases {
            let output = next.secret.output(for: Samples.input(resident))
            let record = try #require(try await records(resident).first)
            #expect(record.member == lakeside)
            #expect(record.nameChecks == [output.nameCheck(Samples.name(resident.name))])
            #expect(record.accounts.count == 1 && record.consents.count == 1)
        }
        #expect(try await node.store.tokens(kid: "k2", after: 0).count == 3)
        #expect(try await node.store.tokens(kid: "k1", after: 0).count == 3)
    }

    @Test("makes nothing twice, and goes on with what came since")
    func again() async throws {
        try importRows([.init(.zhang, account: "L-1")], sealer: sealer)
        #expect(try await count([rekey]).made == 1)
        try importRows(
            [.init(.li, account: "L-2")], sealer: sealer, part: "branch")
        let second = try await count([rekey])
        #expect(second.had == 1 && second.made == 1)
        let third = try await count([rekey])
        #expect(third.had == 2 && third.made == 0 && third.lacking == 0)
    }

    @Test("counts what is not sealed, and what no private half opens")
    func lacking() async throws {
        try importRows([.init(.zhang, account: "L-1")], sealer: nil)
        try importRows([.init(.li, account: "L-2")], sealer: sealer, part: "branch")
        for keys in [[], [RekeyPrivateKey.generate()]] {
            let count = try await count(keys)
            #expect(count.unsealed == 1 && count.unopened == 1 && count.lacking == 2)
            #expect(count.made == 0)
        }
        // The same rows once more: nothing is new but the seal.
        try importRows([.init(.zhang, account: "L-1")], sealer: sealer)
        let sealed = try await count([RekeyPrivateKey.generate(), rekey])
        #expect(sealed.made == 2 && sealed.lacking == 0)
    }

    @Test("finds a subject that only an inquiry brought")
    func inquiry() async throws {
        let reference = try references.subject(
            member: lakeside, scheme: "cn-rid", identifier: Samples.Resident.wang.rawValue)
        let session = try #require(try sealer.begin(for: lakeside))
        let identity = ClearIdentity(
            scheme: "cn-rid", identifier: Samples.Resident.wang.rawValue, name: "王五")
        let inquiry = Inquiry(
            member: lakeside,
            subject: node.subject(.wang, name: Samples.name("王五")), purpose: "loan-approval",
            at: Samples.now, caseDigest: nil, consent: Samples.heldConsent(),
            reference: reference,
            sealed: SealedBytes(
                keyBox: session.keyBox, bytes: try session.seal(identity, for: reference)))
        #expect(try await node.store.recordInquiry(inquiry))
        let count = try await count([rekey])
        #expect(count.made == 1 && count.lacking == 0)
        let record = try #require(try await records(.wang).first)
        let underOldKey = try #require(try await node.records(.wang)["lakeside"])
        #expect(record.inquiries == underOldKey.inquiries)
        // A book that states the same borrower later finds the same subject.
        try importRows([.init(.wang, account: "L-3")], sealer: sealer)
        let held = try #require(try await node.records(.wang)["lakeside"])
        #expect(held.accounts.count == 1 && held.inquiries == record.inquiries)
    }

    @Test("opens account numbers for their own reference alone")
    func accountNumbers() async throws {
        try importRows([.init(.zhang, account: "L-1")], sealer: sealer)
        let row = try #require(
            try await node.store.heldRows(of: lakeside, after: 0, limit: 10).first)
        let sealed = try #require(row.sealedAccount)
        var identities = SealedIdentities([rekey])
        #expect(identities.accountNumber(sealed, of: row.account.reference) == "L-1")
        #expect(identities.accountNumber(sealed, of: Samples.reference(1)) == nil)
        let subject = try #require(row.subject)
        let sealedSubject = try #require(row.sealedSubject)
        #expect(
            identities.subject(sealedSubject, of: subject)?.identifier
                == Samples.Resident.zhang.identifier)
    }

    @Test("leaves no identifier, name or account number in the store's files")
    func privacy() async throws {
        try importRows([.init(.zhang, account: "SECRET-77")], sealer: sealer)
        _ = try await count([rekey])
        let bytes = try node.storedBytes()
        for text in [Samples.Resident.zhang.rawValue, "张三", "SECRET-77"] {
            #expect(bytes.range(of: Data(text.utf8)) == nil)
        }
    }

    @Test("a key that is destroyed takes its tokens and filters along")
    func forget() async throws {
        try importRows([.init(.zhang, account: "L-1")], sealer: sealer)
        _ = try await count([rekey])
        try await FilterPublisher(context: node.context).refresh()
        let before = try await node.store.publishedFilters()
        #expect(before.map(\.entry.kid) == ["k1"])
        try await node.store.forgetTokens(kid: "k1")
        #expect(try await node.store.tokens(kid: "k1", after: 0).isEmpty)
        #expect(try await node.store.publishedFilters().isEmpty)
        #expect(try await node.store.filterBody(digest: before[0].entry.digest) == nil)
        #expect(try await records(.zhang).count == 1)
    }
}
