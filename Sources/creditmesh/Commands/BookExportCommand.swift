import ArgumentParser
import Book
import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// `creditmesh book export`: what is held of a member's book, in the plain layout.
struct BookExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Give back what is held of a member's book, in the plain layout.",
        discussion: """
            With the private half of the member's rekey key the file holds identifiers, names and \
            account numbers, and can be imported again with the mapping "plain"; keep it like the \
            lender's own file. Without it those columns hold references or nothing, and no import \
            takes the file. It is made with mode 0600 and never written over another. The node must \
            not run. 须持有成员私钥方可还原证件号码、姓名与账号；无私钥时仅含引用，不能再次导入。

            Exit status: 0 done, 3 the private halves did not open everything, 1 it failed.

            Example:
              creditmesh book export --home ./lakeside --member lakeside --out book.csv \\
                --private-key /media/stick/lakeside.rekey
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose book it is.")
    var member: String
    @Option(name: .long, help: "Where the file goes; nothing is there.")
    var out: String
    @Option(name: .long, help: "Only this part of the book.")
    var part: String?
    @Option(
        name: .long, parsing: .singleValue,
        help: "The private half of the member's rekey key; once for each of its keys.")
    var privateKey: [String] = []

    /// Where consents go for which their rows have no room.
    private var consentsOut: String {
        (out.hasSuffix(".csv") ? String(out.dropLast(4)) : out) + ".consents.csv"
    }

    func run() async throws {
        try await output.run {
            let outcome = try await home.withOfflineNode { node in
                do {
                    return try await export(node)
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was exported.")
                } catch let error as ExportFile.Failure {
                    throw failure(error)
                }
            }
            outcome.write(to: output)
            if !outcome.isComplete { throw ExitCode(3) }
        }
    }

    private func export(_ node: OfflineNode) async throws -> ExportOutcome {
        let member = try node.lender(named: member)
        let keys = try privateHalves(of: member)
        let parts = try await chosenParts(of: member, in: node.context.store)
        var exporter = BookExporter(
            context: node.context, member: member, part: part, privateHalves: keys)
        let progress = Progress(of: out, unit: "accounts")
        defer { progress.finish() }
        var file = try ExportFile(path: out, header: ExportedRow.columns)
        var consents = try ExportFile(path: consentsOut, header: ExportedRow.consentColumns)
        while let page = try await exporter.nextPage() {
            for row in page {
                try file.write(row.cells)
                for consent in row.furtherConsents { try consents.write(consent) }
            }
            progress.update(exporter.count.accounts)
        }
        // The consents first: a book without them would look whole.
        let hasConsents = exporter.count.furtherConsents > 0
        if hasConsents { try consents.finish() }
        try file.finish()
        return ExportOutcome(
            member: self.member, file: out, consentFile: hasConsents ? consentsOut : nil,
            parts: parts, count: exporter.count, hasKey: !keys.isEmpty)
    }

    private func privateHalves(of member: MemberID) throws -> [RekeyPrivateKey] {
        let keys = try RekeyKeys.privateHalves(privateKey.map { URL(filePath: $0) })
        if let stranger = keys.keys.first(where: { $0 != member }) {
            throw CommandFailure(
                "unknown-member", "a private half is that of '\(stranger)', not of '\(member)'")
        }
        return keys[member, default: []]
    }

    private func chosenParts(of member: MemberID, in store: any Store) async throws -> [BookPart] {
        let parts = try await store.parts(of: member).filter { $0.asOf != nil }
        guard let part else { return parts }
        let chosen = parts.filter { $0.name == part }
        guard !chosen.isEmpty else {
            let known = parts.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                "not-found", "nothing was imported into a part of that name; there are: \(known)")
        }
        return chosen
    }

    private func failure(_ error: ExportFile.Failure) -> CommandFailure {
        let reason =
            switch error {
            case .exists: "\(out) or \(consentsOut) exists; it is not overwritten"
            case .unfinished:
                "\(out).partial or \(consentsOut).partial is there, from an export that did not "
                    + "end; it holds personal data: remove it"
            case .failed(let errno):
                "\(out): cannot be written: \(String(cString: strerror(errno)))"
            }
        return CommandFailure("file", "\(reason). Nothing was exported.")
    }
}
