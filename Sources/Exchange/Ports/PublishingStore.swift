import Book
import Membership
import RiskStandard

/// What a node keeps so far as publishing changes it: data whose time is over, subjects that leave
/// the filters and come back, and the lender's statements. A part of `Store`.
public protocol PublishingStore: Sendable {
    /// The oldest as-of date over the parts of every book.
    func bookDays() async throws -> [MemberID: CalendarDate]

    /// Deletes accounts whose time is over, a page at a time.
    ///
    /// Looked at are closed accounts of a number above `id`, at most `limit`, that were closed in or
    /// before `month` or at an unknown time; those go of which `hasEnded` says so. Subjects that then
    /// hold nothing leave the filters.
    func forgetAccounts(
        closedBy month: YearMonth, after id: Int64, limit: Int,
        where hasEnded: @escaping @Sendable (HeldAccount, SubjectKind) -> Bool
    ) async throws -> ReviewedPage

    /// Deletes inquiries made before a moment. Subjects that then hold nothing leave the filters.
    /// Returns how many inquiries went.
    func forgetInquiries(before moment: Timestamp) async throws -> Int

    /// Lets subjects leave the filters, or come back, a page at a time.
    ///
    /// Looked at are subjects of a number above `id`, at most `limit`, of whom it can change: with
    /// a withdrawn consent, and those that left; in a `negative-only` consortium all who may show
    /// arrears or have an inquiry, while those who do neither leave unseen. `isDisplayed` says of
    /// what is held whether anything of it concerns others. Who comes back counts as new.
    func reviewSubjects(
        after id: Int64, limit: Int, scope: Charter.Scope, at now: Timestamp,
        isDisplayed: @escaping @Sendable (HeldRecord) -> Bool
    ) async throws -> ReviewedPage

    /// How many subjects of a member are in the filters, and of how many nothing may be disclosed.
    ///
    /// - Parameters:
    ///   - survives: whether a withdrawn consent goes on to cover everything of a record.
    ///   - isHeldBack: whether a record lacks a notice; asked only of those that may.
    func publishedSubjects(
        of member: MemberID, at now: Timestamp,
        survives: @escaping @Sendable (HeldConsent, HeldRecord) -> Bool,
        isHeldBack: @escaping @Sendable (HeldRecord) -> Bool
    ) async throws -> PublishedSubjects

    /// How many accounts of a member `isHidden` says so of, each once; asked only of those whose
    /// past arrears have a known peak.
    func countAccounts(
        of member: MemberID,
        where isHidden: @escaping @Sendable (HeldAccount, SubjectKind) -> Bool
    ) async throws -> Int

    /// The latest statements, newest first, of one member or of all; at most `limit`.
    func statements(of member: MemberID?, limit: Int) async throws -> [StoredStatement]
}

/// What looking at a page of accounts or subjects did.
public struct ReviewedPage: Sendable, Equatable {
    /// The number of the last one looked at; nil: there are no more.
    public let last: Int64?
    /// How many were changed.
    public let changed: Int

    /// Makes a result.
    public init(last: Int64?, changed: Int) {
        self.last = last
        self.changed = changed
    }
}

/// A statement as it was kept when it was published.
public struct StoredStatement: Sendable, Equatable {
    /// Grows from statement to statement.
    public let id: Int64
    /// The member.
    public let member: MemberID
    /// When it was published.
    public let publishedAt: Timestamp
    /// As of when the book was.
    public let asOf: CalendarDate
    /// What is to be signed and logged (`Publication.statementBytes`); nil for a publication of a
    /// version that made none.
    public let bytes: [UInt8]?
    /// SHA-256 of ``bytes``, 32 bytes; nil as before.
    public let digest: [UInt8]?

    /// Makes a record.
    public init(
        id: Int64, member: MemberID, publishedAt: Timestamp, asOf: CalendarDate, bytes: [UInt8]?,
        digest: [UInt8]?
    ) {
        self.id = id
        self.member = member
        self.publishedAt = publishedAt
        self.asOf = asOf
        self.bytes = bytes
        self.digest = digest
    }
}
