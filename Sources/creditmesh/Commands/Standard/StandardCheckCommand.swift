import ArgumentParser
import Book
import Exchange
import Foundation
import RiskStandard
import StrictJSON

/// `creditmesh standard check`: what a supervisor runs over a lender's book.
struct StandardCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Classify a lender's file, debtor by debtor, and find classes that are too good.",
        discussion: """
            Every row gets its class by the standard. Where the file brings the lender's own class \
            (the mapping's blocks `columns: ownClass` and `ownClasses`), each row whose own class is \
            better than the standard allows is listed with its line and the article. Nothing is \
            imported, and no identifier is shown. The exit status is 3 when a row is too good.

            Example:
              creditmesh standard check loans.csv --mapping plain --as-of 2026-10-31
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file.")
    var file: String
    @Option(name: .long, help: "A shipped mapping's name, or the file of your own.")
    var mapping = "plain"
    @Option(name: .long, help: "Name and version of the standard.")
    var standard = "cn-2023@1"
    @Option(name: .long, help: "The day whose end the file shows, YYYY-MM-DD.")
    var asOf: String?
    @Option(
        name: .long, help: "A new file for the class of every row: line, class, rule, at least.")
    var classes: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.run {
            let standard = try StandardLibrary.embedded.standard(named: standard)
            let result = try check(standard)
            if let classes { try ClassFile.write(result, to: classes) }
            let page = StandardCheckPage(result: result, standard: standard, language: language)
            output.write(page.json, text: page.text(of: URL(filePath: file).lastPathComponent))
            guard result.tooGood.isEmpty else { throw ExitCode(3) }
        }
    }

    private func check(_ standard: Standard) throws -> StandardCheckResult {
        let mapping = try BookFile.mapping(mapping)
        let date = try BookFile.day(asOf)
        let progress = Progress(of: file)
        defer { progress.finish() }
        // Each reading has the file open for itself.
        var handles: [FileHandle] = []
        defer { for handle in handles { try? handle.close() } }
        do {
            return try StandardCheck(standard: standard, mapping: mapping).run(
                open: {
                    guard let handle = FileHandle(forReadingAtPath: file) else {
                        throw CommandFailure("file", "\(file): cannot be read")
                    }
                    handles.append(handle)
                    return try BookReader(mapping: mapping, source: .file(handle), asOf: date)
                }, progress: progress.update)
        } catch let error as BookError {
            throw CommandFailure("book", "\(file): \(error).")
        } catch is StandardCheckError {
            throw CommandFailure("file", "\(file): it changed while it was read; try again")
        }
    }
}

/// The class of every row as a CSV file.
private enum ClassFile {
    /// Writes a new file that only its owner reads: which rows are bad is the lender's business.
    static func write(_ result: StandardCheckResult, to path: String) throws {
        var text = "line,class,decidedBy,atLeast\n"
        for row in result.classified {
            text += "\(row.line),\(row.riskClass.rawValue),\(row.decidedBy),\(row.isAtLeast)\n"
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("file", "\(path): \(String(cString: strerror(errno)))")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            throw CommandFailure("file", "\(path): cannot be written")
        }
    }
}
