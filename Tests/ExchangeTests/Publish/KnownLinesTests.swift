import Book
import Crypto
import Foundation
import RiskStandard
import Testing

@testable import Exchange

@Suite("Rows that are known by their lines")
struct KnownLinesTests {
    private let node: TestNode

    init() throws {
        node = try AnswerScene().node
    }

    @Test("are not read again on a later day, and change nothing")
    func unread() async throws {
        try importFile(Self.rows)
        #expect(try await lines() == Self.rows.count)
        #expect(try sighted(Self.rows) == ["standing", "standing", "standing"])
        let again = try importFile(Self.rows, asOf: Self.later)
        #expect(again.rejected.isEmpty)
        #expect(again.result.rows == 3)
        #expect(again.result.accounts == [.normal: 2, .substandard: 1])
        #expect(again.result.changes.unchanged == 3)
        #expect(again.result.changes.changed == 0)
        #expect(again.result.changes.vanished == 0)
    }

    @Test("are those alone of which nothing changed, in whatever order")
    func changed() async throws {
        try importFile(Self.rows)
        let rows = [
            Self.rows[2],
            .init(.zhang, account: "L-1") { $0.balance = "79000" },
            Self.rows[1],
            .init(.zhang, account: "L-9"),
        ]
        #expect(try sighted(rows) == ["standing", "read", "standing", "read"])
        let changes = try importFile(rows, asOf: Self.later).result.changes
        #expect(changes.unchanged == 2)
        #expect(changes.changed == 1)
        #expect(changes.new == 1)
        #expect(try sighted(rows) == ["standing", "standing", "standing", "standing"])
    }

    @Test("stand twice in a file: the second is left out, as the file has it")
    func duplicate() throws {
        try importFile(Self.rows)
        let done = try importFile(Self.rows + [Self.rows[1]], asOf: Self.later)
        #expect(done.rejected.map(\.code) == ["duplicate-account"])
        #expect(done.rejected.map(\.line) == [5])
        #expect(
            done.rejected[0].original
                == Array(PlainBook(Self.rows).text.split(separator: "\n")[2].utf8))
        #expect(done.result.changes.unchanged == 3)
    }

    @Test("are forgotten when the account vanishes, and known again when it is back")
    func vanished() async throws {
        try importFile(Self.rows)
        let options = ImportOptions(acceptsVanished: true)
        let gone = try importFile(Array(Self.rows.prefix(2)), asOf: Self.later, options: options)
        #expect(gone.result.changes.vanished == 1)
        #expect(try sighted(Self.rows) == ["standing", "standing", "read"])
        let back = try importFile(Self.rows, asOf: Samples.date("2026-11-26"))
        #expect(back.result.changes.changed == 1)
        #expect(
            try sighted(Self.rows, asOf: Samples.date("2026-11-26"))
                == ["standing", "standing", "standing"])
    }

    @Test("are read where the class may move with the calendar, or a file proves the consent")
    func timeless() throws {
        let plain = try prepared { _ in }
        #expect(plain.identity.line == Self.line)
        let dated = try prepared { $0.facts.arrearsClearedOn = .known(Samples.bookDay) }
        #expect(dated.identity.line == nil)
        let proven = try prepared {
            $0.consent = ConsentRecord(
                basis: .consent, purposes: ["loan-approval"],
                grantedAt: Date(timeIntervalSince1970: 1_767_225_600),
                expiresAt: Date(timeIntervalSince1970: 1_798_761_600), evidenceFile: "a.pdf")
        }
        #expect(proven.identity.line == nil)
    }

    @Test("are read once more under another standard, charter, mapping or member")
    func context() throws {
        let references = try #require(ReferenceKey(bytes: 0..<32))
        let row = try #require(try Self.piece(Self.rows))
        let digest = { (member: String, meaning: String) in
            let marker = references.lineMarker(
                member: Samples.member(member), meaning: Array(meaning.utf8))
            var cells: [UInt8] = []
            return try row.compactMap { marker.digest(of: $0, cells: &cells) }.first
        }
        let digests = try [
            digest("lakeside", "a"), digest("lakeside", "b"), digest("harbor", "a"),
        ]
        #expect(Set(digests).count == 3)
        #expect(try digest("lakeside", "a") == digests[0])
        #expect(digests[0]?.bytes.count == LineDigest.count)
    }

    @Test("stand for what this version makes of a row; another one counts itself up")
    func version() throws {
        // When this fails because rows are meant to be read, classified or kept otherwise, count
        // `LineMarker.readingVersion` up, and put the new digest here.
        let file = """
            scheme,identifier,name,accountNumber,role,kind,product,retail,status,daysPastDue,\
            balance,overdue,currency,openedMonth,history,historyEnds,creditImpaired,ownClass
            cn-rid,\(Samples.Resident.zhang.rawValue),张三,A,borrower,instalment,loan,true,open,0,\
            80000,,CNY,2024-03,,,,
            cn-rid,\(Samples.Resident.li.rawValue),李 四,B,guarantor,guarantee,loan,false,open,95,\
            "1,234.56",12.30,CNY,2023-01,NN123,2026-10,true,关注
            cn-rid,\(Samples.Resident.wang.rawValue),,C,borrower,card,card,true,settled,,\
            0,,JPY,2020-12,,,,
            """
        var reader = try BookReader(
            mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(file.utf8)),
            asOf: Self.later)
        let preparation = try preparation()
        var content: [UInt8] = []
        while let row = try reader.next() {
            guard case .prepared(let prepared) = preparation.outcome(of: row, line: nil) else {
                Issue.record("\(row)")
                return
            }
            content += prepared.identity.digest
        }
        #expect(LineMarker.readingVersion == 1)
        #expect(
            "\(SHA256.hash(data: content))"
                == "SHA256 digest: 85e492c56155336bcae2998aa3b6b6f82005b6d17d0fe1267015e277ab02f921"
        )
    }

    @Test("stand in a file that was imported before there were lines: they are kept quietly")
    func marks() async throws {
        // Rows that were read one by one have no lines.
        _ = try PlainImport(Self.rows, into: node)
        #expect(try await lines() == 0)
        let first = try importFile(Self.rows, asOf: Self.later)
        #expect(first.result.changes.changed == 0)
        #expect(first.result.changes.unchanged == 3)
        #expect(try await lines() == 3)
    }
}

extension KnownLinesTests {
    private static let later = Samples.date("2026-11-25")
    private static let line = LineDigest(0..<16)

    private static let rows: [PlainBook.Row] = [
        .init(.zhang, account: "L-1"), .init(.li, account: "L-2") { $0.daysPastDue = "95" },
        .init(.wang, account: "L-3"),
    ]

    private struct Done {
        let result: BookImportResult
        let rejected: [RejectedRow]
    }

    /// Imports a file as the command does.
    @discardableResult
    private func importFile(
        _ rows: [PlainBook.Row], asOf: CalendarDate = Samples.bookDay,
        options: ImportOptions = ImportOptions()
    ) throws -> Done {
        var reader = try PlainBook(rows).reader(asOf: asOf)
        var rejected: [RejectedRow] = []
        let result = try node.importer().importBook(
            PlainImport.header(asOf: asOf), options: options,
            batches: { try reader.nextBatch(rowsMax: BookImporter.batchSize) },
            reject: { rejected.append($0) })
        return Done(result: result, rejected: rejected)
    }

    private static func piece(_ rows: [PlainBook.Row]) throws -> UnreadRows? {
        var reader = try PlainBook(rows).reader(asOf: later)
        guard case .unread(let pieces)? = try reader.nextBatch(rowsMax: 9) else { return nil }
        return pieces.first
    }

    private func preparation() throws -> RowPreparation {
        let importer = try node.importer()
        return importer.preparation(
            PlainImport.header(asOf: Self.later), evidence: nil)
    }

    /// How an import would see rows.
    private func sighted(
        _ rows: [PlainBook.Row], asOf: CalendarDate = Self.later
    ) throws -> [String] {
        let piece = try #require(try Self.piece(rows))
        let preparation = try preparation()
        let marker = preparation.lineMarker(meaning: try #require(piece.meaning))
        var ahead: [LineDigest: StandingLine] = [:]
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            try node.store.importBook(PlainImport.header(asOf: asOf)) { draft in
                ahead = try draft.linesAhead(of: 9)
                throw Enough()
            }
        }
        return try RowWork.outcomes(
            of: .unread([piece]), preparation, marker: marker, ahead: ahead
        ).map { outcome in
            switch outcome {
            case .standing: "standing"
            case .prepared: "read"
            case .rejected: "rejected"
            }
        }
    }

    private func prepared(_ change: (inout AccountRecord) -> Void) throws -> PreparedRow {
        var record = AccountRecord(
            line: 2, scheme: "cn-rid", identifier: Samples.Resident.zhang.rawValue,
            accountNumber: "L-1", role: .borrower, kind: .instalment, product: "loan",
            retail: true, status: .open)
        change(&record)
        let outcome = try preparation().outcome(of: .record(record), line: Self.line)
        guard case .prepared(let row) = outcome else { throw TestNodeError.keyName }
        return row
    }

    /// How many accounts would be known by their lines.
    private func lines() async throws -> Int {
        var count = 0
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            try node.store.importBook(PlainImport.header(asOf: Self.later)) { draft in
                count = try draft.linesAhead(of: 9).count
                throw Enough()
            }
        }
        return count
    }
}
