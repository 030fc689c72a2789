import Membership
import RiskStandard

/// Publishes the books of a node: deletes what is over, makes its filters anew and records, for every
/// member, the lender's statement of what it published.
public struct BookPublisher: Sendable {
    /// Imports that are looked through for the last one of each part.
    static let importsSearchedMax = 1000

    private let context: NodeContext
    private let filters: FilterPublisher
    private let standards: StandardLibrary

    /// Makes a publisher.
    public init(
        context: NodeContext, filters: FilterPublisher, standards: StandardLibrary = .embedded
    ) {
        self.context = context
        self.filters = filters
        self.standards = standards
    }

    /// Publishes everything that is imported; returns one statement a member with a book.
    public func publish() async throws -> [Publication] {
        try await filters.refresh(rebuild: true)
        let directory = context.directory.current
        let now = context.clock.now
        var publications: [Publication] = []
        for (member, asOf) in try await context.store.bookDays().sorted(by: { $0.key < $1.key }) {
            let publication = try await statement(
                of: member, asOf: asOf, directory: directory, at: now)
            try await announce(publication)
            try await context.store.recordPublication(publication)
            publications.append(publication)
        }
        return publications
    }

    /// Tells the log what the member says of its book, before the node keeps it.
    private func announce(_ publication: Publication) async throws {
        var entry = LogEntry(.published, at: publication.publishedAt, node: context.node)
        entry.member = publication.member
        entry.count = publication.subjects.count
        entry.statement = LogStatement(publication.statementBytes)
        _ = try await context.log.append(entry, evidence: nil, nonce: nil)
    }

    private func statement(
        of member: MemberID, asOf: CalendarDate, directory: Directory, at now: Timestamp
    ) async throws -> Publication {
        let store = context.store
        let parts = try await store.parts(of: member)
        let rejects = try await lastRejects(of: member)
        let sweep = BookSweep(context, directory.charter, at: now)
        let published = await filters.publishedSubjects(of: member)
        let classes = DebtorClasses(standards: standards, scope: directory.charter.scope)
        return Publication(
            consortium: directory.consortium, directoryVersion: directory.version,
            node: context.node, member: member, publishedAt: now,
            standard: directory.charter.standard, scope: directory.charter.scope, asOf: asOf,
            isComplete: parts.isComplete,
            parts: parts.map { part in
                PublishedPart(
                    name: part.name, asOf: part.asOf, accounts: part.accounts,
                    rejects: rejects[part.name] ?? [:])
            },
            subjects: published ?? PublishedSubjects(count: 0, withheld: [:]),
            hiddenAccounts: try await sweep?.hiddenAccounts(of: member) ?? 0,
            totals: try await store.classTotals(of: member, judged: classes.judged),
            filters: await filters.manifest?.filters ?? [])
    }

    /// What the last import of each part left out, by code.
    private func lastRejects(of member: MemberID) async throws -> [String: [String: Int]] {
        let imports = try await context.store.imports(
            of: member, limit: Self.importsSearchedMax)
        return Dictionary(
            imports.map { ($0.header.part, $0.rejects) }, uniquingKeysWith: { newest, _ in newest })
    }
}
