import ArgumentParser
import Exchange
import Foundation
import StrictJSON

/// `make bench`: what the parts and a whole node do in a second, beside the rate of the group
/// multiplication that bounds them, all in one run.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "creditmesh-bench",
        abstract: "Measure tokens, filters, classes, queries and a node under load.",
        discussion: """
            Nodes run in this process on loopback with real TLS and real SQLite with fsync. Ratios \
            within one run mean something; numbers of different machines do not compare.

            Examples:
              creditmesh-bench --seconds 3 --output bench.json
              creditmesh-bench --only import,check --accounts 300000
            """)

    @Option(name: .long, help: "Seconds for each load measurement.")
    var seconds = 3
    @Option(name: .long, help: "Nodes asked at once, one measurement each.")
    var nodes: [Int] = [1, 10, 50]
    @Option(
        name: .long,
        help: "What to measure, separated by commas: \(BenchSelection.names).")
    var only = BenchSelection.all
    @Option(name: .long, help: "Rows of the files that are checked.")
    var rows = 1_000_000
    @Option(name: .long, help: "Accounts of the book whose import is measured.")
    var accounts = 1_000_000
    @Option(name: .long, help: "Entries of the log that is started and checked.")
    var logEntries = 1_000_000
    @Option(name: .long, help: "File for the results as JSON.")
    var output: String?
    @Option(name: .long, help: .hidden)
    var measure: MeasuredRun.Work?
    @Option(name: .long, help: .hidden)
    var measuredFile: String?
    @Option(name: .long, help: .hidden)
    var measuredCount = 0

    func run() async throws {
        if let measure, let measuredFile {
            return try await MeasuredRun.perform(
                measure, file: URL(filePath: measuredFile), count: measuredCount)
        }
        var table = BenchTable()
        for part in BenchPart.allCases where only.parts.contains(part) {
            try await run(part, into: &table)
        }
        table.sayAims()
        if let output {
            try Data(table.json.prettyPrinted.utf8).write(to: URL(filePath: output))
        }
    }

    private func run(_ part: BenchPart, into table: inout BenchTable) async throws {
        switch part {
        case .parts: try PartsBench().run(into: &table)
        case .standard: try StandardBench(rows: rows).run(into: &table)
        case .check: try CheckBench(rows: rows).run(into: &table)
        case .import: try await ImportBench(accounts: accounts).run(into: &table)
        case .directory: try await DirectoryBench().run(into: &table)
        case .queries: try await QueryBench(counts: nodes).run(into: &table)
        case .log: try await LogBench(entries: logEntries).run(into: &table)
        case .load:
            try await LoadBench(duration: .seconds(seconds)).run(into: &table)
            try await AnswerBench(duration: .seconds(seconds)).run(into: &table)
        }
    }
}
