import Foundation
import Testing

@Suite("Scenario: a lender looks up references, parts and corrections")
struct BookListScenarios {
    private struct Corrected: Decodable {
        let ref: String
        let asOf: String
        let reason: String?
    }
    private struct Parts: Decodable {
        let complete: Bool
        let parts: [Part]

        struct Part: Decodable {
            let name: String
            let expected: Bool
            let accounts: Int
        }
    }

    private func book(
        _ command: String, _ consortium: ScenarioConsortium, _ more: String..., input: String = ""
    ) async throws -> Command.Output {
        try await Command.run(
            [
                "book", command, "--home", try consortium.home(ofMember: "cedar").folder.path,
                "--member", "cedar", "--json",
            ] + more, input: input)
    }

    private func decode<Value: Decodable>(_ output: Command.Output) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(output.text.utf8))
    }

    @Test("a corrected day names the account, the day and the reason")
    func corrections() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let none: [Corrected] = try decode(await book("corrections", consortium))
            #expect(none.isEmpty)
            for (days, more) in [(0, []), (40, ["--correct", "a wrong export"])] {
                let file = try consortium.write(
                    ScenarioLoan.csv([
                        ScenarioLoan(subject: .good, account: "C-1", daysPastDue: days),
                        ScenarioLoan(subject: .small, account: "C-2"),
                    ]), to: "book-\(days).csv")
                let output = try await Command.run(
                    consortium.importing(file, of: "cedar") + more)
                try #require(output.status == 0, "\(output.errors)")
            }
            let references: [String] = try decode(
                await book("reference", consortium, input: "C-1\nC-2\n"))
            try #require(references.count == 2)
            let listed: [Corrected] = try decode(await book("corrections", consortium))
            #expect(listed.map(\.ref) == [references[0]])
            #expect(listed.map(\.asOf) == ["\(try #require(consortium.clock.now.date))"])
            #expect(listed.map(\.reason) == ["a wrong export"])
            let limit = try await book("corrections", consortium, "--limit", "0")
            #expect(limit.errorCode == "usage")
            for input in ["", "C-1\n\nC-2\n"] {
                let refused = try await book("reference", consortium, input: input)
                #expect(refused.errorCode == "usage")
                #expect(!refused.errors.contains("C-1"))
            }
        }
    }

    @Test("a book is complete when all declared parts are there")
    func parts() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            for (part, complete) in [("north", false), ("south", true)] {
                let file = try consortium.write(
                    ScenarioLoan.csv([ScenarioLoan(subject: .good, account: part)]),
                    to: "\(part).csv")
                let output = try await Command.run(
                    consortium.importing(
                        file, of: "cedar", "--part", part, "--parts-expected", "north,south"))
                try #require(output.status == 0, "\(output.errors)")
                let parts: Parts = try decode(await book("parts", consortium))
                #expect(parts.complete == complete)
                #expect(parts.parts.map(\.name) == ["north", "south"])
                #expect(parts.parts.map(\.expected) == [true, true])
                #expect(parts.parts.map(\.accounts) == [1, complete ? 1 : 0])
            }
        }
    }
}
