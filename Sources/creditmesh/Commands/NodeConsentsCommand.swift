import ArgumentParser
import Audit
import Exchange
import Foundation
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh node consents`: what a lender answers to a regulator's demand.
struct NodeConsentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consents",
        abstract: "Write the random bytes behind consents that a regulator demands.",
        discussion: """
            FILE is what 'creditmesh audit consents --json' wrote. For each consent that a query of \
            this node's members stated, OUT gets <reference>.salt, mode 0600; put the file that was \
            digested beside it as <reference>.pdf or the like, and hand the folder over. The node \
            must not run.

            Example:
              creditmesh node consents --home ./harbor --demand demand.json --out handed
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The regulator's demand.")
    var demand: String
    @Option(name: .long, help: "The folder that is to be handed over.")
    var out: String

    func run() async throws {
        try await output.run {
            let demand = try read()
            let folder = URL(filePath: out)
            let counts = try await home.withOfflineNode { node in
                try await write(demand, of: node, to: folder)
            }
            output.write(
                ["written": .integer(counts.written), "unknown": .integer(counts.unknown)],
                text: """
                    \(counts.written) consents written to \(out); put the file of each beside its \
                    .salt, under the same name.
                    \(counts.unknown) are not known here: their digests were made elsewhere, or they \
                    are another node's.
                    """)
        }
    }

    private func read() throws -> ConsentDemand {
        let file = URL(filePath: demand)
        guard let bytes = FileManager.default.contents(atPath: file.path),
            let demand = try? ConsentDemand(bytes: Array(bytes))
        else { throw CommandFailure("file", "\(demand) is no demand of a regulator") }
        return demand
    }

    private func write(
        _ demand: ConsentDemand, of node: OfflineNode, to folder: URL
    ) async throws -> (written: Int, unknown: Int) {
        let served = Set(
            node.context.directory.current.members(servedBy: node.context.node).map(\.id))
        try NodeHome.createFolder(folder)
        var counts = (written: 0, unknown: 0)
        for consent in demand.consents {
            let held =
                served.contains(consent.member)
                ? try await node.context.store.consentEvidence(
                    of: consent.member, reference: consent.reference) : nil
            guard let held, held.digest == consent.evidenceDigest else {
                counts.unknown += 1
                continue
            }
            try PrivateFile.write(
                held.salt,
                to: folder.appending(path: consent.referenceText + ConsentAudit.saltSuffix))
            counts.written += 1
        }
        return counts
    }
}
