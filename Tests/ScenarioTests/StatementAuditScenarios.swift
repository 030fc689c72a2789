import Foundation
import Testing

@Suite("Scenario: a regulator holds a lender's return against its published totals")
struct StatementAuditScenarios {
    @Test("a return that leaves classes out differs in them; one that has them all does not")
    func statement() async throws {
        try await ScenarioConsortium.run { consortium in
            let (now, clock) = (Int64(Date().timeIntervalSince1970), consortium.clock)
            clock.advance(by: .seconds(max(0, now - clock.now.secondsSinceEpoch)))
            let copy = consortium.site.folder.appending(path: "copy")
            let mirrored = try await Command.run([
                "audit", "mirror", "lakeside-node", copy.path, "--home",
                consortium.home("regulator-node").folder.path, "--json",
            ])
            #expect(mirrored.status == 0, "\(mirrored.errors)")
            let short = try await Self.compare(copy, with: [], in: consortium)
            #expect(short.status == 3, "\(short.errors)")
            let missing = try #require(short.view?.differences)
            #expect(!missing.isEmpty && missing.allSatisfy { $0.code == "not-returned" })
            #expect(missing.allSatisfy { $0.member == "lakeside" })

            let whole = missing.compactMap(\.line)
            try #require(whole.count == missing.count)
            let equal = try await Self.compare(copy, with: whole, in: consortium)
            #expect(equal.status == 0, "\(equal.text)")
            #expect(equal.view?.differences.isEmpty == true)

            // One account fewer in one class.
            var flattered = missing
            flattered[0].stated?.count += 1
            let other = try await Self.compare(
                copy, with: flattered.compactMap(\.line), in: consortium)
            #expect(other.status == 3)
            #expect(other.view?.differences.map(\.code) == ["count-differs"])
            let chinese = try await Command.run([
                "audit", "statement", copy.path, "--return", Self.file(consortium).path, "--lang",
                "zh",
            ])
            #expect(chinese.status == 3 && chinese.text.contains("报表声明"))
        }
    }

    private static func file(_ consortium: ScenarioConsortium) -> URL {
        consortium.site.folder.appending(path: "return.csv")
    }

    /// Compares with a return of these lines about classes, and one about subjects that may be so.
    private static func compare(
        _ copy: URL, with lines: [String], in consortium: ScenarioConsortium
    ) async throws -> (status: Int32, text: String, errors: String, view: StatementView?) {
        let date = try #require(consortium.clock.now.date)
        let header = "member,as_of,item,name,currency,count,balance"
        let first = "lakeside,\(date),hidden-accounts,,,0,"
        try Data(([header, first] + lines).joined(separator: "\n").utf8).write(to: file(consortium))
        let output = try await Command.run([
            "audit", "statement", copy.path, "--return", file(consortium).path, "--json",
        ])
        return (
            output.status, output.text, output.errors,
            try? JSONDecoder().decode(StatementView.self, from: Data(output.text.utf8))
        )
    }
}

/// What the tests read of `audit statement --json`.
private struct StatementView: Decodable {
    let differences: [Difference]

    struct Difference: Decodable {
        let code: String
        let member: String
        let asOf: String
        let item: String
        let name: String
        let currency: String
        var stated: Figure?

        /// The line of a return that says the same as the statement.
        var line: String? {
            stated.map {
                "\(member),\(asOf),\(item),\(name),\(currency),\($0.count),\($0.majorUnits)"
            }
        }
    }

    struct Figure: Decodable {
        var count: Int
        /// In fen, as the statement has it.
        let balance: String?

        /// In yuan, as a return has it.
        var majorUnits: String {
            balance.map { "\($0.dropLast(2)).\($0.suffix(2))" } ?? ""
        }
    }
}
