import Book
import Crypto
import Membership
import RiskStandard
import StrictJSON
import Testing

@testable import Exchange

@Suite("The lender's statement")
struct StatementTests {
    private static func negative(_ number: Int, noticeHeld: Bool = true) -> HeldAccount {
        var account = Samples.heldAccount(number, daysPastDue: 100)
        account.noticeHeld = noticeHeld
        return account
    }

    private func publish(_ scene: AnswerScene) async throws -> [Publication] {
        try await BookPublisher(context: scene.node.context, filters: scene.publisher).publish()
    }

    @Test("counts subjects, accounts and balances, and what is withheld by reason")
    func counts() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(
            .li, by: "lakeside", accounts: [Self.negative(2), Samples.heldAccount(3)],
            consents: [])
        try scene.node.hold(
            .wang, by: "lakeside", accounts: [Self.negative(4, noticeHeld: false)])
        let publication = try #require(await publish(scene).first)
        #expect(publication.member == Samples.member("lakeside"))
        #expect(
            publication.subjects
                == PublishedSubjects(count: 3, withheld: [.consentPurpose: 1, .heldBack: 1]))
        #expect(
            publication.totals == [
                ClassTotal(riskClass: .normal, currency: "CNY", accounts: 2, balance: 16_000_000),
                ClassTotal(
                    riskClass: .substandard, currency: "CNY", accounts: 2, balance: 16_000_000),
            ])
        #expect(publication.asOf == Samples.bookDay)
        #expect(publication.parts.map(\.accounts) == [2, 1, 1])
        #expect(publication.filters.map(\.count) == [3])
        let manifest = try #require(await scene.publisher.manifest)
        #expect(manifest.members[0].undisclosed == 2)
    }

    @Test(
        "of several reasons the statement has the one that a query gets",
        arguments: [
            ([Samples.heldConsent(expires: Samples.now)], RefusalCode.consentExpired),
            ([Samples.heldConsent(withdrawn: Samples.now)], .consentWithdrawn),
            (
                [Samples.heldConsent(granted: Samples.now.advanced(bySeconds: 9))],
                .consentNotYetValid
            ),
            (
                [
                    Samples.heldConsent(expires: Samples.now),
                    Samples.heldConsent(["post-loan"], withdrawn: Samples.now),
                ], .consentWithdrawn
            ),
        ] as [([HeldConsent], RefusalCode)])
    func reasons(consents: [HeldConsent], code: RefusalCode) async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside", consents: consents)
        let publication = try #require(await publish(scene).first)
        #expect(publication.subjects == PublishedSubjects(count: 1, withheld: [code: 1]))
    }

    @Test("a legal duty that survives its withdrawal withholds nothing, but for a missing notice")
    func survivingDuty() async throws {
        let scene = try AnswerScene()
        let duty = [Samples.heldConsent(expires: nil, withdrawn: Samples.now)]
        try scene.node.hold(.zhang, by: "lakeside", consents: duty)
        try scene.node.hold(
            .li, by: "lakeside", accounts: [Self.negative(2, noticeHeld: false)], consents: duty)
        let publication = try #require(await publish(scene).first)
        #expect(publication.subjects == PublishedSubjects(count: 2, withheld: [.heldBack: 1]))
    }

    @Test("what a display rule hides needs no notice, and is counted as hidden")
    func hidden() async throws {
        var directory = TestDirectory()
        directory.charter.displayRules = [Samples.repair]
        let scene = try AnswerScene(directory)
        var account = Samples.account(letters: "N1NN", ending: "2025-12", peak: 500)
        account.noticeHeld = false
        try scene.node.hold(.zhang, by: "lakeside", accounts: [account])
        let publication = try #require(await publish(scene).first)
        #expect(publication.hiddenAccounts == 1)
        #expect(publication.subjects == PublishedSubjects(count: 1, withheld: [:]))
        #expect(
            try await scene.ask([.zhang])[0].summaries.first?.accounts.first?.history?.letters
                .contains("1") == false)
    }

    @Test("is bytes in one order, whatever the order of its parts, and kept as they are")
    func bytes() async throws {
        let statement = { (parts: [PublishedPart]) in
            Publication(
                consortium: try TestDirectory().directory().consortium, directoryVersion: 7,
                node: Samples.node("lakeside-node"), member: Samples.member("lakeside"),
                publishedAt: Samples.now, standard: "cn-2023@1", scope: .negativeOnly,
                asOf: Samples.bookDay, isComplete: false, parts: parts,
                subjects: PublishedSubjects(
                    count: 3, withheld: [.heldBack: 1, .consentPurpose: 2, .consentExpired: 0]),
                hiddenAccounts: 1,
                totals: [
                    ClassTotal(riskClass: .normal, currency: nil, accounts: 1, balance: 0),
                    ClassTotal(riskClass: .loss, currency: "CNY", accounts: 2, balance: .max),
                ],
                filters: [
                    ManifestFilter(
                        kid: "k1", count: 3, digest: Samples.bytes(1, count: 32),
                        generated: Samples.now)
                ])
        }
        let branches = [
            PublishedPart(
                name: "b", asOf: Samples.bookDay, accounts: 2, rejects: ["date": 1, "currency": 2]),
            PublishedPart(name: "a", asOf: nil, accounts: 0, rejects: [:]),
        ]
        let bytes = try statement(branches).statementBytes
        #expect(try statement(branches.reversed()).statementBytes == bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"statement":"creditmesh-statement-v1","consortium":"test.creditmesh","#
                + #""directory":7,"node":"lakeside-node","member":"lakeside","#
                + #""publishedAt":"2026-11-25T12:00:00Z","standard":"cn-2023@1","#
                + #""scope":"negative-only","bookAsOf":"2026-11-24","complete":false,"#
                + #""parts":[{"part":"a","asOf":null,"accounts":0,"rejects":{}},"#
                + #"{"part":"b","asOf":"2026-11-24","accounts":2,"#
                + #""rejects":{"currency":2,"date":1}}],"subjects":3,"#
                + #""withheld":{"consent-purpose":2,"held-back":1},"hiddenAccounts":1,"#
                + #""totals":[{"class":"normal","currency":null,"accounts":1,"balance":"0"},"#
                + #"{"class":"loss","currency":"CNY","accounts":2,"#
                + #""balance":"9223372036854775807"}],"#
                + #""filters":[{"kid":"k1","n":3,"digest":"#
                + "\"\(SHA256Text.write(Samples.bytes(1, count: 32)))\"}]}")
        #expect(try statement(branches).digest == Array(SHA256.hash(data: bytes)))
    }

    @Test("statements are kept byte for byte and listed, newest first")
    func kept() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        let first = try await publish(scene)
        scene.clock.advance(by: .seconds(60))
        try scene.node.hold(.li, by: "reed", accounts: [Samples.heldAccount(2)])
        let second = try await publish(scene)
        #expect(second.map(\.member.description) == ["lakeside", "reed"])
        let store = scene.node.store
        let all = try await store.statements(of: nil, limit: 10)
        #expect(all.map(\.member.description) == ["reed", "lakeside", "lakeside"])
        #expect(all.map(\.bytes) == (first + second).reversed().map(\.statementBytes))
        #expect(all.map(\.digest) == (first + second).reversed().map(\.digest))
        let lakeside = try await store.statements(of: Samples.member("lakeside"), limit: 1)
        #expect(lakeside.map(\.publishedAt) == [scene.clock.now])
    }
}
