import Foundation
import RiskStandard
import Testing

@Suite("Scenario: a lender compares its book on two days")
struct BookDiffScenarios {
    private struct View: Decodable {
        let unchanged: Int
        let better: Int
        let worse: Int
        let closed: Tally
        let vanished: Tally
        let moves: [String: [String: Tally]]
        let new: [String: Tally]

        struct Tally: Decodable {
            let accounts: Int
            let balances: [String: String]
        }
    }

    private static let september = [
        ScenarioLoan(subject: .good, account: "A-1"),
        ScenarioLoan(subject: .small, account: "A-2"),
        ScenarioLoan(subject: .behind, account: "A-3", daysPastDue: 95),
        ScenarioLoan(subject: .shared, account: "A-4"),
    ]
    private static let october = [
        ScenarioLoan(subject: .good, account: "A-1"),
        ScenarioLoan(subject: .small, account: "A-2", daysPastDue: 40),
        ScenarioLoan(subject: .behind, account: "A-3", status: "settled"),
        ScenarioLoan(subject: .unknown, account: "A-5"),
    ]

    private func importing(
        _ loans: [ScenarioLoan], asOf day: String, _ consortium: ScenarioConsortium
    ) async throws {
        let file = try consortium.write(ScenarioLoan.csv(loans), to: "\(day).csv")
        let output = try await Command.run([
            "book", "import", file, "--home", try consortium.home(ofMember: "lakeside").folder.path,
            "--member", "lakeside", "--as-of", day, "--accept-vanished",
        ])
        try #require(output.status == 0, "\(output.errors)")
    }

    private func diff(
        _ consortium: ScenarioConsortium, _ from: String, _ to: String, _ more: String...
    ) async throws -> Command.Output {
        try await Command.run(
            [
                "book", "diff", "--home", try consortium.home(ofMember: "lakeside").folder.path,
                "--member", "lakeside", "--from", from, "--to", to,
            ] + more)
    }

    @Test("new, closed, vanished, and from class to class")
    func twoDays() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            try await importing(Self.september, asOf: "2026-09-30", consortium)
            try await importing(Self.october, asOf: "2026-10-31", consortium)
            let output = try await diff(consortium, "2026-09-30", "2026-10-31", "--json")
            try #require(output.status == 0, "\(output.errors)")
            let view = try JSONDecoder().decode(View.self, from: Data(output.text.utf8))
            #expect(view.unchanged == 1)
            #expect(view.worse == 1)
            #expect(view.better == 0)
            #expect(view.closed.accounts == 1)
            #expect(view.vanished.accounts == 1)
            #expect(view.moves["normal"]?["special-mention"]?.balances == ["CNY": "1500000"])
            #expect(view.moves["normal"]?["vanished"]?.accounts == 1)
            #expect(view.moves["substandard"]?["closed"]?.accounts == 1)
            #expect(view.new["normal"]?.accounts == 1)

            let text = try await diff(consortium, "2026-09-30", "2026-10-31").text
            #expect(text.contains("1 new (0 reopened), 1 closed, 1 vanished"))
            #expect(text.contains("33.3"))
            #expect(text.contains("15000.00"))
            let chinese = try await diff(
                consortium, "2026-09-30", "2026-10-31", "--lang", "zh"
            ).text
            #expect(chinese.contains("新增 1"))
        }
    }

    @Test("a day without an import is refused, and the days that exist are named")
    func refused() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            try await importing(Self.september, asOf: "2026-09-30", consortium)
            let missing = try await diff(consortium, "2026-09-30", "2026-10-31", "--json")
            #expect(missing.errorCode == "not-found")
            #expect(missing.errors.contains("2026-10-31; the book has the days 2026-09-30"))
            let turned = try await diff(consortium, "2026-10-31", "2026-09-30", "--json")
            #expect(turned.errorCode == "usage")
            let noDay = try await diff(consortium, "september", "2026-09-30", "--json")
            #expect(noDay.errorCode == "usage")
        }
    }
}
