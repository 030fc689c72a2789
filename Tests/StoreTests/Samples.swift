import Book
import Exchange
import Membership
import Pseudonym
import RiskStandard
import TestSupport
import Testing

/// Invented members, subjects and accounts.
enum Samples {
    static let harbor = member("harbor")
    static let lakeside = member("lakeside")
    static let node = name("harbor-node", NodeID.init)
    static let now = time("2026-11-25T12:00:00Z")
    static let kid = "k1"

    static func member(_ text: String) -> MemberID { name(text, MemberID.init) }

    static func time(_ text: String) -> Timestamp { name(text, Timestamp.init) }

    static func date(_ text: String) -> CalendarDate { name(text) { CalendarDate($0) } }

    /// Bytes that differ for different numbers and are no text.
    static func bytes(_ number: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) ^ 0xA5 }
    }

    static func token(_ number: Int) -> Token {
        guard let token = try? Token(bytes: bytes(number, count: 32)) else {
            preconditionFailure("32 bytes are a token")
        }
        return token
    }

    static func nameCheck(_ number: Int) -> NameCheck {
        guard let check = NameCheck(bytes: bytes(number, count: 16)) else {
            preconditionFailure("16 bytes are a name check")
        }
        return check
    }

    /// The subject of that number, under the keys given.
    static func subject(
        _ number: Int, name: Int? = nil, kind: SubjectKind = .person, kids: [String] = [kid]
    ) -> SubjectKey {
        SubjectKey(
            tokens: kids.map { kid in
                SubjectToken(
                    kid: kid, token: token(kid == Self.kid ? number : number + 1_000_000),
                    nameCheck: name.map(nameCheck))
            },
            kind: kind)
    }

    /// An account with little in it; `full` has every field.
    static func account(_ number: Int, full: Bool = false) -> HeldAccount {
        var facts = LoanFacts()
        facts.daysPastDue = .known(full ? 95 : 0)
        if full { facts.technicalCause = .unknown }
        let money = { (amount: Int64) in Money(minorUnits: amount, currency: "CNY") }
        return HeldAccount(
            reference: reference(number), role: full ? .coBorrower : .borrower,
            kind: full ? .revolvingLine : .instalment, product: "consumer-loan", isRetail: !full,
            status: full ? .writtenOffStillClaimed : .open,
            openedMonth: full ? YearMonth("2025-03") : nil,
            closedMonth: full ? YearMonth("2026-10") : nil,
            riskClass: full ? .substandard : .normal,
            decidedBy: name(full ? "cn-2023/11.1" : "cn-2023/6") { RuleID($0) },
            standard: name("cn-2023@1") { StandardID($0) }, facts: facts,
            overdue: full ? money(1_234_567) : nil, balance: money(5_000_000),
            limit: full ? Money(minorUnits: .max, currency: "JPY") : nil,
            monthlyDue: full ? money(-1) : nil,
            history: full ? try? RepaymentHistory(letters: "N*NN1234") : nil,
            historyEnds: full ? YearMonth("2026-10") : nil,
            badEventEnded: full ? date("2026-09-30") : nil,
            relief: full ? "payment-extension" : nil, dispute: full ? .identityTheft : nil,
            asOf: date("2026-10-31"))
    }

    /// An account as it comes back from one import: with the letter of its month, where its file states
    /// none.
    static func asRead(_ account: HeldAccount) -> HeldAccount {
        var read = account
        guard account.history == nil else { return read }
        let letter = AccountState(account).letter
        read.history = try? RepaymentHistory(letters: String(letter.rawValue))
        read.historyEnds = account.asOf.yearMonth
        return read
    }

    static func reference(_ number: Int) -> AccountReference {
        guard let reference = AccountReference(bytes: bytes(number, count: 16)) else {
            preconditionFailure("16 bytes are a reference")
        }
        return reference
    }

    static func consent(
        _ purposes: [String] = ["loan-approval"], granted: String = "2026-01-01T00:00:00Z",
        expires: String? = "2027-01-01T00:00:00Z", withdrawn: String? = nil
    ) -> HeldConsent {
        HeldConsent(
            basis: expires == nil ? .legalDuty : .consent, purposes: purposes,
            grantedAt: time(granted), expiresAt: expires.map(time),
            evidenceDigest: bytes(7, count: 32), withdrawnAt: withdrawn.map(time))
    }

    /// An entry of the subject and account of that number.
    static func entry(
        _ number: Int, account: Int? = nil, name: Int? = nil, status: SubjectStatus? = nil,
        consent: HeldConsent? = nil
    ) -> HeldEntry {
        HeldEntry(
            subject: subject(number, name: name), subjectStatus: status,
            account: Samples.account(account ?? number), consent: consent)
    }

    static func header(
        _ member: MemberID = harbor, part: String = "main", asOf: String = "2026-10-31"
    ) -> BookHeader {
        BookHeader(
            member: member, part: part, asOf: date(asOf), importedAt: now, mapping: "plain")
    }

    static func inquiry(
        _ number: Int, at moment: Timestamp = now, caseNumber: Int? = nil,
        consent: HeldConsent = consent()
    ) -> Inquiry {
        Inquiry(
            member: harbor, subject: subject(number, name: number), purpose: "loan-approval",
            at: moment, caseDigest: caseNumber.map { bytes($0, count: 32) }, consent: consent)
    }

    private static func name<Value>(_ text: String, _ read: (String) -> Value?) -> Value {
        guard let value = read(text) else { preconditionFailure("a sample that cannot be read") }
        return value
    }
}

extension Store {
    /// Imports entries and consents as one part of a book.
    @discardableResult
    func importBook(
        _ entries: [HeldEntry], consents: [SubjectConsent] = [],
        as header: BookHeader = Samples.header()
    ) throws -> [Int] {
        var duplicates: [Int] = []
        try importBook(header) { writer in
            duplicates = try writer.add(entries)
            try writer.put(consents)
        }
        return duplicates
    }

    /// What is held of the subject of that number.
    func record(_ number: Int, at now: Timestamp = Samples.now) async throws -> [HeldRecord] {
        let found = try await records(
            kid: Samples.kid, tokens: [Samples.token(number)], at: now)
        return try #require(found.first)
    }
}
