import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh status`: how a running node stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how a running node stands: directory, log, filters, books, peers, alarms.",
        discussion: """
            What is wrong and what to do about it says 'creditmesh doctor'.

            Example:
              creditmesh status --home ./lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.run {
            let status = try await LocalClient(home: home.nodeHome).status()
            output.write(status, text: StatusText(status, language).lines.joined(separator: "\n"))
        }
    }
}

/// A node's status for people.
struct StatusText {
    /// One line a fact.
    let lines: [String]

    /// The text of the document of the local API.
    init(_ status: JSONValue, _ language: ReportLanguage) {
        let words = language == .chinese ? StatusWords.chinese : .english
        var members = TextTable()
        for member in status["members"].elements ?? [] {
            members.add([
                member["member"].word, member["role"].word, member["status"].word,
                words.asOf(member["bookAsOf"].word), words.subjects(member["subjects"].word),
                words.undisclosed(member["undisclosed"].word),
            ])
        }
        var peers = TextTable()
        for peer in status["peers"].elements ?? [] {
            let last = peer["last"]
            peers.add([
                peer["node"].word, peer["status"].word,
                last == .null ? words.notAsked : last["code"] == .null ? "ok" : last["code"].word,
                last["at"].word,
            ])
        }
        lines =
            words.head(status) + [words.members] + members.lines() + [words.peers] + peers.lines()
    }
}

extension JSONValue {
    /// A member of an object; null for none.
    subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// A text or number as it is shown; `-` for nothing.
    var word: String { text ?? integer.map(String.init) ?? "-" }
}
