import Book
import Exchange
import Foundation
import Logging
import Membership
import NodeAssembly
import Pseudonym
import RiskStandard
import ServiceLifecycle

/// A consortium in this process: one lender a node, all serving on loopback, under a charter as a real one
/// has it: officers sign the directory, evaluations are openable, and two of three witnesses must cosign
/// every log.
struct BenchConsortium {
    /// What every node has to ask with.
    let nodes: [RunningNode]
    /// The consortium on disk.
    let site: LocalConsortium

    /// Accounts in every node's book.
    static let accountsPerNode = 200
    /// Nodes beside those of lenders, which serve a regulator and are witnesses.
    static let witnesses = 3

    /// Makes `count` nodes with books, serves them while `work` runs, and removes everything.
    static func run(
        count: Int, _ work: (BenchConsortium) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = try await site(of: count, in: folder)
        try await fillBooks(site)
        let nodes = try site.directory.nodes.compactMap { site.homes[$0.id] }.map { home in
            try RunningNode(home: home, version: "bench", logger: quiet)
        }
        let services = ServiceGroup(services: nodes, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await waitUntilServing(site)
            try await work(BenchConsortium(nodes: nodes, site: site))
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    /// A consortium of so many nodes on disk, without books.
    static func site(of count: Int, in folder: URL) async throws -> LocalConsortium {
        let now = SystemClock().now
        let site = try await LocalConsortium.make(in: folder, plan: plan(count: count), now: now)
        let officers = try await LocalOfficers(
            in: folder.appending(path: "authority"), publishing: site.directory, now: now)
        for home in site.homes.values { try await officers.found(home, now: now) }
        return site
    }

    static var quiet: Logger {
        Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    }

    private static func plan(count: Int) throws -> ConsortiumPlan {
        let watching = try (0..<witnesses).map { index in
            ConsortiumPlan.Node(
                id: try id("watch-\(index)"), operatorName: "Watch \(index)",
                members: [
                    ConsortiumPlan.Member(
                        id: try id("regulator-\(index)"), legalName: "Bench", role: .regulator)
                ])
        }
        return ConsortiumPlan(
            consortium: try id("bench.creditmesh"),
            charter: Charter(
                name: "Bench", standard: "cn-2023@1",
                schemes: [.init(name: "bench", pattern: "[0-9]{1,12}")],
                purposes: ["loan-approval", "post-loan"], nameCheck: .optional,
                openingRegulator: try id("regulator-0"), witnessQuorum: witnesses - 1,
                quotas: .init(
                    elementsPerMemberDay: 1_000_000_000, elementsPerNodeDay: 1_000_000_000),
                intervals: .init(bookMaxAge: .seconds(366 * 86_400))),
            nodes: try (0..<count).map { index in
                ConsortiumPlan.Node(
                    id: try id("node-\(index)"), operatorName: "Lender \(index)",
                    members: [
                        ConsortiumPlan.Member(id: try id("lender-\(index)"), legalName: "Bench")
                    ])
            } + watching, witnesses: watching.map(\.id))
    }

    /// A name that the bench makes up.
    static func id<Rule: NameRule>(_ text: String) throws -> Name<Rule> {
        guard let id = Name<Rule>(text) else { throw BenchError.id }
        return id
    }

    /// Every lender holds the subjects 0…accountsPerNode.
    private static func fillBooks(_ site: LocalConsortium) async throws {
        let today = SystemClock().now
        for member in site.directory.members where member.role == .lender {
            guard let home = site.homes[member.node] else { continue }
            let node = try OfflineNode(
                home: home, configuration: NodeConfiguration(home: home), clock: SystemClock(),
                logger: quiet)
            defer { node.close() }
            var rows = (0..<accountsPerNode).map { row($0, today: today) }.makeIterator()
            guard let date = today.date else { continue }
            _ = try node.importer().importBook(
                BookHeader(
                    member: member.id, part: "main", asOf: date, importedAt: today,
                    mapping: "bench"),
                rows: { rows.next() }, reject: { _ in throw BenchError.rejected })
            _ = try await BookPublisher(context: node.context, filters: node.publisher).publish()
        }
    }

    private static func row(_ number: Int, today: Timestamp) -> BookRow {
        var facts = LoanFacts()
        facts.daysPastDue = .known(number % 120)
        var record = AccountRecord(
            line: number, scheme: "bench", identifier: String(number),
            accountNumber: "A\(number)", role: .borrower, kind: .instalment,
            product: "consumer-loan", retail: true, status: .open, facts: facts)
        record.balance = Money(minorUnits: 5_000_000, currency: "CNY")
        // Without it nothing is disclosed.
        record.noticeHeld = true
        let now = Double(today.secondsSinceEpoch)
        record.consent = ConsentRecord(
            basis: .consent, purposes: ["loan-approval", "post-loan"],
            grantedAt: Date(timeIntervalSince1970: now - 86_400),
            expiresAt: Date(timeIntervalSince1970: now + 86_400))
        return .record(record)
    }

    private static func waitUntilServing(_ site: LocalConsortium) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while !site.homes.values.allSatisfy({
            FileManager.default.fileExists(atPath: $0.localAddress.path)
        }) {
            guard ContinuousClock.now < end else { throw BenchError.notServing }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// What stops a bench.
enum BenchError: Error {
    case id, rejected, notServing, noHit
    /// An answer that nobody may believe.
    case badAnswer
    /// The charter names an opening regulator, and there is no key of this month.
    case notOpenable
    /// The C library has no GB 18030.
    case encoding
    /// The check of a log that nobody changed found something.
    case untrueLog
    /// A process that measures did not end well.
    case child
    /// Not all rows of a file were understood.
    case incompleteFile
    /// A node did not answer; ratios of a run with failures mean nothing.
    case incomplete([MemberLine])
}
