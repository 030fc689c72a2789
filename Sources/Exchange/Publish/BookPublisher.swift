import Membership

/// Publishes the books of a node: makes its filters anew and records, for every member, the
/// lender's statement of what it published.
public struct BookPublisher: Sendable {
    private let context: NodeContext
    private let filters: FilterPublisher

    /// Makes a publisher.
    public init(context: NodeContext, filters: FilterPublisher) {
        self.context = context
        self.filters = filters
    }

    /// Publishes everything that is imported; returns one statement a member with a book.
    public func publish() async throws -> [Publication] {
        try await filters.refresh(rebuild: true)
        let now = context.clock.now
        var publications: [Publication] = []
        for book in try await context.store.books(at: now) {
            let publication = Publication(
                member: book.member, asOf: book.asOf, publishedAt: now, subjects: book.subjects,
                withheld: book.undisclosed,
                totals: try await context.store.classTotals(of: book.member))
            try await context.store.recordPublication(publication)
            publications.append(publication)
        }
        return publications
    }
}
