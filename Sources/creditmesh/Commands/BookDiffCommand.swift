import ArgumentParser
import Exchange
import Membership
import NodeAssembly
import RiskStandard
import StrictJSON

/// `creditmesh book diff`: a member's book on two days.
struct BookDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare a member's book on two days: new, closed, moved between classes.",
        discussion: """
            Both must be days for which something was imported. The roll-rate table has a row for \
            each class of the earlier day and a column for what became of its accounts; balances \
            in it are those of the earlier day. The node must not run.

            Example:
              creditmesh book diff --home ./lakeside --member lakeside --from 2026-09-30 \\
                --to 2026-10-31
            """)

    /// Days that are named when another one is asked for: the latest.
    private static let daysShown = 12

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose book it is.")
    var member: String
    @Option(name: .long, help: "The earlier day, YYYY-MM-DD.")
    var from: String
    @Option(name: .long, help: "The later day, YYYY-MM-DD.")
    var to: String
    @Option(name: .long, help: "Language: en or zh.")
    var lang = SpokenLanguage.en

    func run() async throws {
        try await output.run {
            let days = try askedDays()
            let comparison = try await home.withOfflineNode { node in
                do {
                    return try await compare(days, node)
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was compared.")
                }
            }
            let text = ComparisonText(
                member: member, from: days.from, to: days.to, comparison: comparison,
                language: lang)
            output.write(text.json, text: text.lines().joined(separator: "\n"))
        }
    }

    private func askedDays() throws -> (from: CalendarDate, to: CalendarDate) {
        guard let earlier = CalendarDate(from), let later = CalendarDate(to) else {
            throw CommandFailure("usage", "--from and --to must be dates, YYYY-MM-DD")
        }
        guard earlier < later else { throw CommandFailure("usage", "--from must be before --to") }
        return (earlier, later)
    }

    private func compare(
        _ days: (from: CalendarDate, to: CalendarDate), _ node: OfflineNode
    ) async throws -> BookComparison {
        let member = try node.lender(named: member)
        let store = node.context.store
        let known = try await store.importDays(of: member)
        for day in [days.from, days.to] where !known.contains(day) {
            throw CommandFailure("not-found", Self.text(missing: day, known: known))
        }
        var comparison = BookComparison()
        try store.compareDays(of: member, from: days.from, to: days.to) { comparison.add($0) }
        return comparison
    }

    private static func text(missing day: CalendarDate, known: [CalendarDate]) -> String {
        guard !known.isEmpty else {
            return "nothing was imported for \(day); the book has no day at all"
        }
        let shown = known.suffix(daysShown).map(\.description).joined(separator: ", ")
        let more = known.count > daysShown ? "… " : ""
        return "nothing was imported for \(day); the book has the days \(more)\(shown)"
    }
}
