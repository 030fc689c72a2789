import ArgumentParser
import Exchange
import NodeAssembly
import StrictJSON

/// `creditmesh book parts`: of which parts a member's book is made, and whether all are there.
struct BookPartsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parts",
        abstract: "List the parts of a member's book, with their days.",
        discussion: """
            A book is complete when every declared part ("book import --parts-expected") is there \
            and all are of one day. The node must not run.

            Example:
              creditmesh book parts --home ./lakeside --member lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose book it is.")
    var member: String

    func run() async throws {
        try await output.run {
            let parts = try await home.withOfflineNode { node in
                do {
                    return try await node.context.store.parts(of: node.lender(named: member))
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was listed.")
                }
            }
            output.write(
                [
                    "member": .string(member), "complete": .bool(parts.isComplete),
                    "parts": .array(parts.map(\.json)),
                ],
                text: text(parts))
        }
    }

    private func text(_ parts: [BookPart]) -> String {
        guard !parts.isEmpty else { return "nothing was imported" }
        let isDeclared = parts.contains(where: \.isExpected)
        let lines = parts.map { part in
            part.line + (isDeclared && !part.isExpected ? " (not declared)" : "")
        }
        let verdict =
            parts.isComplete
            ? "complete 完整" : "not complete: a part is missing, or is of another day 不完整"
        return (lines + [verdict]).joined(separator: "\n")
    }
}
