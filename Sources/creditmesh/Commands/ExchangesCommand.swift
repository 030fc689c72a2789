import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh exchanges`: a member's own part of the node's log.
struct ExchangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchanges",
        abstract:
            "List what a member asked, published and recorded, as the running node logged it.",
        discussion: """
            The newest first. What other members of the node did is not shown, and who asked the node \
            is the operator's and the regulators' to see.
            只列出该成员自己的记录，最新的在前。

            Example:
              creditmesh exchanges --home ./harbor --member harbor
            """)

    /// How many at most: every page is kept in memory.
    static let limits = 1...10_000

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose entries they are.")
    var member: String
    @Option(name: .long, help: "Only entries before the one of this number.")
    var before: Int?
    @Option(name: .long, help: "How many, 1 to 10000.")
    var limit = 100

    func run() async throws {
        try await output.run {
            guard Self.limits.contains(limit) else {
                throw CommandFailure("usage", "--limit must be 1 to 10000")
            }
            let client = try LocalClient(home: home.nodeHome, member: member)
            var listed: [JSONValue] = []
            var place = before
            repeat {
                let wanted = min(limit - listed.count, MemberEntries.pageMax)
                let page = try await client.exchanges(before: place, limit: wanted)
                listed += page["entries"].elements ?? []
                place = page["before"].integer
            } while place != nil && listed.count < limit
            output.write(
                .members([
                    "entries": .array(listed), "before": place.map(JSONValue.integer),
                ]), text: Self.text(listed, place))
        }
    }

    private static func text(_ entries: [JSONValue], _ place: Int?) -> String {
        guard !entries.isEmpty else { return "nothing is logged" }
        var table = TextTable()
        for listed in entries {
            let entry = listed["entry"], outcomes = entry["outcomes"]
            let counts = ["found", "none", "refused"].compactMap { name in
                outcomes[name].integer.flatMap { $0 > 0 ? "\(name) \($0)" : nil }
            }
            table.add([
                entry["at"].word, listed["index"].word, entry["type"].word, entry["peer"].word,
                entry["purpose"].word, entry["count"].word,
                counts.isEmpty ? "-" : counts.joined(separator: " "),
            ])
        }
        let more = place.map { ["there may be more: --before \($0)"] } ?? []
        return (table.lines(indent: "") + more).joined(separator: "\n")
    }
}
