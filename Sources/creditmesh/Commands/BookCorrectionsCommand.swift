import ArgumentParser
import Exchange
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh book corrections`: of which accounts a day that had been imported was told otherwise.
struct BookCorrectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections",
        abstract: "List which accounts were corrected: reference, day, reason, and when.",
        discussion: """
            Oldest first. "book reference" gives the references of account numbers. The node must \
            not run.

            Example:
              creditmesh book corrections --home ./lakeside --member lakeside
            """)

    /// How many corrections may be listed at once.
    static let limits = 1...10_000

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose book it is.")
    var member: String
    @Option(name: .long, help: "Only corrections after the one of this number.")
    var after: Int64 = 0
    @Option(name: .long, help: "How many, 1 to 10000.")
    var limit = 1000

    func run() async throws {
        try await output.run {
            guard Self.limits.contains(limit) else {
                throw CommandFailure("usage", "--limit must be 1 to 10000")
            }
            let corrections = try await home.withOfflineNode { node in
                do {
                    return try await read(node.context.store, member: node.lender(named: member))
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was listed.")
                }
            }
            output.write(.array(corrections.map(\.json)), text: text(corrections))
        }
    }

    /// The member's corrections with the imports that made them; other members' are passed over.
    private func read(_ store: any Store, member: MemberID) async throws -> [ListedCorrection] {
        let imports = Dictionary(
            uniqueKeysWithValues: try await store.imports(of: member, limit: .max)
                .map { ($0.id, $0.header) })
        var listed: [ListedCorrection] = []
        var last = after
        while listed.count < limit {
            let page = try await store.corrections(after: last, limit: limit)
            guard let end = page.last else { break }
            last = end.id
            listed += page.filter { $0.member == member }
                .map { ListedCorrection(correction: $0, header: imports[$0.importID]) }
        }
        return Array(listed.prefix(limit))
    }

    private func text(_ corrections: [ListedCorrection]) -> String {
        guard let last = corrections.last else { return "nothing was corrected" }
        let more =
            corrections.count == limit ? ["there may be more: --after \(last.correction.id)"] : []
        return (corrections.map(\.line) + more).joined(separator: "\n")
    }
}

/// A correction with what its import said.
private struct ListedCorrection {
    let correction: Correction
    /// Nil: the journal lacks the import, which only damage can bring about.
    let header: BookHeader?

    var line: String {
        [
            Base64URL.encode(correction.account.bytes), "day \(correction.asOf)",
            header.map { "corrected \($0.importedAt)" },
            header?.correction.map { "reason: \($0)" },
        ].compactMap(\.self).joined(separator: "  ")
    }

    var json: JSONValue {
        [
            "id": .integer(Int(correction.id)),
            "ref": .string(Base64URL.encode(correction.account.bytes)),
            "asOf": .string(correction.asOf.description),
            "correctedAt": header.map { .string($0.importedAt.description) } ?? .null,
            "part": header.map { .string($0.part) } ?? .null,
            "reason": header?.correction.map(JSONValue.string) ?? .null,
        ]
    }
}
