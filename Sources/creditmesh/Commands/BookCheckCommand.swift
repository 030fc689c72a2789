import ArgumentParser
import Book
import Exchange
import Foundation
import RiskStandard

/// `creditmesh book check`: what is in a file, with no network, no node and no trace.
struct BookCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a file as an import would, class every loan, and import nothing.",
        discussion: """
            Shows what was understood and what was not, the first places of each fault with the way \
            to mend it, and the table of the lender's own classes beside the standard's. Needs no \
            node and no network; with --home identifiers are judged by that node's charter. \
            Without --mapping the plain layout is taken where the headers are its own, else the \
            proposal of "creditmesh book map".

            Example:
              creditmesh book check loans.csv --as-of 2026-10-31
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file.")
    var file: String
    @Option(name: .long, help: "A shipped mapping's name, or the file of your own.")
    var mapping: String?
    @Option(name: .long, help: "The day whose end the file shows, YYYY-MM-DD; today by default.")
    var asOf: String?
    @Option(name: .long, help: "The risk standard.")
    var standard = "cn-2023@1"
    @Option(name: .long, help: "The folder of a node whose charter lists the schemes.")
    var home: String?
    @Option(name: .long, help: "Language: en or zh.")
    var lang = SpokenLanguage.en

    func run() async throws {
        try await output.run {
            let finding = try survey()
            let text = SurveyText(finding: finding, language: lang)
            output.write(SurveyJSON.value(finding), text: text.lines().joined(separator: "\n"))
            if finding.survey.damage.refusesFile {
                throw CommandFailure(
                    "book", "\(file): \(BookError.damagedIdentifiers(finding.survey.damage))")
            }
        }
    }

    private func survey() throws -> SurveyFinding {
        let mapping = try mapping.map(BookFile.mapping)
        let day = try BookFile.day(asOf)
        let standard = try chosenStandard()
        let check = BookCheck(standard: standard, judge: try IdentifierJudge(home: home))
        let progress = Progress(of: file)
        defer { progress.finish() }
        // Each reading has the file open for itself.
        var handles: [FileHandle] = []
        defer { for handle in handles { try? handle.close() } }
        do {
            let result = try check.run(
                mapping: mapping, name: BookFile.mappingName(for: file), asOf: day,
                today: BookFile.today,
                open: {
                    handles.append(try BookFile.open(file))
                    return .file(handles[handles.count - 1])
                }, progress: progress.update)
            return SurveyFinding(file: file, standard: standard, result: result)
        } catch let error as BookError {
            throw CommandFailure("book", "\(file): \(error)")
        } catch BookCheckError.noMapping(let missing) {
            throw CommandFailure(
                "mapping",
                "\(file): no mapping was given and none can be made: "
                    + "\(missing.joined(separator: ", ")) cannot be told from the columns; run "
                    + "'creditmesh book map \(file) --out mine.yaml', fill in what it names, and "
                    + "give it with --mapping")
        }
    }

    private func chosenStandard() throws -> Standard {
        guard let id = StandardID(standard), let found = StandardLibrary.embedded.standard(id)
        else {
            throw CommandFailure("not-found", "this version has no standard '\(standard)'")
        }
        return found
    }
}
