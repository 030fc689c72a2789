import ArgumentParser
import Audit
import Exchange
import Foundation
import Membership
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
            this node's members stated, or that a member's book has, OUT gets <reference>.salt, mode \
            0600; put the file that was digested beside it as <reference>.pdf or the like, and hand the \
            folder over. Of a consent of a book the accounts of its borrower are told, by the references \
            that 'creditmesh book reference' makes. The node must not run.

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
                [
                    "written": .integer(counts.written), "unknown": .integer(counts.unknown),
                    "accounts": .object(
                        counts.accounts.map { JSONMember($0.reference, .array($0.accounts)) }),
                ],
                text: (counts.accounts.map(\.text) + [
                    """
                    \(counts.written) consents written to \(out); put the file of each beside its \
                    .salt, under the same name.
                    \(counts.unknown) are not known here: their digests were made elsewhere, or they \
                    are another node's.
                    """
                ]).joined(separator: "\n"))
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
    ) async throws -> WrittenConsents {
        let served = Set(
            node.context.directory.current.members(servedBy: node.context.node).map(\.id))
        let store = node.context.store
        try NodeHome.createFolder(folder)
        var counts = WrittenConsents()
        let books = try await BookConsents(demand, of: served, in: store)
        for consent in demand.consents {
            let held =
                served.contains(consent.member) && consent.purpose != nil
                ? try await store.consentEvidence(
                    of: consent.member, reference: consent.reference) : nil
            let own = books[consent]
            let isOfQuery = held?.digest == consent.evidenceDigest
            guard let salt = isOfQuery ? held?.salt : own?.salt else {
                counts.unknown += 1
                continue
            }
            try PrivateFile.write(
                salt,
                to: folder.appending(path: consent.referenceText + ConsentAudit.saltSuffix))
            counts.written += 1
            if let own { counts.accounts.append(WrittenAccounts(consent.referenceText, own)) }
        }
        return counts
    }
}

/// What was written, and what was not known.
private struct WrittenConsents {
    var written = 0
    var unknown = 0
    var accounts: [WrittenAccounts] = []
}

/// By which accounts a lender finds the borrower who gave a consent of its book.
private struct WrittenAccounts {
    let reference: String
    let accounts: [JSONValue]
    let text: String

    init(_ reference: String, _ evidence: BookConsentEvidence) {
        let names = evidence.accounts.map { Base64URL.encode($0.bytes) }
        self.reference = reference
        accounts = names.map(JSONValue.string)
        text = "\(reference): accounts \(names.joined(separator: " "))"
    }
}

/// What stands behind the demanded consents of the books of members.
private struct BookConsents {
    private var found: [MemberID: [[UInt8]: BookConsentEvidence]] = [:]

    init(
        _ demand: ConsentDemand, of members: Set<MemberID>, in store: any Store
    ) async throws {
        let wanted = Dictionary(
            grouping: demand.consents.filter { $0.purpose == nil }, by: \.member)
        for (member, consents) in wanted where members.contains(member) {
            let evidence = try await store.bookConsents(
                of: member, digests: Set(consents.map(\.evidenceDigest)))
            found[member] = Dictionary(
                evidence.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    subscript(_ consent: DemandedConsent) -> BookConsentEvidence? {
        consent.purpose == nil ? found[consent.member]?[consent.evidenceDigest] : nil
    }
}
