import ArgumentParser
import Exchange
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh book statements`: what was published, newest first.
struct BookStatementsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statements",
        abstract: "List the statements that were recorded when books were published.",
        discussion: """
            Prints time, as-of date and digest of each; with --json the statements themselves, byte \
            for byte as they were kept (protocol/statement.md). The node must not run.

            Example:
              creditmesh book statements --home ./lakeside --member lakeside
            """)

    /// How many statements may be listed.
    static let limits = 1...1000

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Only this member's.")
    var member: String?
    @Option(name: .long, help: "How many, 1 to 1000.")
    var limit = 20

    func run() async throws {
        try await output.run {
            guard Self.limits.contains(limit) else {
                throw CommandFailure("usage", "--limit must be 1 to 1000")
            }
            let statements = try await home.withOfflineNode { node in
                do {
                    let id = try member.map(node.lender(named:))
                    return try await node.context.store.statements(of: id, limit: limit)
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was listed.")
                }
            }
            output.write(
                .array(statements.map(\.json)),
                text: statements.isEmpty
                    ? "nothing was published" : statements.map(\.text).joined(separator: "\n"))
        }
    }
}

extension StoredStatement {
    /// The bytes as text, so that their digest can be made again by whoever reads them.
    fileprivate var json: JSONValue {
        [
            "member": .string(member.description), "asOf": .string(asOf.description),
            "publishedAt": .string(publishedAt.description),
            "digest": digest.map { .string(SHA256Text.write($0)) } ?? .null,
            "statement": bytes.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
        ]
    }

    fileprivate var text: String {
        let digest = digest.map { SHA256Text.write($0) } ?? "without a statement"
        return "\(publishedAt)  \(member)  as of \(asOf)  \(digest)"
    }
}
