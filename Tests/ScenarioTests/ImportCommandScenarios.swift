import Foundation
import Testing

@Suite("Scenario: a lender imports its book")
struct ImportCommandScenarios {
    /// A row whose number has a wrong check character.
    private static let badRow = ScenarioLoan(
        subject: ScenarioSubject(
            identifier: ScenarioSubject.good.mistyped, name: ScenarioSubject.good.name),
        account: "A-9"
    ).row

    @Test("bad rows go to a file with line and reason, the rest is imported, and again the same")
    func rejects() async throws {
        try await ScenarioConsortium.offline { consortium in
            let book = try consortium.write(
                ScenarioLoan.csv([
                    ScenarioLoan(subject: .good), ScenarioLoan(subject: .small, account: "A-2"),
                ]) + Self.badRow, to: "book.csv")
            for number in 1...2 {
                let output = try await Command.run(
                    consortium.importing(book, of: "cedar", "--json", "--correct", "test"))
                #expect(output.status == 0, "\(output.errors)")
                let result = try JSONDecoder().decode(ImportView.self, from: Data(output.text.utf8))
                #expect(result.rows == 3)
                #expect(result.accounts == 2)
                #expect(result.rejected == 1)
                let suffix = number == 1 ? "" : "-2"
                #expect(result.rejectFile == "\(book).rejects\(suffix).csv")
                let rejects = try String(contentsOfFile: result.rejectFile, encoding: .utf8)
                #expect(
                    rejects.hasPrefix(
                        "reject_line,reject_column,reject_code,reject_reason,reject_mend,scheme,"))
                #expect(rejects.contains("\n4,,identifier-"))
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: result.rejectFile)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                for text in [output.text, output.errors] {
                    #expect(!text.contains(ScenarioSubject.good.mistyped))
                    #expect(!text.contains(ScenarioSubject.good.name))
                }
            }
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 2])
        }
    }

    @Test("what cannot be imported changes nothing, and says why with a stable code")
    func refusals() async throws {
        try await ScenarioConsortium.offline { consortium in
            let good = try consortium.write(
                ScenarioLoan.csv([ScenarioLoan(subject: .small)]), to: "good.csv")
            let headless = try consortium.write("a,b\n1,2\n", to: "headless.csv")
            let empty = try consortium.write("", to: "empty.csv")
            let broken = try consortium.write(
                ScenarioLoan.csv([ScenarioLoan(subject: .small)]) + "cn-rid,\"no end\n",
                to: "broken.csv")
            let mapping = try consortium.write("columns: [", to: "mapping.yaml")
            let cases: [(code: String, arguments: [String])] = [
                ("file", try consortium.importing("/nonexistent.csv", of: "cedar")),
                ("file", try consortium.importing(good, of: "cedar", "--mapping", "nonexistent")),
                ("mapping", try consortium.importing(good, of: "cedar", "--mapping", mapping)),
                (
                    "unknown-member",
                    try consortium.importing(good, of: "cedar", "--member", "maple")
                ),
                ("usage", try consortium.importing(good, of: "cedar", "--as-of", "today")),
                ("file", try consortium.importing(good, of: "cedar", "--consents", "/nonexistent")),
                ("book", try consortium.importing(good, of: "cedar", "--consents", headless)),
                ("book", try consortium.importing(headless, of: "cedar")),
                ("book", try consortium.importing(empty, of: "cedar")),
                ("book", try consortium.importing(broken, of: "cedar")),
                (
                    "file",
                    try consortium.importing(good, of: "cedar", "--home", "/nonexistent")
                ),
            ]
            for (code, arguments) in cases {
                let output = try await Command.run(arguments + ["--json"])
                #expect(output.status == 1, "\(arguments)")
                #expect(output.text == "", "\(arguments)")
                #expect(output.errorCode == code, "\(arguments): \(output.errors)")
            }
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 3])
        }
    }

    @Test("while the node runs its store is in use")
    func inUse() async throws {
        try await ScenarioConsortium.run { consortium in
            let book = try consortium.write(
                ScenarioLoan.csv([ScenarioLoan(subject: .small)]), to: "book.csv")
            let home = try consortium.home("cedar-node").folder.path
            for arguments in [
                try consortium.importing(book, of: "cedar"), ["book", "publish", "--home", home],
                ["node", "run", "--home", home],
            ] {
                let output = try await Command.run(arguments + ["--json"])
                #expect(output.status == 1)
                #expect(output.errorCode == "in-use", "\(arguments): \(output.errors)")
            }
            let report = try await consortium.ask(about: .good)
            #expect(report.story["cedar"] == "record")
        }
    }

    @Test("kill -9 in the middle of an import leaves the old book")
    func killed() async throws {
        try await ScenarioConsortium.offline { consortium in
            let pipe = consortium.site.folder.appending(path: "book.csv")
            try #require(mkfifo(pipe.path, 0o600) == 0)
            let command = try RunningCommand.start(consortium.importing(pipe.path, of: "cedar"))
            defer { command.send(SIGKILL) }
            // Two batches and more than the pipe holds: what is written has been read, and the
            // import waits for the rest in the middle of its transaction.
            let rows = (0..<6000).map {
                ScenarioLoan(subject: .person($0), account: "B-\($0)")
            }
            let writer = try await Self.feed(ScenarioLoan.csv(rows), into: pipe)
            command.send(SIGKILL)
            let ended = try await command.output()
            try writer.close()
            #expect(ended.status == -SIGKILL)
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 3])

            let whole = try consortium.write(ScenarioLoan.csv(rows), to: "whole.csv")
            let again = try await Command.run(
                consortium.importing(whole, of: "cedar", "--correct", "the whole book"))
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 6000])
        }
    }

    /// Writes a text into a pipe, away from the tasks of other tests; the pipe stays open.
    private static func feed(_ text: String, into pipe: URL) async throws -> FileHandle {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        let handle = try FileHandle(forWritingTo: pipe)
                        try handle.write(contentsOf: Data(text.utf8))
                        return handle
                    })
            }
        }
    }
}

/// What of an import's JSON the scenarios look at.
private struct ImportView: Decodable {
    let rows: Int
    let accounts: Int
    let rejected: Int
    let rejectFile: String
}
