import Book
import Membership
import Testing

@testable import Exchange

@Suite("What a node's answer means for its lenders")
struct NodeAnswerTests {
    /// `lakeside-node` with a lender of every status.
    private static var lenders: [MemberEntry] {
        [
            ("lakeside", .active), ("reed", .active), ("birch", .active), ("paused", .suspended),
            ("gone", .withdrawn),
        ].map { (id: String, status: MemberEntry.Status) in
            MemberEntry(
                id: Samples.member(id), legalName: id, node: Samples.node("lakeside-node"),
                role: .lender, status: status)
        }
    }

    /// `lakeside` and `paused` have fresh books, `reed` an old one, `birch` none.
    private static func answer(_ result: QueryResult) -> [String: String] {
        let manifest = Manifest(
            node: Samples.node("lakeside-node"), asOf: Samples.now, filters: [],
            members: [
                ("lakeside", "2026-11-24T00:00:00Z"), ("reed", "2026-10-01T00:00:00Z"),
                ("paused", "2026-11-24T00:00:00Z"), ("birch", nil),
            ].map { (id: String, asOf: String?) in
                ManifestMember(
                    member: Samples.member(id), bookAsOf: asOf.map(Samples.time), subjects: 1,
                    undisclosed: 0)
            })
        let answer = NodeAnswer(
            node: Samples.node("lakeside-node"), lenders: lenders, result: result,
            books: BookAges(
                manifest: manifest, charter: TestDirectory().charter, now: Samples.now))
        return Dictionary(
            uniqueKeysWithValues: answer.outcomes.map { id, outcome in
                (id.text, [outcome.word, outcome.code].compactMap(\.self).joined(separator: " "))
            })
    }

    private static func found(
        _ members: [String], withheld: [String] = [], isPartial: Bool = false
    ) -> QueryResult {
        .found(
            summaries: members.map { Samples.summary([Samples.account(1)], by: $0) },
            withheld: withheld.map {
                WithheldRecord(member: Samples.member($0), code: .consentExpired)
            }, isPartial: isPartial)
    }

    @Test(
        "every lender has exactly one outcome",
        arguments: [
            (.none, ["no-record", "stale", "stale"]),
            (
                .refused(.nameMismatch),
                ["refused name-mismatch", "refused name-mismatch", "refused name-mismatch"]
            ),
            (.refused(.refused), ["refused refused", "refused refused", "refused refused"]),
            (found(["lakeside"]), ["record", "stale", "stale"]),
            (found(["reed"]), ["no-record", "record", "stale"]),
            (
                found(["birch"], withheld: ["reed"]),
                ["no-record", "refused consent-expired", "record"]
            ),
            (found(["reed"], isPartial: true), ["error partial", "record", "error partial"]),
            (found([], withheld: ["lakeside"]), ["refused consent-expired", "stale", "stale"]),
            (found([], isPartial: true), ["error partial", "error partial", "error partial"]),
            (found([]), malformed),
            (found(["lakeside", "lakeside"]), malformed),
            (found(["lakeside"], withheld: ["lakeside"]), malformed),
            (found(["lakeside"], withheld: ["reed", "reed"]), malformed),
            (found(["lakeside", "harbor"]), malformed),
            (found(["lakeside"], withheld: ["harbor"]), malformed),
            (found(["lakeside", "paused"]), malformed),
            (found(["lakeside"], withheld: ["gone"]), malformed),
        ] as [(QueryResult, [String])])
    func outcomes(result: QueryResult, words: [String]) {
        #expect(
            Self.answer(result) == [
                "lakeside": words[0], "reed": words[1], "birch": words[2],
                "paused": "not-asked member-suspended", "gone": "not-asked member-withdrawn",
            ])
    }

    @Test("nothing of an answer that contradicts itself is kept")
    func nothingKept() {
        let answer = NodeAnswer(
            node: Samples.node("lakeside-node"), lenders: Self.lenders,
            result: Self.found(["lakeside", "harbor"]),
            books: BookAges(
                manifest: Samples.manifest, charter: TestDirectory().charter, now: Samples.now))
        #expect(answer.summaries.isEmpty)
    }

    @Test(
        "a book is fresh for its day and the charter's days after it",
        arguments: [
            ("2026-11-25T00:00:00Z", "no-record"), ("2026-11-18T00:00:00Z", "no-record"),
            ("2026-11-17T12:00:00Z", "no-record"), ("2026-11-17T11:59:59Z", "stale"),
            ("2026-11-17T00:00:00Z", "stale"),
        ])
    func staleness(asOf: String, word: String) {
        let manifest = Manifest(
            node: Samples.node("lakeside-node"), asOf: Samples.now, filters: [],
            members: [
                ManifestMember(
                    member: Samples.member("lakeside"), bookAsOf: Samples.time(asOf), subjects: 1,
                    undisclosed: 0)
            ])
        let ages = BookAges(
            manifest: manifest, charter: TestDirectory().charter, now: Samples.now)
        #expect(ages.miss(Samples.member("lakeside")).word == word)
        #expect(ages.miss(Samples.member("reed")) == .stale(bookAsOf: nil))
    }

    private static let malformed = Array(repeating: "error malformed-answer", count: 3)
}
