import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh status`: how a running node stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how a running node stands: directory, log, filters, books, peers, alarms.",
        discussion: """
            What is wrong and what to do about it says 'creditmesh doctor'.

            Example:
              creditmesh status --home ./lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.run {
            let status = try await LocalClient(home: home.nodeHome).status()
            output.write(status, text: StatusText(status).lines.joined(separator: "\n"))
        }
    }
}

/// A node's status for people.
struct StatusText {
    /// One line a fact.
    let lines: [String]

    /// The text of the document of the local API.
    init(_ status: JSONValue) {
        let directory = status["directory"], log = status["log"], filters = status["filters"]
        let witnesses = log["witnesses"]
        var lines = [
            "\(status["node"].word), version \(status["version"].word), at \(status["at"].word)",
            "directory: version \(directory["version"].word), \(directory["nodes"].word) nodes, "
                + "\(directory["members"].word) members, this node is "
                + "\(directory["nodeStatus"].word), expires \(directory["expiresAt"].word)",
            "certificate: until \(status["certificateUntil"].word)",
            "log: \(log["size"].word) entries, cosigned \(witnesses["cosignedSize"].word) at "
                + "\(witnesses["cosignedAt"].word), \(witnesses["cosignatures"].word) of "
                + "\(witnesses["quorum"].word) cosignatures",
            "filters: \(filters["count"].word) with \(filters["tokens"].word) tokens, "
                + "complete as of \(filters["asOf"].word)",
            "alarms: \(status["alarms"].word)", "members:",
        ]
        var members = TextTable()
        for member in status["members"].elements ?? [] {
            members.add([
                member["member"].word, member["role"].word, member["status"].word,
                "as of \(member["bookAsOf"].word)", "\(member["subjects"].word) subjects",
                "\(member["undisclosed"].word) undisclosed",
            ])
        }
        var peers = TextTable()
        for peer in status["peers"].elements ?? [] {
            let last = peer["last"]
            peers.add([
                peer["node"].word, peer["status"].word,
                last == .null ? "not asked yet" : last["code"] == .null ? "ok" : last["code"].word,
                last["at"].word,
            ])
        }
        lines += members.lines() + ["peers:"] + peers.lines()
        self.lines = lines
    }
}

extension JSONValue {
    /// A member of an object; null for none.
    subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// A text or number as it is shown; `-` for nothing.
    var word: String { text ?? integer.map(String.init) ?? "-" }
}
