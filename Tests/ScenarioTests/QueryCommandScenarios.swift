import Foundation
import Testing

@Suite("Scenario: an analyst asks at the terminal")
struct QueryCommandScenarios {
    @Test(
        "every command shows an example",
        arguments: [
            ["demo"], ["node", "init"], ["node", "run"], ["node", "signing-key"],
            ["book", "import"], ["book", "publish"],
            ["book", "mappings"], ["query"], ["directory", "check"],
        ])
    func help(command: [String]) async throws {
        let output = try await Command.run(command + ["--help"])
        #expect(output.status == 0)
        #expect(output.text.contains("Example"))
        #expect(output.text.contains("creditmesh " + command.joined(separator: " ")))
    }

    @Test("number and name come on standard input or from a file")
    func subject() async throws {
        try await ScenarioConsortium.run { consortium in
            let subject = ScenarioSubject.behind
            let typed = try await Command.run(consortium.querying(), input: subject.input)
            #expect(typed.status == 0)
            #expect(typed.errors == "")
            #expect(typed.text.contains("substandard"))

            let file = try consortium.write(subject.input, to: "subject.txt")
            let named = try await Command.run(consortium.querying("--subject", file, "--json"))
            #expect(named.status == 0)
            let view = try JSONDecoder().decode(ReportView.self, from: Data(named.text.utf8))
            #expect(view.complete)
            #expect(view.worst?.decidedBy == "cn-2023/11.1")

            let chinese = try await Command.run(
                consortium.querying("--lang", "zh", "--subject", "-"), input: subject.input)
            #expect(chinese.text.contains("次级"))
            for output in [typed, named, chinese] {
                #expect(!output.text.contains(subject.identifier))
            }
        }
    }

    @Test("a report that is not complete is printed, and the exit status says so")
    func incomplete() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let input = ScenarioSubject.behind.input
            let text = try await Command.run(consortium.querying(), input: input)
            #expect(text.status == 3)
            #expect(text.errors == "")
            #expect(text.text.split(separator: "\n").first?.contains("INCOMPLETE") == true)
            let json = try await Command.run(consortium.querying("--json"), input: input)
            #expect(json.status == 3)
            let view = try JSONDecoder().decode(ReportView.self, from: Data(json.text.utf8))
            #expect(!view.complete)
        }
    }

    @Test("a mistyped number is refused with the rule that it breaks, and not repeated")
    func mistyped() async throws {
        try await ScenarioConsortium.run { consortium in
            let mistyped = ScenarioSubject.behind.mistyped
            let text = try await Command.run(consortium.querying(), input: mistyped)
            #expect(text.status == 1)
            #expect(text.text == "")
            #expect(text.errors.hasSuffix(" [invalid-identifier]\n"))
            #expect(text.errors.contains("check"))
            let json = try await Command.run(consortium.querying("--json"), input: mistyped)
            #expect(json.status == 1)
            #expect(json.errorCode == "invalid-identifier")
            #expect(!(text.errors + json.errors).contains(mistyped))
            #expect(consortium.log.lines.allSatisfy { !$0.contains(mistyped) })
        }
    }

    @Test("what is wrong with a question is said with a stable code on standard error")
    func codes() async throws {
        try await ScenarioConsortium.run(absent: ["cedar-node"]) { consortium in
            let cases: [(code: String, more: [String], input: String)] = [
                ("usage", [], ""),
                ("usage", [], "\n\n"),
                ("file", ["--subject", "/nonexistent"], ""),
                ("file", ["--evidence", "/nonexistent"], ScenarioSubject.good.input),
                ("unknown-member", ["--member", "cedar"], ScenarioSubject.good.input),
                ("bad-request", ["--member", "NOBODY"], ScenarioSubject.good.input),
                ("bad-request", ["--deadline", "0"], ScenarioSubject.good.input),
                ("bad-request", ["--granted-at", "yesterday"], ScenarioSubject.good.input),
                ("bad-request", ["--basis", "curiosity"], ScenarioSubject.good.input),
                ("invalid-purpose", ["--purpose", "curiosity"], ScenarioSubject.good.input),
                ("invalid-identifier", ["--scheme", "passport"], ScenarioSubject.good.input),
                (
                    "consent-purpose", ["--consent-purpose", "post-loan"],
                    ScenarioSubject.good.input
                ),
                (
                    "consent-expired", ["--expires-at", "2026-02-01T00:00:00Z"],
                    ScenarioSubject.good.input
                ),
            ]
            for (code, more, input) in cases {
                // A later option takes the place of an earlier one.
                let arguments = try consortium.querying("--json") + more
                let output = try await Command.run(arguments, input: input)
                #expect(output.status == 1, "\(more)")
                #expect(output.text == "", "\(more)")
                #expect(output.errorCode == code, "\(more): \(output.errors)")
                #expect(!output.errors.contains(ScenarioSubject.good.identifier))
            }
            let stopped = try await Command.run(
                consortium.querying("--json", asking: "cedar-node"),
                input: ScenarioSubject.good.input)
            #expect(stopped.status == 1)
            #expect(stopped.errorCode == "not-running")
        }
    }
}
