import Membership
import RiskStandard

/// Acts in the store on what the charter says: data whose time is over are deleted, and subjects of
/// whom nothing concerns others leave the filters until something does.
///
/// Answers do not wait for it: `DisplayTerms` judges every one by itself.
struct BookSweep: Sendable {
    /// Accounts or subjects that one write looks at.
    static let pageSize = 1000

    let store: any Store
    let terms: DisplayTerms
    let scope: Charter.Scope
    /// What stands behind consents of queries has had its time when it came before this.
    private let firstEvidence: Timestamp

    /// A sweep at a moment; nil outside the years that a date may have.
    init?(_ context: NodeContext, _ charter: Charter, at now: Timestamp) {
        guard let terms = DisplayTerms(charter, at: now) else { return nil }
        self.terms = terms
        store = context.store
        scope = charter.scope
        firstEvidence = context.firstEvidence
    }

    /// Deletes accounts, inquiries and what stands behind consents of queries, whose time is over.
    func forget() async throws {
        // Whatever was closed later is displayed for `settledMonths` at least.
        if let month = terms.today.yearMonth.adding(months: -terms.retention.settledMonths - 1) {
            let terms = terms
            try await pages { id in
                try await store.forgetAccounts(closedBy: month, after: id, limit: Self.pageSize) {
                    terms.hasEnded($0, of: $1)
                }
            }
        }
        if let day = firstInquiryDay {
            _ = try await store.forgetInquiries(before: Timestamp(startOf: day))
        }
        _ = try await store.forgetConsentEvidence(before: firstEvidence)
    }

    /// Lets subjects leave the filters, and come back.
    func review() async throws {
        let terms = terms
        try await pages { id in
            try await store.reviewSubjects(
                after: id, limit: Self.pageSize, scope: scope, at: terms.now
            ) { terms.displayed($0) != nil }
        }
    }

    /// How many subjects of a member are published, and why nothing is disclosed of some.
    func publishedSubjects(of member: MemberID) async throws -> PublishedSubjects {
        let terms = terms
        return try await store.publishedSubjects(
            of: member, at: terms.now,
            survives: { consent, record in
                consent.state(at: terms.now) == .withdrawn
                    && terms.displayed(record).map { terms.survives(consent, $0) } ?? false
            },
            isHeldBack: { record in terms.displayed(record).map(terms.isHeldBack) ?? false })
    }

    /// How many accounts of a member a display rule hides something of.
    func hiddenAccounts(of member: MemberID) async throws -> Int {
        let terms = terms
        guard !terms.rules.isEmpty else { return 0 }
        return try await store.countAccounts(of: member) {
            terms.hidesSomething(of: $0, kind: $1)
        }
    }

    /// The first day whose inquiries are kept: `inquiryMonths` before today; where that month lacks
    /// the date, the first day after it.
    private var firstInquiryDay: CalendarDate? {
        guard let month = terms.today.yearMonth.adding(months: -terms.retention.inquiryMonths)
        else { return nil }
        return CalendarDate(year: month.year, month: month.month, day: terms.today.day)
            ?? month.adding(months: 1)?.firstDay
    }

    private func pages(_ next: (Int64) async throws -> ReviewedPage) async throws {
        var after: Int64 = 0
        while let last = try await next(after).last {
            try Task.checkCancellation()
            after = last
        }
    }
}
