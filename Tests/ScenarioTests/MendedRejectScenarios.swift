import Foundation
import Testing

@Suite("Rejects are mended and imported again")
struct MendedRejectScenarios {
    private struct ImportView: Decodable {
        let accounts: Int
        let rejected: Int
        let rejectFile: String?
    }

    private func run(_ arguments: [String]) async throws -> ImportView {
        let output = try await Command.run(arguments + ["--json"])
        #expect(output.status == 0, "\(output.errors)")
        return try JSONDecoder().decode(ImportView.self, from: Data(output.text.utf8))
    }

    @Test("by the same mapping, as some accounts of the part that they came from")
    func mended() async throws {
        try await ScenarioConsortium.offline { consortium in
            let bad = ScenarioLoan(subject: .small, account: "B-2").row
                .replacing("15000.00", with: "15000,00")
            let book = try consortium.write(
                ScenarioLoan.csv([ScenarioLoan(subject: .good)])
                    + bad.replacing("15000,00", with: "\"15000,00\""), to: "book.csv")
            let first = try await run(consortium.importing(book, of: "cedar", "--correct", "test"))
            #expect(first.accounts == 1)
            #expect(first.rejected == 1)

            let rejects = try String(
                contentsOfFile: #require(first.rejectFile), encoding: .utf8)
            #expect(rejects.contains(ScenarioSubject.small.identifier))
            let mended = try consortium.write(
                rejects.replacing("\"15000,00\"", with: "15000.00"), to: "mended.csv")
            let second = try await run(
                consortium.importing(mended, of: "cedar", "--mended"))
            #expect(second.accounts == 1)
            #expect(second.rejected == 0)
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 2])
        }
    }
}
