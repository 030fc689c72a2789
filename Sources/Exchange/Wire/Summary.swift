import Book
import Membership
import RiskStandard
import StrictJSON

/// What one member discloses of one subject (protocol/messages.md, summary).
public struct Summary: Sendable, Equatable {
    /// The member that holds the record.
    public var member: MemberID
    /// Whether the subject is a person or an enterprise; decides how amounts are disclosed.
    public var subjectKind: SubjectKind
    /// Deceased or bankrupt; nil otherwise.
    public var subjectStatus: SubjectStatus?
    /// The date of the member's book; nil when it holds inquiries only.
    public var asOf: CalendarDate?
    /// The standard by which the classes were made.
    public var standard: StandardID
    /// At most `ExchangeLimits.accountsPerSummaryMax`, worst class first.
    public var accounts: [DisclosedAccount]
    /// The worst class over all accounts; nil when there is no account.
    public var worstClass: RiskClass?
    /// Hard inquiries that this member itself made.
    public var inquiries: InquiryCounts
    /// The consent under which the summary leaves.
    public var consent: DisclosedConsent
    /// The borrower's own statement.
    public var statement: String?

    /// Makes a summary; shapes as documented on the properties.
    public init(
        member: MemberID, subjectKind: SubjectKind, subjectStatus: SubjectStatus?,
        asOf: CalendarDate?, standard: StandardID, accounts: [DisclosedAccount],
        inquiries: InquiryCounts, consent: DisclosedConsent, statement: String?
    ) {
        self.member = member
        self.subjectKind = subjectKind
        self.subjectStatus = subjectStatus
        self.asOf = asOf
        self.standard = standard
        self.accounts = accounts
        self.worstClass = accounts.map(\.riskClass).max()
        self.inquiries = inquiries
        self.consent = consent
        self.statement = statement
    }
}

/// How many hard inquiries a member made about a subject; each wider window contains the narrower.
public struct InquiryCounts: Sendable, Equatable {
    /// In the last 30 days.
    public var days30: Int
    /// In the last 90 days.
    public var days90: Int
    /// In the last 365 days.
    public var days365: Int

    /// Makes counts.
    public init(days30: Int = 0, days90: Int = 0, days365: Int = 0) {
        self.days30 = days30
        self.days90 = days90
        self.days365 = days365
    }

    /// The sum over members.
    public static func + (left: InquiryCounts, right: InquiryCounts) -> InquiryCounts {
        InquiryCounts(
            days30: left.days30 + right.days30, days90: left.days90 + right.days90,
            days365: left.days365 + right.days365)
    }
}

/// The consent under which a record is disclosed, as the reader sees it.
public struct DisclosedConsent: Sendable, Equatable {
    /// On what the holder relies.
    public var basis: Consent.Basis
    /// What it covers.
    public var purposes: [String]
    /// When it ends; nil when it does not.
    public var expiresAt: Timestamp?

    /// Makes a consent.
    public init(basis: Consent.Basis, purposes: [String], expiresAt: Timestamp?) {
        self.basis = basis
        self.purposes = purposes
        self.expiresAt = expiresAt
    }
}

extension Summary {
    /// The summary as JSON.
    public var json: JSONValue {
        [
            "member": .string(member.description),
            "subjectKind": .string(subjectKind.rawValue),
            "subjectStatus": .text(subjectStatus?.rawValue),
            "asOf": .text(asOf?.description),
            "standard": .string(standard.description),
            "accounts": .array(accounts.map(\.json)),
            "worstClass": .text(worstClass?.rawValue),
            "inquiries": inquiries.json,
            "consent": consent.json,
            "statement": .text(statement),
        ]
    }

    /// Reads a summary of an answer; unknown members are ignored. That its worst class is the
    /// worst of its accounts is checked here: a summary that contradicts itself is no answer.
    public init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        let member = try reader.member()
        let subjectKind = try reader.required("subjectKind", "person or enterprise") {
            $0.text.flatMap(SubjectKind.init)
        }
        let subjectStatus = try reader.optional("subjectStatus", "deceased or bankrupt") {
            $0.text.flatMap(SubjectStatus.init)
        }
        let asOf = try reader.optional("asOf", "a date") { $0.text.flatMap { CalendarDate($0) } }
        let standard = try reader.required("standard", "name@version") {
            $0.text.flatMap { StandardID($0) }
        }
        let accounts = try reader.required("accounts", "at most 200 accounts") { value in
            value.elements.flatMap {
                $0.count <= ExchangeLimits.accountsPerSummaryMax ? $0 : nil
            }
        }
        let worstClass = try reader.optional("worstClass", "a class") {
            $0.text.flatMap(RiskClass.init)
        }
        let inquiries = try InquiryCounts(
            json: reader.required("inquiries"), path: "\(path).inquiries")
        let consent = try DisclosedConsent(
            json: reader.required("consent"), path: "\(path).consent")
        let statement = try reader.optional("statement", "a text", \.text)
        self.init(
            member: member, subjectKind: subjectKind, subjectStatus: subjectStatus, asOf: asOf,
            standard: standard,
            accounts: try accounts.mapIndexed { value, index throws(JSONError) in
                try DisclosedAccount(json: value, path: "\(path).accounts[\(index)]")
            },
            inquiries: inquiries, consent: consent, statement: statement)
        guard worstClass == self.worstClass else {
            throw .mismatch(path: path + ".worstClass", expected: "the worst of the accounts")
        }
    }
}

extension InquiryCounts {
    /// The counts as JSON.
    public var json: JSONValue {
        [
            "hard30Days": .integer(days30), "hard90Days": .integer(days90),
            "hard365Days": .integer(days365),
        ]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        days30 = try reader.count("hard30Days")
        days90 = try reader.count("hard90Days")
        days365 = try reader.count("hard365Days")
    }
}

extension DisclosedConsent {
    /// The consent as JSON.
    public var json: JSONValue {
        [
            "basis": .string(basis.rawValue),
            "purposes": .array(purposes.map(JSONValue.string)),
            "expiresAt": .text(expiresAt?.description),
        ]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        basis = try reader.required("basis", "consent or legal-duty") {
            $0.text.flatMap(Consent.Basis.init)
        }
        purposes = try reader.required("purposes", "texts", \.texts)
        expiresAt = try reader.optionalTimestamp("expiresAt")
    }
}

extension JSONValue {
    /// A string, or null.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
