import Book
import RiskStandard
import Testing

@testable import Exchange

@Suite("What an import may change")
struct ImportRulesTests {
    private static let before = Samples.date("2026-11-10")
    private static let after = Samples.date("2026-11-25")

    private let node: TestNode

    init() throws {
        node = try AnswerScene().node
    }

    private func loan(_ resident: Samples.Resident, _ days: String = "0") -> PlainBook.Row {
        .init(resident, account: "L-\(resident)") { $0.daysPastDue = days }
    }

    private func account(_ resident: Samples.Resident) async throws -> HeldAccount {
        try #require(await node.records(resident)["lakeside"]?.accounts.first)
    }

    @Test("the same file twice changes nothing, not even filters or the journal")
    func twice() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li, "40")], into: node)
        let position = try await node.store.tokenPosition()
        let book = try await node.store.books(at: Samples.now)
        let again = try PlainImport([loan(.zhang), loan(.li, "40")], into: node)
        #expect(again.result.changes.isEmpty)
        #expect(again.result.changes.unchanged == 2)
        #expect(try await node.store.tokenPosition() == position)
        #expect(try await node.store.books(at: Samples.now) == book)
        let member = Samples.member("lakeside")
        #expect(try await node.store.imports(of: member, limit: 9).count == 1)
    }

    @Test("a later day supersedes: what stays moves on, and what changed is told")
    func later() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        let done = try PlainImport([loan(.zhang), loan(.li, "8")], asOf: Self.after, into: node)
        #expect(done.result.changes.previousAsOf == Samples.bookDay)
        #expect(done.result.changes.changed == 1)
        #expect(done.result.changes.unchanged == 1)
        #expect(try await account(.zhang).asOf == Self.after)
        #expect(try await account(.li).riskClass == .specialMention)
        let days = try await node.store.importDays(of: Samples.member("lakeside"))
        #expect(days == [Samples.bookDay, Self.after])
    }

    @Test("the same day told otherwise needs a reason, and leaves corrections with one")
    func correction() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        #expect(throws: ImportRefusal.correctionNeeded(accounts: 1)) {
            try PlainImport([loan(.zhang, "95"), loan(.li)], into: node)
        }
        #expect(try await account(.zhang).riskClass == .normal)
        #expect(try await node.store.corrections(after: 0, limit: 9).isEmpty)
        _ = try PlainImport(
            [loan(.zhang, "95"), loan(.li)], correction: "posted late", into: node)
        #expect(try await account(.zhang).riskClass == .substandard)
        let corrections = try await node.store.corrections(after: 0, limit: 9)
        #expect(corrections.map(\.account) == [try await account(.zhang).reference])
        #expect(corrections.map(\.asOf) == [Samples.bookDay])
        let journal = try await node.store.imports(of: Samples.member("lakeside"), limit: 1)
        #expect(journal.first?.header.correction == "posted late")
    }

    @Test("a consent that comes later on the same day needs no reason")
    func consentOnly() async throws {
        let header = "scheme,identifier,basis,purposes,granted_at,expires_at,evidence_digest\n"
        let line = "cn-rid,999999199012310022,legal-duty,judicial,2026-03-01,,\n"
        _ = try PlainImport([loan(.zhang)], into: node)
        let done = try PlainImport([loan(.zhang)], consents: header + line, into: node)
        #expect(done.result.changes.consentsStated == 1)
        #expect(try await node.records(.zhang)["lakeside"]?.consents.count == 2)
    }

    @Test("what vanishes without a closing stays as ended, and is listed")
    func vanished() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li, "40")], into: node)
        let done = try PlainImport([loan(.zhang)], asOf: Self.after, into: node)
        #expect(done.result.changes.vanished == 1)
        let gone = try await account(.li)
        #expect(done.result.changes.vanishedAccounts.map(\.reference) == [gone.reference])
        #expect(gone.status == .ended)
        #expect(gone.closedMonth == Self.after.yearMonth)
        #expect(gone.asOf == Samples.bookDay)
        #expect(gone.history?.letters == "#", "nobody said how the month of the file ended")
        let back = try PlainImport(
            [loan(.zhang), loan(.li, "40")], asOf: Samples.date("2026-11-26"), into: node)
        #expect(back.result.changes.changed == 1)
        #expect(try await account(.li).status == .open)
    }

    @Test("more than may vanish is refused, unless it is accepted")
    func tooMany() async throws {
        let rows = (0..<100).map { PlainBook.Row(.zhang, account: "A-\($0)") }
        _ = try PlainImport(rows, into: node)
        let nine = try PlainImport(Array(rows.dropLast(9)), asOf: Self.after, into: node)
        #expect(nine.result.changes.vanished == 9)
        let day = Samples.date("2026-11-26")
        #expect {
            try PlainImport(Array(rows.dropLast(19)), asOf: day, into: node)
        } throws: { error in
            guard case .tooManyVanished(let changes, unplaced: 0) = error as? ImportRefusal
            else { return false }
            return changes.vanished == 10 && changes.stoodBefore == 91
        }
        let accepted = try PlainImport(
            Array(rows.dropLast(19)), asOf: day, options: ImportOptions(acceptsVanished: true),
            into: node)
        #expect(accepted.result.changes.vanished == 10)
    }

    @Test("a rejected row keeps its account as it was, and its month is not known")
    func kept() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        var bad = loan(.li)
        bad.balance = "much"
        let done = try PlainImport([loan(.zhang), bad], asOf: Self.after, into: node)
        #expect(done.rejected.count == 1)
        #expect(done.result.changes.keptFromBefore == 1)
        #expect(done.result.changes.vanished == 0)
        #expect(try await account(.li).asOf == Samples.bookDay)
        #expect(try await account(.li).status == .open)
        let mended = try PlainImport([loan(.li)], asOf: Self.after, extent: .some, into: node)
        #expect(mended.result.changes.vanished == 0)
        #expect(try await account(.zhang).asOf == Self.after)
    }

    @Test("a row that hides its account lets it vanish, and the import says whose it may be")
    func unplaced() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        var broken = loan(.li)
        broken.account = "L-li,one,too,many"
        let done = try PlainImport([loan(.zhang), broken, broken], asOf: Self.after, into: node)
        #expect(done.rejected.map(\.code) == ["column-count", "column-count"])
        #expect(done.result.unplaced == 2)
        #expect(done.result.changes.vanished == 1)
        #expect(done.result.vanishedPerhapsUnread == 1)
        #expect(try await account(.li).status == .ended)
        let mended = try PlainImport([loan(.li)], asOf: Self.after, extent: .some, into: node)
        #expect(mended.result.unplaced == 0 && mended.result.vanishedPerhapsUnread == 0)
        #expect(try await account(.li).status == .open)
    }

    @Test("a refusal for what vanished says how many rows hide their account")
    func unplacedRefusal() throws {
        let rows = (0..<100).map { PlainBook.Row(.zhang, account: "A-\($0)") }
        _ = try PlainImport(rows, into: node)
        let broken = rows.enumerated().map { index, row in
            var row = row
            if index < 12 { row.account += ",x" }
            return row
        }
        #expect {
            try PlainImport(broken, asOf: Self.after, into: node)
        } throws: { error in
            guard case .tooManyVanished(let changes, let unplaced) = error as? ImportRefusal
            else { return false }
            return changes.vanished == 12 && unplaced == 12
        }
    }

    @Test("mended rows add to the day without a reason where the book lacked them")
    func mended() async throws {
        _ = try PlainImport([loan(.zhang)], into: node)
        let done = try PlainImport([loan(.li)], extent: .some, into: node)
        #expect(done.result.changes.new == 1)
        #expect(try await account(.zhang).status == .open)
        #expect(throws: ImportRefusal.correctionNeeded(accounts: 1)) {
            try PlainImport([loan(.li, "95")], extent: .some, into: node)
        }
        let put = try PlainImport(
            [loan(.li, "95")], extent: .some, options: ImportOptions(acceptsSameDay: true),
            into: node)
        #expect(put.result.changes.changed == 1)
    }

    @Test("a file of a past day rewrites that day only")
    func pastDay() async throws {
        let october = Samples.date("2026-10-31")
        _ = try PlainImport([loan(.zhang), loan(.li)], asOf: october, into: node)
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        #expect(throws: ImportRefusal.correctionNeeded(accounts: 1)) {
            try PlainImport([loan(.zhang, "40"), loan(.li)], asOf: october, into: node)
        }
        let done = try PlainImport(
            [loan(.zhang, "40"), loan(.li)], asOf: october, correction: "posted late", into: node)
        #expect(done.result.changes.isOfPastDay)
        #expect(done.result.changes.changed == 1)
        let now = try await account(.zhang)
        #expect(now.riskClass == .normal)
        #expect(now.asOf == Samples.bookDay)
        #expect(now.history?.letters == "2N")
        #expect(try await account(.li).history?.letters == "NN")
        #expect(try await node.store.corrections(after: 0, limit: 9).map(\.asOf) == [october])
    }

    @Test("arrears that are gone ended on the day that shows none")
    func badEvent() async throws {
        _ = try PlainImport([loan(.zhang, "40")], asOf: Self.before, into: node)
        #expect(try await account(.zhang).badEventEnded == nil)
        _ = try PlainImport([loan(.zhang)], into: node)
        #expect(try await account(.zhang).badEventEnded == Samples.bookDay)
        _ = try PlainImport([loan(.zhang)], asOf: Self.after, into: node)
        #expect(try await account(.zhang).badEventEnded == Samples.bookDay)
        _ = try PlainImport([loan(.zhang, "3")], asOf: Samples.date("2026-11-26"), into: node)
        #expect(try await account(.zhang).badEventEnded == nil)
    }

    @Test("a book of several parts is whole when all are there for one day")
    func parts() async throws {
        let member = Samples.member("lakeside")
        try await node.store.declareParts(["main", "cards"], of: member)
        _ = try PlainImport([loan(.zhang)], into: node)
        #expect(try await !node.store.parts(of: member).isComplete)
        _ = try PlainImport([loan(.li)], part: "cards", asOf: Self.before, into: node)
        #expect(try await !node.store.parts(of: member).isComplete)
        #expect(try await node.store.books(at: Samples.now).map(\.asOf) == [Self.before])
        _ = try PlainImport([loan(.li)], part: "cards", into: node)
        #expect(try await node.store.parts(of: member).isComplete)
        let twice = try PlainImport(
            [loan(.li), loan(.zhang)], part: "cards", asOf: Self.after, into: node)
        #expect(twice.rejected.map(\.code) == ["duplicate-account"])
    }

    @Test("two days are compared account by account")
    func movements() async throws {
        _ = try PlainImport([loan(.zhang), loan(.li)], into: node)
        _ = try PlainImport([loan(.zhang, "95"), loan(.wang)], asOf: Self.after, into: node)
        var moved: [String] = []
        try node.store.compareDays(
            of: Samples.member("lakeside"), from: Samples.bookDay, to: Self.after
        ) { movement in
            let classes = [movement.before, movement.after].map { $0?.riskClass.rawValue ?? "-" }
            moved.append(classes.joined(separator: ">"))
        }
        #expect(moved.sorted() == ["->normal", "normal>-", "normal>substandard"])
    }
}
