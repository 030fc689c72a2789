import Foundation
import Testing

/// The commands of the program as it tells them itself.
struct CommandTree {
    /// A command that does something.
    struct Leaf {
        /// Its words, `book import`.
        let name: String
        /// Its options' long names.
        let options: Set<String>
    }

    /// All that do something.
    let leaves: [Leaf]

    /// Asks the program.
    static func read() async throws -> CommandTree {
        let output = try await Command.run(["--experimental-dump-help"])
        try #require(output.status == 0)
        let dump = try JSONDecoder().decode(Dump.self, from: Data(output.text.utf8))
        return CommandTree(leaves: dump.command.leaves(under: []))
    }

    private struct Dump: Decodable {
        let command: Entry
    }

    private struct Entry: Decodable {
        let commandName: String
        let subcommands: [Entry]?
        let arguments: [Argument]?

        struct Argument: Decodable {
            let names: [Name]?

            struct Name: Decodable {
                let name: String
            }
        }

        func leaves(under words: [String]) -> [Leaf] {
            let further = (subcommands ?? []).filter { $0.commandName != "help" }
            guard further.isEmpty else {
                return further.flatMap { $0.leaves(under: words + [$0.commandName]) }
            }
            let names = (arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
            return [Leaf(name: words.joined(separator: " "), options: Set(names))]
        }
    }
}
