import Book
import Exchange
import NodeAssembly
import PeerHTTP
import Testing

/// The third promise: no answer never looks like a clean answer.
@Suite("Scenario: a node does not answer")
struct SilenceScenarios {
    @Test("a node that is down is unreachable, and the others answer")
    func down() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["cedar"] == "error unreachable")
            #expect(report.story["lakeside"] == "record")
            #expect(report.story["willow"] == "no-record")
            #expect(!report.isComplete)
            #expect(report.missing.map(\.member.description) == ["cedar"])
        }
    }

    @Test("a node that goes down between two asks is found out although its filter is held")
    func goesDown() async throws {
        try await ScenarioConsortium.run { consortium in
            let before = try await consortium.ask(about: .unknown)
            #expect(before.isComplete)
            try await consortium.node("lakeside-node").stop()
            let after = try await consortium.ask(about: .unknown)
            #expect(after.story["lakeside"] == "error unreachable")
            #expect(after.story["cedar"] == "no-record")
        }
    }

    @Test("a node that accepts connections and says nothing is timed out")
    func silentConnection() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            try await RogueNode.run(at: consortium.entry("cedar-node"), .silentConnection) {
                // Before the time that a connection may take: after it, cedar is unreachable.
                let report = try await consortium.ask(
                    about: .behind, deadline: PeerHTTPLimits.connectTimeout - .seconds(1))
                #expect(report.story["cedar"] == "timed-out")
                #expect(report.story["lakeside"] == "record")
                #expect(!report.isComplete)
            }
        }
    }

    @Test(
        "a node that stops talking at any request is timed out",
        arguments: ["/v1/evaluations", "/v1/manifest", "/v1/filters/", "/v1/queries"])
    func silentRequest(path: String) async throws {
        try await ScenarioConsortium.run(hidden: ["cedar-node"]) { consortium in
            try await RogueNode.run(
                inFrontOf: "cedar-node", of: consortium,
                tamper: { request, honest in
                    request.path.hasPrefix(path) ? .silence : honest
                },
                {
                    let report = try await consortium.ask(about: .good, deadline: .seconds(5))
                    #expect(report.story["cedar"] == "timed-out")
                    #expect(report.story["lakeside"] == "no-record")
                    #expect(!report.isComplete)
                })
        }
    }

    @Test("a suspended lender is not asked, a suspended node none of its lenders")
    func suspended() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.publish { draft in
                try draft.set(.suspended, ofMember: "maple")
                try draft.set(.suspended, ofNode: "lakeside-node")
            }
            let report = try await consortium.ask(about: .behind)
            #expect(
                report.story == [
                    "lakeside": "not-asked node-suspended", "cedar": "no-record",
                    "maple": "not-asked member-suspended", "birch": "no-record",
                    "willow": "no-record",
                ])
            #expect(!report.isComplete)
            #expect(report.verdict(withDisputed: true) == nil)
        }
    }

    @Test("a miss in a book that is too old, or in none, is stale; a record is shown as old")
    func staleBook() async throws {
        var books = ScenarioLoan.books
        books["birch"] = nil
        let loans = try #require(books["lakeside"])
        books["lakeside"] = nil
        try await ScenarioConsortium.run(books: books, absent: ["lakeside-node"]) { consortium in
            let date = try #require(
                consortium.clock.now.advanced(bySeconds: -30 * Timestamp.secondsPerDay).date)
            try await consortium.importBook(loans, of: "lakeside", asOf: date)
            let homes = [try consortium.home("lakeside-node")]
            try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { _ in
                let miss = try await consortium.ask(about: .unknown)
                #expect(miss.story["lakeside"] == "stale")
                #expect(miss.story["birch"] == "stale")
                #expect(miss.story["maple"] == "no-record")
                #expect(!miss.isComplete)
                let lines = miss.members.filter { $0.outcome.word == "stale" }.map(\.outcome)
                #expect(lines == [.stale(bookAsOf: date), .stale(bookAsOf: nil)])

                let hit = try await consortium.ask(about: .behind)
                #expect(hit.story["lakeside"] == "record")
                let record = hit.records.first { $0.summary.member.description == "lakeside" }
                #expect(record?.isStale == true)
            }
        }
    }
}
