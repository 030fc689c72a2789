import Foundation
import Testing

@Suite("A file that was saved in a spreadsheet")
struct DamagedIdentifierScenarios {
    private func loans(damaged: Int) -> String {
        let bad = (0..<damaged).map { number in
            let whole = ScenarioSubject.person(number + 1).identifier
            return ScenarioLoan(
                subject: ScenarioSubject(
                    identifier: whole.prefix(15) + "000", name: ScenarioSubject.small.name),
                account: "B-\(number)")
        }
        return ScenarioLoan.csv([ScenarioLoan(subject: .good)] + bad)
    }

    @Test("is refused whole when it destroyed too many identifiers, a few are rejects")
    func share() async throws {
        try await ScenarioConsortium.offline { consortium in
            let many = try consortium.write(loans(damaged: 3), to: "many.csv")
            let refused = try await Command.run(
                consortium.importing(many, of: "cedar", "--json", "--correct", "test"))
            #expect(refused.status == 1)
            #expect(refused.errorCode == "book", "\(refused.errors)")
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 3])

            let few = try consortium.write(loans(damaged: 2), to: "few.csv")
            let taken = try await Command.run(
                consortium.importing(
                    few, of: "cedar", "--json", "--accept-vanished", "--correct", "test"))
            #expect(taken.status == 0, "\(taken.errors)")
            #expect(taken.text.contains("\"rejected\": 2"))
        }
    }
}
