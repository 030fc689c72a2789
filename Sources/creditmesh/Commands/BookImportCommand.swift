import ArgumentParser
import Book
import Exchange
import Foundation
import Membership
import NodeAssembly
import RiskStandard
import StrictJSON

/// `creditmesh book import`: one file into one member's book, in one transaction.
struct BookImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a CSV file into a member's book, all of it or nothing.",
        discussion: """
            Rows that cannot be taken go to a reject file with line, column, reason and the way to \
            mend them; mend them there and import that file with the same mapping and --mended. It \
            holds personal data like the file itself. The rest is imported, and only what changed: \
            the same file twice changes nothing. A day that was imported before is told otherwise \
            only with --correct. Consents come with mapped columns or from a consent file; what has \
            none is held but never disclosed. The node must not run.

            Example:
              creditmesh book import loans.csv --home ./lakeside --member lakeside \\
                --mapping plain --as-of 2026-10-31 --consents consents.csv
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file.")
    var file: String
    @Option(name: .long, help: "The member whose book it is.")
    var member: String
    @Option(name: .long, help: "A shipped mapping's name, or the file of your own.")
    var mapping = "plain"
    @Option(name: .long, help: "The day whose end the file shows, YYYY-MM-DD.")
    var asOf: String?
    @Option(name: .long, help: "Which part of the book: a file replaces the part of that name.")
    var part = "main"
    @Option(
        name: .long,
        help: "All parts of the book, separated by commas; kept until declared otherwise.")
    var partsExpected: String?
    @Option(
        name: .long, help: "Why a day that was imported before is told otherwise; kept on record.")
    var correct: String?
    @Flag(name: .long, help: "Take the file although many accounts are not in it any more.")
    var acceptVanished = false
    @Flag(
        name: .long,
        help: "The file holds some accounts of the part only, as a mended reject file does.")
    var mended = false
    @Option(name: .long, help: "A consent file (protocol/book.md).")
    var consents: String?
    @Option(
        name: .long,
        help:
            "Where rejects go; FILE.rejects.csv by default. An older file stays; the name is numbered."
    )
    var rejects: String?

    func run() async throws {
        try await output.run {
            let mapping = try BookFile.mapping(mapping)
            try checkReason()
            let outcome = try await home.withOfflineNode { node in
                let member = try node.lender(named: member)
                let outcome = try importFile(mapping, member, node)
                if let partsExpected {
                    let parts = partsExpected.split(separator: ",").map(String.init)
                    try await node.context.store.declareParts(parts, of: member)
                }
                try await tellLog(node)
                return outcome
            }
            outcome.write(to: output, member: member)
        }
    }

    /// The import stands by now: what the log does not take, the node tells it when it starts.
    private func tellLog(_ node: OfflineNode) async throws {
        do {
            try await node.publisher.recordBookEvents()
        } catch {
            throw CommandFailure(
                "failed",
                "The import stands. The log did not take its consents and disputes: \(error); the "
                    + "next publishing or start of the node tells them.")
        }
    }

    private func checkReason() throws {
        guard let correct, !BookHeader.correctionBytes.contains(correct.utf8.count) else { return }
        throw CommandFailure("usage", "--correct takes a reason of at most 256 bytes")
    }

    private func importFile(
        _ mapping: ColumnMapping, _ member: MemberID, _ node: OfflineNode
    ) throws -> ImportOutcome {
        let rejectsWanted = rejects ?? file + ".rejects.csv"
        do {
            let source = try BookFile.open(file)
            defer { try? source.close() }
            var reader = try BookReader(
                mapping: mapping, source: .file(source), asOf: try BookFile.day(asOf))
            let consentSource = try consents.map(BookFile.open)
            defer { try? consentSource?.close() }
            var consentReader = try consentSource.map { try ConsentReader(source: .file($0)) }
            var rejectLog = RejectLog(
                wanted: rejectsWanted, header: reader.headerText, delimiter: mapping.delimiter)
            var consentLog = RejectLog(
                wanted: (consents ?? file) + ".rejects.csv",
                header: consentReader?.headerText ?? [], delimiter: UInt8(ascii: ","))
            // The consent file is read when the book file is at its end.
            var isReadingConsents = false
            let progress = Progress(of: file)
            let result = try node.importer().importBook(
                header(of: reader, mapping, member),
                options: ImportOptions(acceptsVanished: acceptVanished),
                evidence: EvidenceDigester(
                    folder: URL(filePath: file).deletingLastPathComponent().path),
                batches: { try reader.nextBatch(rowsMax: BookImporter.batchSize) },
                consents: {
                    isReadingConsents = true
                    return try consentReader?.next()
                },
                reject: {
                    try isReadingConsents ? consentLog.write($0) : rejectLog.write($0)
                },
                approve: { _ in
                    // The rejects reach the disk before the book is committed, or neither does.
                    try rejectLog.finish()
                    try consentLog.finish()
                    return nil
                }, progress: progress.update)
            progress.finish()
            return ImportOutcome(
                result: result, rejects: rejectLog.path, consentRejects: consentLog.path)
        } catch let error as BookError {
            throw CommandFailure("book", "\(file): \(error). Nothing was imported.")
        } catch let error as EvidenceFault {
            throw CommandFailure(
                "file", "a file of evidence changed: \(error.rawValue). Nothing was imported.")
        } catch let error as RejectFile.Failure {
            throw CommandFailure(error, path: rejectsWanted)
        } catch let error as ImportRefusal {
            throw CommandFailure(error)
        } catch let error as StoreError {
            throw CommandFailure(error, doing: "Nothing was imported; the old book stands.")
        }
    }

    private func header(
        of reader: BookReader, _ mapping: ColumnMapping, _ member: MemberID
    ) -> BookHeader {
        BookHeader(
            member: member, part: part, asOf: reader.asOf, importedAt: SystemClock().now,
            mapping: mapping.name, extent: mended ? .some : .whole,
            statesConsents: reader.statesConsents || consents != nil, correction: correct)
    }
}
