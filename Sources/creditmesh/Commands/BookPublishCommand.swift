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
            The statement counts accounts and balances by class, and what is withheld for want of a \
            consent. The node must not run; a running node publishes additions by itself.

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
                .array(publications.map(\.json)),
                text: publications.map(Self.text).joined(separator: "\n"))
        }
    }

    private static func text(_ publication: Publication) -> String {
        let totals = publication.totals.map { total in
            let balance = total.currency.map { currency in
                " (\(Money(minorUnits: total.balance, currency: currency).text))"
            }
            return "\(total.riskClass.rawValue) \(total.accounts)\(balance ?? "")"
        }
        return """
            \(publication.member), as of \(publication.asOf): \(publication.subjects) subjects, \
            \(publication.withheld) withheld for want of a consent
              \(totals.joined(separator: ", "))
            """
    }
}

extension Publication {
    /// The lender's statement as JSON.
    var json: JSONValue {
        [
            "member": .string(member.description), "asOf": .string(asOf.description),
            "publishedAt": .string(publishedAt.description), "subjects": .integer(subjects),
            "withheld": .integer(withheld),
            "totals": .array(
                totals.map { total in
                    [
                        "class": .string(total.riskClass.rawValue),
                        "currency": total.currency.map(JSONValue.string) ?? .null,
                        "accounts": .integer(total.accounts),
                        "balance": .integer(Int(total.balance)),
                    ]
                }),
        ]
    }
}
