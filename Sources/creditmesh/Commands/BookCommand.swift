import ArgumentParser
import Book
import StrictJSON

/// `creditmesh book …`
struct BookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Check a lender's files, import them, publish them and give them back.",
        subcommands: [
            BookCheckCommand.self, BookMapCommand.self, BookImportCommand.self,
            BookPublishCommand.self, BookStatementsCommand.self, BookDiffCommand.self,
            BookExportCommand.self, BookReferenceCommand.self, BookPartsCommand.self,
            BookCorrectionsCommand.self, Mappings.self,
        ])

    /// `creditmesh book mappings`
    struct Mappings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mappings",
            abstract: "List the shipped column mappings, or print one to start your own from.",
            discussion: """
                Example:
                  creditmesh book mappings plain > mine.yaml
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "The mapping to print.")
        var name: String?

        func run() async throws {
            try await output.run {
                guard let name else { return list() }
                guard let mapping = ShippedMapping(rawValue: name) else {
                    throw CommandFailure("not-found", "no mapping '\(name)' is shipped")
                }
                let yaml = String(decoding: mapping.yaml, as: UTF8.self)
                output.write(["name": .string(name), "yaml": .string(yaml)], text: yaml)
            }
        }

        private func list() {
            let mappings = ShippedMapping.allCases.compactMap { try? $0.mapping() }
            output.write(
                .array(
                    mappings.map {
                        ["name": .string($0.name), "description": .string($0.description)]
                    }),
                text: mappings.map { "\($0.name): \($0.description)" }.joined(separator: "\n"))
        }
    }
}
