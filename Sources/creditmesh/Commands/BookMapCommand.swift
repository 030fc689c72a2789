import ArgumentParser
import Book
import Foundation
import RiskStandard
import StrictJSON

/// `creditmesh book map`: proposes a mapping for a file.
struct BookMapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Propose a mapping for a file from its headers, and show rows as understood.",
        discussion: """
            Says for each field what was taken and why, what was assumed and what is to be filled \
            in. Identifiers, names and account numbers are masked on the terminal.

            Example:
              creditmesh book map loans.csv --out mine.yaml
            """)

    /// Rows that are shown as understood.
    private static let shownRows = 10

    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file.")
    var file: String
    @Option(name: .long, help: "Where the mapping goes; printed by default. Never overwrites.")
    var out: String?
    @Option(name: .long, help: "The day whose end the file shows, YYYY-MM-DD; today by default.")
    var asOf: String?
    @Option(name: .long, help: "Language: en or zh.")
    var lang = SpokenLanguage.en

    func run() async throws {
        try await output.run {
            let proposal = try BookFile.proposal(for: file)
            let rows = try proposal.mapping.map(understood) ?? []
            if let out { try write(proposal.yaml, to: out) }
            output.write(
                json(proposal, rows), text: text(proposal, rows).joined(separator: "\n"))
        }
    }

    private func understood(by mapping: ColumnMapping) throws -> [BookRow] {
        let handle = try BookFile.open(file)
        defer { try? handle.close() }
        do {
            let day = try BookFile.day(asOf) ?? mapping.asOf ?? BookFile.today
            var reader = try BookReader(mapping: mapping, source: .file(handle), asOf: day)
            var rows: [BookRow] = []
            while rows.count < Self.shownRows, let row = try reader.next() { rows.append(row) }
            return rows
        } catch let error as BookError {
            throw CommandFailure("book", "\(file): \(error)")
        }
    }

    private func write(_ yaml: String, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("file", "\(path): exists; give another name")
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(yaml.utf8)) else {
            throw CommandFailure("file", "\(path): cannot be written")
        }
    }

    private func text(_ proposal: MappingProposal, _ rows: [BookRow]) -> [String] {
        var lines: [String] = []
        if proposal.isPlain {
            lines.append(
                lang.say("The headers are those of the plain layout.", "表头即标准格式。"))
        }
        for finding in proposal.findings {
            let remark = lang.say(finding.remark.english, finding.remark.chinese)
            lines.append("  \(finding.field): \(ground(finding)) (\(remark))")
        }
        let missing = proposal.findings.contains { $0.ground == .missing }
        lines.append(
            proposal.mapping == nil
                ? lang.say(
                    "Fill in what is missing before the mapping can be used.",
                    "请先补填缺少的内容，映射才能使用。")
                : missing
                    ? lang.say(
                        "The mapping can be used; look at what is missing.", "映射可用；请留意缺少的内容。")
                    : lang.say("The mapping can be used; check it first.", "映射可用；请先核对。"))
        if !rows.isEmpty {
            lines.append(lang.say("The first rows as understood:", "前几行的读取结果："))
            lines += RowText.lines(rows)
        }
        if let out { return lines + [lang.say("Written to \(out).", "已写入 \(out)。")] }
        return lines + ["", proposal.yaml]
    }

    private func ground(_ finding: MappingProposal.Finding) -> String {
        let source = finding.source ?? ""
        return switch finding.ground {
        case .column: "'\(source)'"
        case .assumed: lang.say("assumed \(source)", "假定为 \(source)")
        case .missing: lang.say("MISSING", "缺少")
        }
    }

    private func json(_ proposal: MappingProposal, _ rows: [BookRow]) -> JSONValue {
        let delimiter = String(Character(Unicode.Scalar(proposal.delimiter)))
        return [
            "file": .string(file), "encoding": .string(proposal.encoding.rawValue),
            "delimiter": .string(delimiter), "skipLines": .integer(proposal.skipLines),
            "columns": .array(proposal.columns.map(JSONValue.string)),
            "isPlain": .bool(proposal.isPlain), "isComplete": .bool(proposal.mapping != nil),
            "fields": .array(
                proposal.findings.map {
                    .members([
                        "field": .string($0.field), "ground": .string($0.ground.rawValue),
                        "source": $0.source.map(JSONValue.string),
                        "remark": .string($0.remark.english),
                        "remarkZh": .string($0.remark.chinese),
                    ])
                }), "rows": .array(rows.map(RowText.json)), "yaml": .string(proposal.yaml),
        ]
    }
}
