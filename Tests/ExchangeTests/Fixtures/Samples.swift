import Book
import Exchange
import Membership
import Pseudonym
import RiskStandard

/// Invented names, times, subjects and accounts. What cannot be read is a fault of the test.
enum Samples {
    static let now = time("2026-11-25T12:00:00Z")
    static let bookDay = date("2026-11-24")
    static let standard = read("cn-2023@1") { StandardID($0) }

    static func time(_ text: String) -> Timestamp { read(text, Timestamp.init) }
    static func date(_ text: String) -> CalendarDate { read(text) { CalendarDate($0) } }
    static func month(_ text: String) -> YearMonth { read(text) { YearMonth($0) } }
    static func member(_ text: String) -> MemberID { read(text, MemberID.init) }
    static func node(_ text: String) -> NodeID { read(text, NodeID.init) }
    static func rule(_ text: String) -> RuleID { read(text) { RuleID($0) } }
    static func name(_ text: String) -> SubjectName { read(text, SubjectName.init) }

    /// Bytes that differ for different numbers.
    static func bytes(_ number: Int, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) ^ 0xA5 }
    }

    static func token(_ number: Int) -> Token {
        read(number) { try? Token(bytes: bytes($0, count: 32)) }
    }

    static func nameCheck(_ number: Int) -> NameCheck {
        read(number) { NameCheck(bytes: bytes($0, count: 16)) }
    }

    static func reference(_ number: Int) -> AccountReference {
        read(number) { AccountReference(bytes: bytes($0, count: 16)) }
    }

    static func yuan(_ amount: Int64) -> Money {
        Money(minorUnits: amount * 100, currency: "CNY")
    }

    private static func read<Input, Value>(_ input: Input, _ read: (Input) -> Value?) -> Value {
        guard let value = read(input) else { preconditionFailure("a sample that cannot be read") }
        return value
    }
}

extension Samples {
    /// Residents with numbers of the area that is not assigned, valid by their check characters.
    enum Resident: String, CaseIterable {
        case zhang = "999999199012310022"
        case li = "999999200002290131"
        case wang = "99999919800110259X"

        var name: String {
            switch self {
            case .zhang: "张三"
            case .li: "李四"
            case .wang: "王五"
            }
        }

        var identifier: Identifier { Samples.identifier(rawValue, scheme: "cn-rid") }
    }

    static func identifier(_ raw: String, scheme: String) -> Identifier {
        let schemes = try? SchemeRegistry(charter: [("cn-rid", nil), ("cn-uscc", nil)])
        return read(raw) { try? schemes?.identifier($0, scheme: scheme) }
    }

    /// The asker's own consent, good for every day of 2026.
    static func consent(
        _ purposes: [String] = ["loan-approval"], basis: Consent.Basis = .consent,
        granted: Timestamp = time("2026-01-01T00:00:00Z"),
        expires: Timestamp? = time("2027-01-01T00:00:00Z")
    ) -> Consent {
        Consent(
            basis: basis, purposes: purposes, reference: bytes(1, count: 16), grantedAt: granted,
            expiresAt: expires, evidenceDigest: bytes(2, count: 32))
    }

    /// A consent that a lender holds, good for every day of 2026; a legal duty when it has no end.
    static func heldConsent(
        _ purposes: [String] = ["loan-approval"],
        granted: Timestamp = time("2026-01-01T00:00:00Z"),
        expires: Timestamp? = time("2027-01-01T00:00:00Z"), withdrawn: Timestamp? = nil
    ) -> HeldConsent {
        HeldConsent(
            basis: expires == nil ? .legalDuty : .consent, purposes: purposes, grantedAt: granted,
            expiresAt: expires, evidenceDigest: nil, withdrawnAt: withdrawn)
    }

    /// A loan with a balance of 80,000 yuan, classified truly by its days past due.
    static func heldAccount(_ number: Int, daysPastDue: Int = 0) -> HeldAccount {
        var facts = LoanFacts()
        facts.daysPastDue = .known(daysPastDue)
        let verdict = classification(facts)
        return HeldAccount(
            reference: reference(number), role: .borrower, kind: .instalment,
            product: "consumer-loan", isRetail: true, status: .open, openedMonth: month("2025-03"),
            closedMonth: nil, riskClass: verdict.riskClass, decidedBy: verdict.decidedBy,
            standard: standard, facts: facts, overdue: nil, balance: yuan(80_000), limit: nil,
            monthlyDue: nil, history: nil, historyEnds: nil, badEventEnded: nil, relief: nil,
            dispute: nil, noticeHeld: true, asOf: bookDay)
    }

    static func classification(_ facts: LoanFacts) -> Classification {
        read(facts) {
            try? StandardLibrary.embedded.standard(standard)?.classify(
                $0, segment: .retail, asOf: bookDay)
        }
    }
}
