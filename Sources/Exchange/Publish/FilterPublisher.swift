import Membership
import Pseudonym
import TransparencyLog

/// Keeps this node's filters complete and its manifest fresh (protocol/messages.md, filters).
///
/// One large filter of everything is rebuilt seldom; what was added since goes into small ones.
/// `refresh` is called at short intervals by one service; between two calls the manifest keeps the
/// moment at which it was last known to be complete.
public actor FilterPublisher {
    /// Additional filters before everything is built anew.
    public static let additionalFiltersMax = 16
    /// Additional tokens before everything is built anew, where the complete filter is small.
    public static let additionalTokensMin = 1024
    /// How long a superseded filter can still be fetched by an asker with an older manifest.
    public static let supersededSeconds: Int64 = 24 * 3600
    /// How often is looked at who leaves the filters or comes back, and at what is undisclosed, while
    /// no token moves.
    public static let reviewSeconds: Int64 = 30

    private let context: NodeContext
    private let events: BookEventRecorder
    /// The latest manifest; nil until the first refresh.
    public private(set) var manifest: Manifest?
    /// What the last review found; nil before the first.
    private var review: Review?

    /// A look at who is in the filters, and of whom nothing may be disclosed.
    private struct Review {
        let at: Timestamp
        let charter: Charter
        let position: TokenPosition
        let subjects: [MemberID: PublishedSubjects]
    }

    /// Makes a publisher for the keys of a node.
    public init(context: NodeContext) {
        self.context = context
        events = BookEventRecorder(context: context)
    }

    /// Tells the log of the consents and disputes that came into the books, or went. ``refresh(rebuild:)``
    /// begins with it, so that no filter rests on a consent that the log does not know.
    ///
    /// - Throws: `LogError`, `StoreError`; the next call goes on.
    public func recordBookEvents() async throws { try await events.record() }

    /// Deletes what is over, adds what is new, and states the moment for which the filters are
    /// complete. `rebuild` makes the complete filters anew in any case.
    public func refresh(rebuild: Bool = false) async throws {
        try await recordBookEvents()
        let now = context.clock.now
        let directory = context.directory.current
        let subjects = try await reviewed(directory, anew: rebuild, at: now).subjects
        let position = try await context.store.tokenPosition()
        let keys = context.keys
        for key in keys.answering {
            try await refresh(
                kid: key.kid.rawValue, position: position, rebuild: rebuild, at: now)
        }
        try await context.store.pruneFilters(
            supersededBefore: now.advanced(bySeconds: -Self.supersededSeconds))
        let days = try await context.store.bookDays()
        manifest = Manifest(
            node: context.node, asOf: now,
            filters: try await context.store.publishedFilters().map(\.entry)
                .filter { entry in keys.answering(entry.kid) != nil },
            members: directory.lenders(servedBy: context.node).map { member in
                ManifestMember(
                    member: member.id, bookAsOf: days[member.id].map { Timestamp(startOf: $0) },
                    subjects: subjects[member.id]?.count ?? 0,
                    undisclosed: subjects[member.id]?.undisclosed ?? 0)
            })
    }

    /// What a member published when the filters were last refreshed.
    func publishedSubjects(of member: MemberID) -> PublishedSubjects? {
        review?.subjects[member]
    }

    /// The last review while it is good enough, else a new one; on a new day, what is over is deleted
    /// first.
    private func reviewed(
        _ directory: Directory, anew: Bool, at now: Timestamp
    ) async throws -> Review {
        if let review, !anew, review.charter == directory.charter,
            (0..<Self.reviewSeconds).contains(now.seconds(since: review.at)),
            try await review.position == context.store.tokenPosition()
        {
            return review
        }
        var subjects: [MemberID: PublishedSubjects] = [:]
        if let sweep = BookSweep(context, directory.charter, at: now) {
            if anew || review?.at.dayNumber != now.dayNumber {
                try await sweep.forget()
            }
            try await sweep.review()
            for member in directory.lenders(servedBy: context.node) {
                subjects[member.id] = try await sweep.publishedSubjects(of: member.id)
            }
        }
        let made = Review(
            at: now, charter: directory.charter,
            position: try await context.store.tokenPosition(), subjects: subjects)
        review = made
        return made
    }

    private func refresh(
        kid: String, position: TokenPosition, rebuild: Bool, at now: Timestamp
    ) async throws {
        let filters = try await context.store.publishedFilters().filter { $0.entry.kid == kid }
        let digests = filters.map(\.entry.digest)
        guard let latest = filters.last, !rebuild,
            latest.position.removals == position.removals,
            // A filter of a time before the log is announced by being made anew.
            filters.allSatisfy({ $0.entry.logIndex != nil })
        else {
            return try await publishAll(
                kid: kid, position: position, supersedes: digests, at: now)
        }
        guard latest.position.additions != position.additions else { return }
        let added = try await context.store.tokens(kid: kid, after: latest.position.additions)
        guard !added.isEmpty else { return }
        let complete = filters.first { $0.isComplete }?.entry.count ?? 0
        let isMuch =
            filters.count > Self.additionalFiltersMax
            || added.count > max(Self.additionalTokensMin, complete / 8)
        if isMuch {
            try await publishAll(kid: kid, position: position, supersedes: digests, at: now)
        } else {
            try await publish(added, kid: kid, position: position, isComplete: false, at: now)
        }
    }

    private func publishAll(
        kid: String, position: TokenPosition, supersedes: [[UInt8]], at now: Timestamp
    ) async throws {
        let all = try await context.store.tokens(kid: kid, after: 0)
        try await publish(
            all, kid: kid, position: position, isComplete: true, supersedes: supersedes, at: now)
    }

    private func publish(
        _ tokens: TokenHashes, kid: String, position: TokenPosition, isComplete: Bool,
        supersedes: [[UInt8]] = [], at now: Timestamp
    ) async throws {
        let filter = try FilterEncoder.encode(tokens)
        let place = try await announce(filter, kid: kid, at: now)
        let entry = ManifestFilter(
            kid: kid, count: filter.count, digest: filter.digest.bytes, generated: now,
            logIndex: place)
        try await context.store.publishFilter(
            PublishedFilter(entry: entry, position: position, isComplete: isComplete),
            body: filter.bytes,
            supersedes: supersedes.filter { $0 != entry.digest })
    }

    /// Tells the log of a filter that is about to be served; returns where.
    private func announce(
        _ filter: EncodedFilter, kid: String, at now: Timestamp
    ) async throws -> EntryIndex {
        var entry = LogEntry(.filterPublished, at: now, node: context.node)
        entry.count = filter.count
        entry.kid = KeyID(rawValue: kid)
        entry.filter = LogFilters(
            [MerkleHash(bytes: filter.digest.bytes)].compactMap(\.self))
        return try await context.log.append(entry, evidence: nil, nonce: nil).index
    }
}
