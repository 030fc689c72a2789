import Book
import Membership
import Pseudonym
import RiskStandard

/// One import of one part of a member's book.
public struct BookHeader: Sendable, Equatable {
    /// The member whose book it is.
    public let member: MemberID
    /// Which part: a member may keep several files (branches, products); `main` by default.
    public let part: String
    /// The day whose end the file shows.
    public let asOf: CalendarDate
    /// When it was imported.
    public let importedAt: Timestamp
    /// The mapping that was used, by name.
    public let mapping: String

    /// Makes a header.
    public init(
        member: MemberID, part: String, asOf: CalendarDate, importedAt: Timestamp, mapping: String
    ) {
        self.member = member
        self.part = part
        self.asOf = asOf
        self.importedAt = importedAt
        self.mapping = mapping
    }
}

/// A subject as the store knows it: by token only.
public struct SubjectKey: Sendable, Equatable {
    /// Token and name check under each live key of the node, at least one. Any of them that the
    /// store knows identifies the subject, so that a change of keys loses nobody.
    public let tokens: [SubjectToken]
    /// Person or enterprise.
    public let kind: SubjectKind

    /// Makes a key.
    public init(tokens: [SubjectToken], kind: SubjectKind) {
        self.tokens = tokens
        self.kind = kind
    }
}

/// A subject's token under one key.
public struct SubjectToken: Sendable, Equatable {
    /// The key.
    public let kid: String
    /// The token.
    public let token: Token
    /// The check of one spelling of the name; nil when the name is not known.
    public let nameCheck: NameCheck?

    /// Makes a token.
    public init(kid: String, token: Token, nameCheck: NameCheck?) {
        self.kid = kid
        self.token = token
        self.nameCheck = nameCheck
    }
}

/// One account of one subject on its way into the store.
public struct HeldEntry: Sendable {
    /// Whose account.
    public let subject: SubjectKey
    /// Deceased or bankrupt.
    public let subjectStatus: SubjectStatus?
    /// The account.
    public let account: HeldAccount
    /// The consent that came with the row.
    public let consent: HeldConsent?

    /// Makes an entry.
    public init(
        subject: SubjectKey, subjectStatus: SubjectStatus?, account: HeldAccount,
        consent: HeldConsent?
    ) {
        self.subject = subject
        self.subjectStatus = subjectStatus
        self.account = account
        self.consent = consent
    }
}

/// A consent for a subject, from a consent file.
public struct SubjectConsent: Sendable {
    /// Whose consent.
    public let subject: SubjectKey
    /// The consent.
    public let consent: HeldConsent

    /// Makes an entry.
    public init(subject: SubjectKey, consent: HeldConsent) {
        self.subject = subject
        self.consent = consent
    }
}

/// An account as it is held: exact amounts, the class and what it was made from.
public struct HeldAccount: Sendable, Equatable {
    /// Stable reference.
    public var reference: AccountReference
    /// What the subject is to it.
    public var role: AccountRole
    /// The shape of the claim.
    public var kind: AccountKind
    /// The lender's product.
    public var product: String
    /// Whether the rules for retail apply.
    public var isRetail: Bool
    /// Where it stands.
    public var status: AccountStatus
    /// Month of opening.
    public var openedMonth: YearMonth?
    /// Month of closing.
    public var closedMonth: YearMonth?
    /// The class by the standard.
    public var riskClass: RiskClass
    /// The rule that decided it.
    public var decidedBy: RuleID
    /// The standard by which it was classified.
    public var standard: StandardID
    /// The facts that the class was made from.
    public var facts: LoanFacts
    /// Due and unpaid.
    public var overdue: Money?
    /// Principal outstanding.
    public var balance: Money?
    /// Limit of a card or line.
    public var limit: Money?
    /// Due in a month.
    public var monthlyDue: Money?
    /// PBoC letters.
    public var history: RepaymentHistory?
    /// Month of the newest letter.
    public var historyEnds: YearMonth?
    /// When the bad event ended, from which retention runs; nil while it lasts.
    public var badEventEnded: CalendarDate?
    /// A relief that was agreed.
    public var relief: String?
    /// What the borrower disputes.
    public var dispute: DisputeKind?
    /// The day whose end this shows.
    public var asOf: CalendarDate

    /// Makes an account.
    public init(
        reference: AccountReference, role: AccountRole, kind: AccountKind, product: String,
        isRetail: Bool, status: AccountStatus, openedMonth: YearMonth?, closedMonth: YearMonth?,
        riskClass: RiskClass, decidedBy: RuleID, standard: StandardID, facts: LoanFacts,
        overdue: Money?, balance: Money?, limit: Money?, monthlyDue: Money?,
        history: RepaymentHistory?, historyEnds: YearMonth?, badEventEnded: CalendarDate?,
        relief: String?, dispute: DisputeKind?, asOf: CalendarDate
    ) {
        self.reference = reference
        self.role = role
        self.kind = kind
        self.product = product
        self.isRetail = isRetail
        self.status = status
        self.openedMonth = openedMonth
        self.closedMonth = closedMonth
        self.riskClass = riskClass
        self.decidedBy = decidedBy
        self.standard = standard
        self.facts = facts
        self.overdue = overdue
        self.balance = balance
        self.limit = limit
        self.monthlyDue = monthlyDue
        self.history = history
        self.historyEnds = historyEnds
        self.badEventEnded = badEventEnded
        self.relief = relief
        self.dispute = dispute
        self.asOf = asOf
    }
}

/// A consent that a lender holds.
public struct HeldConsent: Sendable, Equatable {
    /// On what the lender relies.
    public var basis: Consent.Basis
    /// What it covers; a set: the store hands it back sorted.
    public var purposes: [String]
    /// When it was given.
    public var grantedAt: Timestamp
    /// When it ends; nil only with a legal duty.
    public var expiresAt: Timestamp?
    /// Digest of the evidence, 32 bytes; nil when the file named none.
    public var evidenceDigest: [UInt8]?
    /// When it was withdrawn.
    public var withdrawnAt: Timestamp?

    /// Makes a consent; bounds as documented on the properties.
    public init(
        basis: Consent.Basis, purposes: [String], grantedAt: Timestamp, expiresAt: Timestamp?,
        evidenceDigest: [UInt8]?, withdrawnAt: Timestamp? = nil
    ) {
        self.basis = basis
        self.purposes = purposes
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
        self.evidenceDigest = evidenceDigest
        self.withdrawnAt = withdrawnAt
    }
}

/// What one member holds of one subject.
public struct HeldRecord: Sendable, Equatable {
    /// The member.
    public var member: MemberID
    /// Person or enterprise.
    public var kind: SubjectKind
    /// Deceased or bankrupt.
    public var status: SubjectStatus?
    /// Checks of the names known, at most `ExchangeLimits.nameChecksPerSubjectMax`.
    public var nameChecks: [NameCheck]
    /// The accounts, in no order.
    public var accounts: [HeldAccount]
    /// The consents that came with the member's book, in no order: what may be disclosed of its
    /// accounts rests on them.
    public var consents: [HeldConsent]
    /// The consents under which the member asked, in no order: they let its inquiries be disclosed,
    /// and nothing of its accounts, to which nobody agreed by letting it ask.
    public var inquiryConsents: [HeldConsent]
    /// Hard inquiries by this member.
    public var inquiries: InquiryCounts
    /// The borrower's statement.
    public var statement: String?

    /// Makes a record.
    public init(
        member: MemberID, kind: SubjectKind, status: SubjectStatus?, nameChecks: [NameCheck],
        accounts: [HeldAccount], consents: [HeldConsent], inquiryConsents: [HeldConsent] = [],
        inquiries: InquiryCounts, statement: String?
    ) {
        self.member = member
        self.kind = kind
        self.status = status
        self.nameChecks = nameChecks
        self.accounts = accounts
        self.consents = consents
        self.inquiryConsents = inquiryConsents
        self.inquiries = inquiries
        self.statement = statement
    }
}

/// A member's book as a whole.
public struct BookState: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// The oldest as-of date over its parts.
    public let asOf: CalendarDate
    /// Subjects with an account or an inquiry.
    public let subjects: Int
    /// Of them, those without any consent that holds now.
    public let undisclosed: Int
    /// Accounts, once for each subject that is a party.
    public let accounts: Int

    /// Makes a state.
    public init(
        member: MemberID, asOf: CalendarDate, subjects: Int, undisclosed: Int, accounts: Int
    ) {
        self.member = member
        self.asOf = asOf
        self.subjects = subjects
        self.undisclosed = undisclosed
        self.accounts = accounts
    }
}

/// Accounts and balances of one class in one currency; an account counts once, however many
/// subjects are parties to it.
public struct ClassTotal: Sendable, Equatable {
    /// The class.
    public let riskClass: RiskClass
    /// ISO 4217 code; nil for accounts that carry no balance.
    public let currency: String?
    /// How many accounts.
    public let accounts: Int
    /// Sum of their balances in minor units.
    public let balance: Int64

    /// Makes a total.
    public init(riskClass: RiskClass, currency: String?, accounts: Int, balance: Int64) {
        self.riskClass = riskClass
        self.currency = currency
        self.accounts = accounts
        self.balance = balance
    }
}

/// The lender's statement of what it published.
public struct Publication: Sendable, Equatable {
    /// The member.
    public let member: MemberID
    /// As of when its book is.
    public let asOf: CalendarDate
    /// When it was published.
    public let publishedAt: Timestamp
    /// Subjects held, and of them those withheld for want of a consent.
    public let subjects: Int
    /// Subjects of whom nothing may be disclosed.
    public let withheld: Int
    /// Counts and balances by class.
    public let totals: [ClassTotal]

    /// Makes a statement.
    public init(
        member: MemberID, asOf: CalendarDate, publishedAt: Timestamp, subjects: Int, withheld: Int,
        totals: [ClassTotal]
    ) {
        self.member = member
        self.asOf = asOf
        self.publishedAt = publishedAt
        self.subjects = subjects
        self.withheld = withheld
        self.totals = totals
    }
}

/// How far the tokens of the store have moved on; equal positions mean equal sets of tokens.
public struct TokenPosition: Sendable, Equatable {
    /// Grows with every token added.
    public let additions: Int64
    /// Grows whenever tokens went.
    public let removals: Int64

    /// Makes a position.
    public init(additions: Int64, removals: Int64) {
        self.additions = additions
        self.removals = removals
    }
}

/// A filter that this node made.
public struct PublishedFilter: Sendable, Equatable {
    /// What the manifest says of it.
    public let entry: ManifestFilter
    /// The tokens that it and the filters before it cover.
    public let position: TokenPosition
    /// Whether it was built from all tokens; otherwise from those after the filter before it.
    public let isComplete: Bool

    /// Makes a filter.
    public init(entry: ManifestFilter, position: TokenPosition, isComplete: Bool) {
        self.entry = entry
        self.position = position
        self.isComplete = isComplete
    }
}

/// A hard inquiry that a member of this node made.
public struct Inquiry: Sendable {
    /// The member that asked.
    public let member: MemberID
    /// About whom.
    public let subject: SubjectKey
    /// For what.
    public let purpose: String
    /// When.
    public let at: Timestamp
    /// The asker's case, as a keyed digest of 32 bytes; nil: a case of its own.
    public let caseDigest: [UInt8]?
    /// The consent under which it was made, under which it is also disclosed.
    public let consent: HeldConsent

    /// Makes an inquiry.
    public init(
        member: MemberID, subject: SubjectKey, purpose: String, at: Timestamp,
        caseDigest: [UInt8]?, consent: HeldConsent
    ) {
        self.member = member
        self.subject = subject
        self.purpose = purpose
        self.at = at
        self.caseDigest = caseDigest
        self.consent = consent
    }

    /// Days in which repeats within one case count once.
    public static let repeatDays = 30
}

/// What stands behind the digest of a consent that a query carried.
public struct ConsentEvidence: Sendable {
    /// The member that asked.
    public let member: MemberID
    /// The consent's reference, 16 bytes.
    public let reference: [UInt8]
    /// SHA-256 over salt ‖ evidence file, 32 bytes.
    public let digest: [UInt8]
    /// 32 random bytes.
    public let salt: [UInt8]
    /// When it was recorded.
    public let at: Timestamp

    /// Makes a record.
    public init(
        member: MemberID, reference: [UInt8], digest: [UInt8], salt: [UInt8], at: Timestamp
    ) {
        self.member = member
        self.reference = reference
        self.digest = digest
        self.salt = salt
        self.at = at
    }
}

/// Who uses up a quota: a member asking through its node.
public struct QuotaKey: Sendable, Hashable {
    /// The asking node.
    public let node: NodeID
    /// The asking member.
    public let member: MemberID

    /// Makes a key.
    public init(node: NodeID, member: MemberID) {
        self.node = node
        self.member = member
    }
}
