import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// Asks the demo's questions with `creditmesh query` and checks every report.
struct DemoTeller {
    let site: DemoSite
    let nodes: DemoNodes
    let voice: DemoVoice
    let language: String

    /// One question's end.
    struct Result {
        let title: String
        let report: JSONValue
        let failures: [String]

        var json: JSONValue {
            [
                "title": .string(title), "report": report,
                "failures": .array(failures.map(JSONValue.string)),
            ]
        }
    }

    /// Tells all stories; those for which a node is stopped come last.
    func tell(_ stories: [DemoStory]) async throws -> [Result] {
        var results: [Result] = []
        let ordered = stories.filter { $0.stopped == nil } + stories.filter { $0.stopped != nil }
        for (index, story) in ordered.enumerated() {
            if let node = story.stopped { try await nodes.stop(node) }
            voice.say("\n\(String(repeating: "-", count: 80))")
            voice.say("\(index + 1). \(story.title)\n   \(story.shows)\n")
            results.append(try ask(story, caseName: "demo-\(index + 1)"))
        }
        return results
    }

    /// Asks twice within one case, once for people and once to check: one inquiry.
    private func ask(_ story: DemoStory, caseName: String) throws -> Result {
        guard let home = site.home(DemoConsortium.askingNode) else {
            throw CommandFailure("demo", "no asking node")
        }
        let evidence = site.folder.appending(path: "consent.txt")
        try Data("Invented consent for the demo.\n".utf8).write(to: evidence)
        let arguments = [
            "query", "--home", home.folder.path, "--member", DemoConsortium.asker,
            "--scheme", story.subject.scheme, "--purpose", story.purpose, "--case", caseName,
            "--evidence", evidence.path, "--granted-at", "2026-01-05T09:00:00Z",
            "--expires-at", "2099-01-05T09:00:00Z", "--lang", language,
        ]
        let input =
            [story.subject.identifier, story.typedName ?? ""].joined(separator: "\n") + "\n"
        let text = try Subprocess.run(arguments, input: input)
        voice.say(text.text + text.errors)
        let checked = try Subprocess.run(arguments + ["--json"], input: input)
        let limits = JSONLimits(documentBytesMax: LocalClient.answerBytesMax)
        let report = (try? JSONValue(parsing: Array(checked.text.utf8), limits: limits)) ?? .null
        return Result(title: story.title, report: report, failures: story.failures(in: report))
    }
}
