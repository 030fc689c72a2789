import Book
import Membership
import Pseudonym
import RiskStandard

/// Everything that a node keeps. One process owns it; implementations are durable: a call that
/// returns has reached the disk, and a call that throws has changed nothing.
///
/// Errors are `StoreError`; the store never holds an identifier, a name or an account number.
public protocol Store: PublishingStore, BookEventStore, LeavingStore, MovingStore {
    // MARK: Book

    /// Brings rows into one part of a member's book, all of them or none.
    ///
    /// `fill` hands the rows over while the store stays in use; then everything is applied in one
    /// transaction, and `approve` is told what that changes before it is kept. When either throws,
    /// nothing was changed and its error is rethrown. An import that says what the book says leaves
    /// no trace.
    ///
    /// - Parameter approve: returns what to keep, in the same transaction, as the answer to a request
    ///   that may be repeated.
    /// - Throws: `StoreError.busy` while another import is in the making.
    @discardableResult
    func importBook(
        _ header: BookHeader, fill: (any BookDraft) throws -> Void,
        approve: (ImportChanges) throws -> IdempotentAnswer?
    ) throws -> ImportChanges

    /// What was answered before to a request of this key; nil when nothing was, or it is forgotten.
    func idempotentAnswer(of member: MemberID, key: String) async throws -> IdempotentAnswer?

    /// The latest imports into a member's book that changed it, newest first.
    func imports(of member: MemberID, limit: Int) async throws -> [ImportRecord]

    /// Corrections after one of that number (0: from the first), oldest first, at most `limit`.
    func corrections(after id: Int64, limit: Int) async throws -> [Correction]

    /// Declares which parts make a member's book; takes the place of what was declared before.
    func declareParts(_ names: [String], of member: MemberID) async throws

    /// The parts of a member's book, imported or declared, by name.
    func parts(of member: MemberID) async throws -> [BookPart]

    /// The days for which anything was imported into a member's book, oldest first.
    func importDays(of member: MemberID) async throws -> [CalendarDate]

    /// How every account that stood on one of two days stood on both, in the order of accounts.
    func compareDays(
        of member: MemberID, from: CalendarDate, to: CalendarDate,
        _ body: (AccountMovement) throws -> Void
    ) throws

    /// Rows of a member's book after one of that number (0: from the first), at most `limit`.
    func heldRows(of member: MemberID, after id: Int64, limit: Int) async throws -> [HeldRow]

    /// Subjects of a member after one of that number (0: from the first), at most `limit`.
    func sealedSubjects(
        of member: MemberID, after id: Int64, limit: Int
    ) async throws -> [SealedSubject]

    /// Adds tokens to subjects; those that a subject has already stay. Subjects that are gone
    /// meanwhile are passed over.
    func addTokens(_ subjects: [RekeyedSubject]) async throws

    /// Forgets all tokens under a key that is about to be destroyed, and the filters made of them.
    func forgetTokens(kid: String) async throws

    /// The books as they stand, one entry a member that ever imported one.
    func books(at now: Timestamp) async throws -> [BookState]

    /// What is held under tokens of one key by all members, in the order of the tokens; one inner
    /// array a token, empty when nothing is held. Inquiries are counted back from `now`.
    func records(kid: String, tokens: [Token], at now: Timestamp) async throws -> [[HeldRecord]]

    /// The accounts of one member by class and currency, best class first, for its statement. Each
    /// account counts once: of several parties the one for whom its class is worst, with the largest
    /// balance that is stated.
    ///
    /// - Parameter judged: the accounts of one subject, in any order and without histories, with the
    ///   classes that they have together. Asked only where these may be others than their own: where
    ///   there are several, and not all are simply paid.
    func classTotals(
        of member: MemberID, judged: @escaping @Sendable ([HeldAccount]) -> [HeldAccount]
    ) async throws -> [ClassTotal]

    /// Keeps what a member published: the lender's statement.
    func recordPublication(_ publication: Publication) async throws

    // MARK: Filters

    /// How far the tokens of the store have moved on.
    func tokenPosition() async throws -> TokenPosition

    /// What a filter of the tokens under a key is made of: of all subjects with an account or an
    /// inquiry that did not leave the filters, added after `additions` (0: all).
    func tokens(kid: String, after additions: Int64) async throws -> TokenHashes

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

    /// What stands behind the digest of a consent that a query of the member carried; nil for a
    /// reference that is not known.
    func consentEvidence(
        of member: MemberID, reference: [UInt8]
    ) async throws -> ConsentEvidence?

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

/// What went wrong in a store; texts never hold statement arguments.
public enum StoreError: Error, Equatable, Sendable {
    /// Another import is in the making: try again.
    case busy
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
