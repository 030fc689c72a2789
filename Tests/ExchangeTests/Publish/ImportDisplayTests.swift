import Book
import Crypto
import Foundation
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("What an import takes for publishing")
final class ImportDisplayTests {
    private let scene: AnswerScene
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "import-display-\(UUID().uuidString)")

    init() throws {
        scene = try AnswerScene()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private static let header =
        "scheme,identifier,name,accountNumber,role,kind,product,retail,status,closedMonth,"
        + "daysPastDue,currency,balance,noticeHeld,history,historyEnds,overduePeak,consentBasis,"
        + "consentPurposes,consentGrantedAt,consentExpiresAt,consentEvidenceFile"

    /// A row of zhang's; `fields` from the status to the peak, then the evidence.
    private func row(_ account: String, _ fields: String, evidence: String = "") -> String {
        "cn-rid,\(Samples.Resident.zhang.rawValue),张三,\(account),borrower,instalment,car-loan,"
            + "true,\(fields),consent,loan-approval,2026-01-01,2027-01-01,\(evidence)"
    }

    private func load(
        _ rows: [String], asOf: String = "2026-11-24", consents: String? = nil
    ) throws -> (result: BookImportResult, rejected: [RejectedRow]) {
        let text = ([Self.header] + rows).joined(separator: "\n")
        var book = try BookReader(
            mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(text.utf8)),
            asOf: Samples.date(asOf))
        var file = try consents.map { try ConsentReader(source: .bytes(Array($0.utf8))) }
        var rejected: [RejectedRow] = []
        let result = try scene.node.importer().importBook(
            PlainImport.header(asOf: Samples.date(asOf)),
            evidence: EvidenceDigester(folder: folder.path), rows: { try book.next() },
            consents: { try file?.next() }, reject: { rejected.append($0) })
        return (result, rejected)
    }

    private func accounts() async throws -> [HeldAccount] {
        try await scene.node.records(.zhang)["lakeside"]?.accounts ?? []
    }

    private static let open = "open,,0,CNY,100,,,,"
    private static let longGone = "settled,2020-01,0,CNY,0,,,,"

    @Test("notice and peak come with the account")
    func fields() async throws {
        _ = try load([row("L-1", "open,,45,CNY,100,yes,N12,2026-11,9000.00")])
        let account = try #require(await accounts().first)
        #expect(account.noticeHeld)
        #expect(account.overduePeak == Samples.yuan(9_000))
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
        _ = try load([row("L-1", "open,,45,CNY,100,,N12,2026-11,9000.00")], asOf: "2026-11-25")
        #expect(try await scene.ask([.zhang])[0] == .refused(.heldBack))
    }

    @Test("an account whose time is over is not taken, so that the same file changes nothing")
    func ended() async throws {
        let rows = [row("L-1", Self.open), row("L-2", Self.longGone)]
        let first = try load(rows).result
        #expect(first.ended == 1)
        #expect(first.rejected == 0)
        #expect(first.changes.new == 1)
        try await scene.publisher.refresh(rebuild: true)
        let again = try load(rows).result
        #expect(again.ended == 1)
        #expect(again.changes.isEmpty)
        #expect(try await accounts().count == 1)
    }

    @Test("an account of the book that turns out to be over is told so, then deleted")
    func turnsOut() async throws {
        _ = try load([row("L-1", Self.open), row("L-2", Self.open)])
        let later = try load(
            [row("L-1", Self.open), row("L-2", Self.longGone)], asOf: "2026-11-25")
        #expect(later.result.changes.changed == 1)
        #expect(later.result.changes.vanished == 0)
        try await scene.publisher.refresh(rebuild: true)
        #expect(try await accounts().count == 1)
    }

    @Test("the file that proves a consent is digested with a salt, which is kept")
    func evidence() async throws {
        let form = Data("An invented consent.".utf8)
        try form.write(to: folder.appending(path: "form.pdf"))
        let done = try load([row("L-1", Self.open, evidence: "form.pdf")])
        #expect(done.rejected.isEmpty)
        let consent = try #require(await scene.node.records(.zhang)["lakeside"]?.consents.first)
        let salt = try #require(consent.evidenceSalt)
        #expect(salt.count == EvidenceDigester.saltCount)
        #expect(consent.evidenceDigest == Array(SHA256.hash(data: Data(salt) + form)))
        // An unchanged row is not read again: its digest stays.
        #expect(try load([row("L-1", Self.open, evidence: "form.pdf")]).result.changes.isEmpty)
        #expect(try await scene.node.records(.zhang)["lakeside"]?.consents == [consent])
    }

    @Test(
        "a row whose evidence is not there is rejected, and shows no path",
        arguments: ["no.pdf", "../x"])
    func noEvidence(path: String) async throws {
        let done = try load([
            row("L-1", Self.open, evidence: path), row("L-2", Self.open),
        ])
        #expect(done.rejected.map(\.code) == ["evidence-file"])
        #expect(done.rejected.first?.reason.contains(path) == false)
        #expect(try await accounts().count == 1)
    }

    @Test("a withdrawal in the consent file is acted on, and no later file undoes it")
    func withdrawal() async throws {
        let consents = { (withdrawn: String) in
            "scheme,identifier,basis,purposes,granted_at,expires_at,withdrawn_at\n"
                + "cn-rid,\(Samples.Resident.zhang.rawValue),consent,loan-approval,2026-01-01,"
                + "2027-01-01,\(withdrawn)\n"
        }
        let rows = [row("L-1", Self.open)]
        _ = try load(rows, consents: consents(""))
        #expect(try await scene.ask([.zhang])[0].members == ["lakeside"])
        _ = try load(rows, asOf: "2026-11-25", consents: consents("2026-11-20"))
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentWithdrawn))
        _ = try load(rows, asOf: "2026-11-26", consents: consents(""))
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentWithdrawn))
    }
}
