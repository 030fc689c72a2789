import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing

@Suite("Scenario: members on trial")
struct TrialScenarios {
    /// A number of the area 999998, which is unassigned, too, but not kept apart: it is nobody's, and the
    /// rule cannot know that.
    private static let other = ScenarioSubject(
        identifier: otherNumber(), name: "某虚构")

    @Test("ask about invented subjects only, and nothing is sent about another")
    func asking() async throws {
        try await ScenarioConsortium.run { consortium in
            try await consortium.publish {
                try $0.set(.trial, ofMember: "harbor")
                try $0.set(.trial, ofMember: "lakeside")
            }
            try await consortium.settle()
            #expect(try await consortium.ask(about: .behind).story["lakeside"] == "record")
            let logged = try await Self.logSize(of: "harbor-node", in: consortium)
            await #expect(throws: AskError.inventedOnly) {
                try await consortium.ask(about: Self.other)
            }
            let question = LocalQuestion(about: Self.other)
            let answer = try await LocalCaller(home: consortium.home("harbor-node"))
                .report(question.json)
            #expect(answer.verdict == "422 invented-only")
            #expect(try await Self.logSize(of: "harbor-node", in: consortium) == logged)
            // A member that is not on trial is asked nothing of the kind, and hears nothing of trials.
            let active = try await consortium.ask(about: .behind, as: "cedar")
            #expect(active.story["lakeside"] == "not-asked trial")
            #expect(try await consortium.ask(about: Self.other, as: "cedar").isComplete)
        }
    }

    @Test("hold invented subjects only: other rows of their books are rejected")
    func holding() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            var draft = DirectoryDraft(consortium.site.directory, version: 2)
            try draft.set(.trial, ofMember: "maple")
            try consortium.site.publish(draft.directory())
            let home = try consortium.home("guild-node").folder
            let book = consortium.site.folder.appending(path: "book.csv")
            let loans = [
                ScenarioLoan(subject: .small), ScenarioLoan(subject: Self.other, account: "A-2"),
            ]
            try Data(ScenarioLoan.csv(loans).utf8).write(to: book)
            for (member, rejected) in [("maple", true), ("birch", false)] {
                let rejects = consortium.site.folder.appending(path: "\(member).rejects.csv")
                let output = try await Command.run([
                    "book", "import", book.path, "--home", home.path, "--member", member,
                    "--mapping", "plain", "--as-of", "2026-10-31", "--rejects", rejects.path,
                ])
                let text = (try? String(contentsOf: rejects, encoding: .utf8)) ?? ""
                #expect(text.contains("invented-only") == rejected, "\(output.errors)")
            }
        }
    }

    private static func logSize(
        of node: String, in consortium: ScenarioConsortium
    ) async throws -> Int {
        try await consortium.node(node).parts.offline.context.log
            .checkpoint().checkpoint.head.size.value
    }

    private static func otherNumber() -> String {
        let body = "99999819500412001"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }
}
