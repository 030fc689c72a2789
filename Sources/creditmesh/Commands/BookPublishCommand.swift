import ArgumentParser
import Book
import Exchange
import NodeAssembly
import StrictJSON

/// `creditmesh book publish`: filters and the lenders' statements.
struct BookPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Make the node's filters anew and record each lender's statement.",
        discussion: """
            Deletes what the charter's retention ends, then counts accounts and balances by class, \
            what imports left out, and what is withheld and why. The node must not run; a running \
            node publishes additions by itself.

            Example:
              creditmesh book publish --home ./lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.run {
            let publications = try await home.withOfflineNode { node in
                do {
                    return try await BookPublisher(
                        context: node.context, filters: node.publisher
                    ).publish()
                } catch let error as StoreError {
                    throw CommandFailure(error, doing: "Nothing was published.")
                }
            }
            output.write(
                .array(publications.map(\.listed)),
                text: publications.map(\.text).joined(separator: "\n"))
        }
    }
}

extension Publication {
    /// The statement with its digest, which is not part of it.
    fileprivate var listed: JSONValue {
        guard case .object(let members) = json else { return json }
        return .object(members + [JSONMember("digest", .string(SHA256Text.write(digest)))])
    }

    /// The statement for people.
    fileprivate var text: String {
        var lines = [
            "\(member), as of \(asOf)\(isComplete ? "" : " (NOT COMPLETE)"): "
                + "\(subjects.count) subjects, \(subjects.undisclosed) withheld",
            "  " + totals.map(\.text).joined(separator: ", "),
        ]
        if !isComplete { lines += parts.map(\.text) }
        lines += Self.counts("withheld", subjects.withheld.map { ($0.key.rawValue, $0.value) })
        if hiddenAccounts > 0 {
            lines.append("  accounts with arrears that a display rule hides: \(hiddenAccounts)")
        }
        let rejects = parts.reduce(into: [String: Int]()) { all, part in
            all.merge(part.rejects, uniquingKeysWith: +)
        }
        lines += Self.counts("left out by the last imports", rejects.map { ($0.key, $0.value) })
        lines.append("  \(standard), \(scope.rawValue), statement \(SHA256Text.write(digest))")
        return lines.joined(separator: "\n")
    }

    private static func counts(_ what: String, _ counts: [(String, Int)]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let list = counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }
        return ["  \(what): \(list.joined(separator: ", "))"]
    }
}

extension PublishedPart {
    fileprivate var text: String {
        "  part \(name): \(asOf.map { "as of \($0), \(accounts) accounts" } ?? "not imported")"
    }
}

extension ClassTotal {
    fileprivate var text: String {
        let sum = currency.map { " (\(Money(minorUnits: balance, currency: $0).text))" }
        return "\(riskClass.rawValue) \(accounts)\(sum ?? "")"
    }
}
