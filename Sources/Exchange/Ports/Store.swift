import Book
import Membership
import Pseudonym

/// Everything that a node keeps. One process owns it; implementations are durable: a call that
/// returns has reached the disk, and a call that throws has changed nothing.
///
/// Errors are `StoreError`; the store never holds an identifier, a name or an account number.
public protocol Store: Sendable {
    // MARK: Book

    /// Replaces one part of a member's book in one transaction, or changes nothing.
    ///
    /// `fill` runs inside the transaction and hands over the accounts in batches; when it throws,
    /// everything is rolled back and its error is rethrown.
    func importBook(_ header: BookHeader, fill: (any BookWriter) throws -> Void) throws

    /// The books as they stand, one entry a member that ever imported one.
    func books(at now: Timestamp) async throws -> [BookState]

    /// What is held under tokens of one key by all members, in the order of the tokens; one inner
    /// array a token, empty when nothing is held. Inquiries are counted back from `now`.
    func records(kid: String, tokens: [Token], at now: Timestamp) async throws -> [[HeldRecord]]

    /// The accounts of one member by class, for its statement.
    func classTotals(of member: MemberID) async throws -> [ClassTotal]

    /// Keeps what a member published: the lender's statement.
    func recordPublication(_ publication: Publication) async throws

    // MARK: Filters

    /// How far the tokens of the store have moved on.
    func tokenPosition() async throws -> TokenPosition

    /// The distinct tokens under a key of all subjects with an account or an inquiry, added after
    /// `additions` (0: all), in no order.
    func tokens(kid: String, after additions: Int64) async throws -> [Token]

    /// Keeps a filter that this node made and now serves; `supersedes`, filters of the same key, are
    /// served no longer in the manifest but stay fetchable until pruned.
    func publishFilter(_ filter: PublishedFilter, body: [UInt8], supersedes: [[UInt8]]) async throws

    /// The filters that the manifest names, oldest first.
    func publishedFilters() async throws -> [PublishedFilter]

    /// The bytes of a filter that this node published, also of a superseded one; nil when unknown.
    func filterBody(digest: [UInt8]) async throws -> [UInt8]?

    /// Forgets own filters that were superseded by one made before a moment, and peers' filters that
    /// are older than the days for which an asker keeps what it was told.
    func pruneFilters(supersededBefore moment: Timestamp) async throws

    // MARK: Asking

    /// Keeps a hard inquiry that a member of this node made. Repeats within one case in 30 days
    /// count once. Returns whether it counted.
    func recordInquiry(_ inquiry: Inquiry) async throws -> Bool

    /// Keeps the salt and digest of evidence behind a consent that a query carried.
    func recordConsentEvidence(_ evidence: ConsentEvidence) async throws

    /// Keeps a peer's filter that was fetched and verified.
    func keepPeerFilter(_ filter: ManifestFilter, of node: NodeID, body: [UInt8]) async throws

    /// The bytes of a peer's filter fetched before; nil when it is not here.
    func peerFilterBody(digest: [UInt8]) async throws -> [UInt8]?

    // MARK: Quota

    /// Elements that were set aside for a peer on a UTC day, by asking member.
    func quotaReserved(day: Int) async throws -> [QuotaKey: Int]

    /// Sets aside elements durably before they are spent; `total` takes the place of what stood
    /// there, unless that was more: two writes may overtake each other.
    func reserveQuota(_ key: QuotaKey, day: Int, total: Int) async throws
}

/// Takes the accounts of one import, inside its transaction.
public protocol BookWriter {
    /// Adds accounts; returns the indexes of those that are in the book already (same account and
    /// same subject) and were left out.
    func put(_ entries: [HeldEntry]) throws -> [Int]

    /// Adds consents to subjects of the member, known or not. A consent of the same basis, purposes
    /// and moment is the same consent: it is kept once and stays withdrawn.
    func put(_ consents: [SubjectConsent]) throws
}

/// What went wrong in a store; texts never hold statement arguments.
public enum StoreError: Error, Equatable, Sendable {
    /// Another process has the store open.
    case inUse(path: String)
    /// The store's folder may be entered by other users: take their rights away (`chmod 700`).
    case exposed(folder: String)
    /// The file was written by a later version of CreditMesh.
    case newer(path: String)
    /// The file is damaged or is no store.
    case damaged(path: String)
    /// The disk is full; nothing was changed.
    case diskFull
    /// Anything else that SQLite said: its result code and message without values.
    case failed(code: Int, message: String)
}
