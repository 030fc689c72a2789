import Book
import Exchange
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Lines ahead")
struct LinesAheadTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    @Test("follow a file that has the book's order, and end with it")
    func order() throws {
        try put(1...20)
        var ahead = try #require(try lines())
        for batch in [1...5, 6...10, 11...15, 16...20] as [ClosedRange<Int>] {
            try advance(&ahead, for: 5)
            #expect(ahead.lines.count <= 15 + 5)
            for number in batch { #expect(ahead.lines[Self.line(number)] != nil, "\(number)") }
            ahead.pass(batch.compactMap { ahead.lines[Self.line($0)]?.account })
        }
        try advance(&ahead, for: 5)
        #expect(ahead.lines.count < 5)
    }

    @Test("find back to a file that jumps, leaves rows out, or has a stray one")
    func jumps() throws {
        try put(1...400)
        var ahead = try #require(try lines())
        try advance(&ahead, for: 5)
        #expect(ahead.lines[Self.line(300)] == nil)
        // What was looked up, since its lines were not ahead.
        ahead.pass([3, 300, 301, 302, 303])
        try advance(&ahead, for: 5)
        #expect(ahead.lines[Self.line(305)] != nil)
        ahead.pass([100, 101, 102, 103, 390])
        try advance(&ahead, for: 5)
        #expect(ahead.lines[Self.line(105)] != nil)
    }

    @Test("are of the part alone, and of accounts that stand and need no seal")
    func part() throws {
        try put(1...3)
        try put(11...13, as: Samples.header(part: "cards"))
        var ahead = try #require(try lines())
        try advance(&ahead, for: 9)
        #expect(Set(ahead.lines.keys) == Set((1...3).map(Self.line)))
        var sealing = try #require(try lines(isSealing: true))
        try advance(&sealing, for: 9)
        #expect(sealing.lines.isEmpty)
        try put(1...2, as: Samples.header(asOf: "2026-11-01"))
        ahead = try #require(try lines())
        try advance(&ahead, for: 9)
        #expect(Set(ahead.lines.keys) == Set((1...2).map(Self.line)))
    }

    private static func line(_ number: Int) -> LineDigest {
        guard let line = LineDigest(Samples.bytes(number, count: 16)) else {
            preconditionFailure("16 bytes are a line")
        }
        return line
    }

    private func put(_ numbers: ClosedRange<Int>, as header: BookHeader = Samples.header()) throws {
        try store.importBook(header) { draft in
            for number in numbers {
                let plain = Samples.entry(number)
                let entry = HeldEntry(
                    identity: RowIdentity(
                        account: plain.identity.account, subject: plain.identity.subject,
                        digest: plain.identity.digest, line: Self.line(number)),
                    subject: plain.subject, subjectStatus: nil, account: plain.account,
                    consent: nil)
                try draft.add([entry])
            }
        }
    }

    private func lines(isSealing: Bool = false) throws -> LinesAhead? {
        try store.pool.read { try LinesAhead(partID: 1, isSealing: isSealing, $0) }
    }

    private func advance(_ ahead: inout LinesAhead, for rows: Int) throws {
        try store.pool.read { try ahead.advance(for: rows, $0) }
    }
}
