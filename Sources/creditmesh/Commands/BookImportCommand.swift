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
            mend them; mend them there and import that file with the same mapping and a --part of \
            its own. It holds personal data like the file itself. The rest is imported. Consents come with mapped columns or from a consent file; what has none is \
            held but never disclosed. The node must not run.

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
            let mapping = try readMapping()
            let (result, rejectPaths) = try await home.withOfflineNode { node in
                try importFile(mapping, node)
            }
            report(result, rejectPaths)
        }
    }

    private func readMapping() throws -> ColumnMapping {
        do {
            if let shipped = ShippedMapping(rawValue: mapping) { return try shipped.mapping() }
            guard let data = FileManager.default.contents(atPath: mapping) else {
                throw CommandFailure(
                    "file", "\(mapping): neither a shipped mapping nor a file that can be read")
            }
            return try ColumnMapping(yaml: Array(data))
        } catch let error as MappingError {
            throw CommandFailure("mapping", "\(mapping): \(error)")
        }
    }

    private func importFile(
        _ mapping: ColumnMapping, _ node: OfflineNode
    ) throws -> (BookImportResult, RejectPaths) {
        let member = try bookMember(in: node)
        let rejectsWanted = rejects ?? file + ".rejects.csv"
        do {
            let source = try open(file)
            defer { try? source.close() }
            var reader = try BookReader(mapping: mapping, source: .file(source), asOf: try date())
            let consentSource = try consents.map(open)
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
                BookHeader(
                    member: member, part: part, asOf: reader.asOf, importedAt: SystemClock().now,
                    mapping: mapping.name),
                rows: { try reader.next() },
                consents: {
                    isReadingConsents = true
                    if let row = try consentReader?.next() { return row }
                    // The rejects reach the disk before the book is committed, or neither does.
                    try rejectLog.finish()
                    try consentLog.finish()
                    return nil
                },
                reject: {
                    try isReadingConsents ? consentLog.write($0) : rejectLog.write($0)
                }, progress: progress.update)
            progress.finish()
            return (result, RejectPaths(book: rejectLog.path, consents: consentLog.path))
        } catch let error as BookError {
            throw CommandFailure("book", "\(file): \(error). Nothing was imported.")
        } catch let error as RejectFile.Failure {
            throw CommandFailure(error, path: rejectsWanted)
        } catch let error as ImportRefusal {
            throw CommandFailure(error)
        } catch let error as StoreError {
            throw CommandFailure(error, doing: "Nothing was imported; the old book stands.")
        }
    }

    private func bookMember(in node: OfflineNode) throws -> MemberID {
        let lenders = node.context.directory.current.lenders(servedBy: node.context.node)
        guard let id = MemberID(member), lenders.contains(where: { $0.id == id }) else {
            let known = lenders.map(\.id.description).joined(separator: ", ")
            throw CommandFailure(
                "unknown-member", "'\(member)' is no lender of this node; it serves: \(known)")
        }
        return id
    }

    private func date() throws -> CalendarDate? {
        guard let asOf else { return nil }
        guard let date = CalendarDate(asOf) else {
            throw CommandFailure("usage", "--as-of must be a date, YYYY-MM-DD")
        }
        return date
    }

    private func open(_ path: String) throws -> FileHandle {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("file", "\(path): cannot be read")
        }
        return handle
    }

    /// Where rejects went; nil where there are none.
    private struct RejectPaths {
        let book: String?
        let consents: String?
    }

    private func report(_ result: BookImportResult, _ rejects: RejectPaths) {
        let classes = RiskClass.allCases.map { ($0, result.accounts[$0, default: 0]) }
        let paths = [rejects.book, rejects.consents].compactMap(\.self)
        let taken = classes.reduce(0) { $0 + $1.1 }
        output.write(
            [
                "rows": .integer(result.rows), "accounts": .integer(taken),
                "rejected": .integer(result.rejected), "consents": .integer(result.consents),
                "rejectFile": rejects.book.map(JSONValue.string) ?? .null,
                "consentRejectFile": rejects.consents.map(JSONValue.string) ?? .null,
                "classes": .object(classes.map { JSONMember($0.0.rawValue, .integer($0.1)) }),
            ],
            text: """
                \(member): \(taken) accounts of \(result.rows) rows, \(result.consents) consents, \
                \(result.rejected) rejected\(paths.isEmpty ? "" : " (see \(paths.joined(separator: ", ")))")
                  \(classes.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", "))
                """)
    }
}

extension CommandFailure {
    /// Rejects that cannot be kept.
    fileprivate init(_ error: RejectFile.Failure, path: String) {
        let reason =
            switch error {
            case .exists: "exists"
            case .failed(let errno): String(cString: strerror(errno))
            }
        self.init("file", "\(path): cannot be written: \(reason). Nothing was imported.")
    }

    /// An import that was refused as a whole.
    init(_ refusal: ImportRefusal) {
        switch refusal {
        case .correctionNeeded(let accounts):
            self.init(
                "correction-needed",
                """
                this day was imported before, and the file tells otherwise of \(accounts) accounts; \
                say why with --correct REASON. Nothing was imported; the old book stands.
                """)
        case .tooManyVanished(let changes):
            self.init(
                "too-many-vanished",
                """
                \(changes.vanished) of \(changes.stoodBefore) accounts are not in the file although \
                nothing closed them; is it the whole part? If so: --accept-vanished. Nothing was \
                imported; the old book stands.
                """)
        }
    }

    /// What the store said; `consequence` says what became of the data.
    init(_ error: StoreError, doing consequence: String) {
        switch error {
        case .busy:
            self.init("busy", "another import is in the making; try again. \(consequence)")
        case .inUse(let path):
            self.init("in-use", "\(path) is in use; is the node running? \(consequence)")
        case .exposed(let folder):
            self.init(
                "exposed", "others may enter \(folder); run: chmod 700 \(folder). \(consequence)")
        case .newer(let path):
            self.init("newer", "\(path) was written by a later version; update. \(consequence)")
        case .damaged(let path):
            self.init("damaged", "\(path) is damaged or no store. \(consequence)")
        case .diskFull:
            self.init("disk-full", "the disk is full. \(consequence)")
        case .failed(let code, let message):
            self.init("store", "the store failed (\(code): \(message)). \(consequence)")
        }
    }
}
