import Book
import Pseudonym
import RiskStandard
import StrictJSON

/// One account as it is disclosed (protocol/messages.md, summary).
public struct DisclosedAccount: Sendable, Equatable {
    /// Stable reference, 16 random bytes; the same for every party to the account.
    public var reference: AccountReference
    /// What the subject is to the account.
    public var role: AccountRole
    /// The shape of the claim.
    public var kind: AccountKind
    /// The lender's product, `[a-z0-9-]{1,40}`.
    public var product: String
    /// Whether the standard's rules for retail apply.
    public var isRetail: Bool
    /// Where the account stands.
    public var status: AccountStatus
    /// Month of opening.
    public var openedMonth: YearMonth?
    /// Month of closing.
    public var closedMonth: YearMonth?
    /// The class that the holder gives.
    public var riskClass: RiskClass
    /// The rule that decided it.
    public var decidedBy: RuleID
    /// The facts from which anyone recomputes the class.
    public var facts: LoanFacts
    /// Amount due and unpaid, interest included.
    public var overdue: DisclosedAmount?
    /// Principal outstanding.
    public var balance: DisclosedAmount?
    /// Limit of a card or line.
    public var limit: DisclosedAmount?
    /// What falls due in a month.
    public var monthlyDue: DisclosedAmount?
    /// PBoC letters, newest last.
    public var history: RepaymentHistory?
    /// The month of the newest letter.
    public var historyEnds: YearMonth?
    /// A relief that was agreed; open vocabulary.
    public var relief: String?
    /// What the borrower disputes.
    public var dispute: DisputeKind?

    /// The day for which the account stands, where that is not the summary's.
    public var asOf: CalendarDate?

    /// The reader of `facts` needs to know which rules apply.
    public var segment: Segment { isRetail ? .retail : .nonRetail }
}

/// The stable reference of an account: 16 random bytes, without meaning.
public struct AccountReference: Sendable, Hashable {
    /// 16 bytes.
    public let bytes: [UInt8]

    /// Takes exactly 16 bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// A new reference from 16 bytes of the generator.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension DisclosedAccount {
    /// The account as JSON.
    public var json: JSONValue {
        [
            "ref": .string(Base64URL.encode(reference.bytes)),
            "role": .string(role.rawValue),
            "kind": .string(kind.rawValue),
            "product": .string(product),
            "retail": .bool(isRetail),
            "status": .string(status.rawValue),
            "openedMonth": .text(openedMonth?.description),
            "closedMonth": .text(closedMonth?.description),
            "class": .string(riskClass.rawValue),
            "decidedBy": .string(decidedBy.description),
            "facts": facts.json,
            "overdue": overdue?.json ?? .null,
            "balance": balance?.json ?? .null,
            "limit": limit?.json ?? .null,
            "monthlyDue": monthlyDue?.json ?? .null,
            "history": .text(history?.letters),
            "historyEnds": .text(historyEnds?.description),
            "relief": .text(relief),
            "dispute": .text(dispute?.rawValue),
            "asOf": .text(asOf?.description),
        ]
    }

    /// Reads an account of an answer; unknown members are ignored.
    public init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        reference = try reader.required("ref", "16 bytes in base64url") {
            $0.bytes(count: 16).flatMap(AccountReference.init)
        }
        role = try reader.required("role", "a role") { $0.text.flatMap(AccountRole.init) }
        kind = try reader.required("kind", "a kind") { $0.text.flatMap(AccountKind.init) }
        product = try reader.required("product", "[a-z0-9-]{1,40}") { value in
            value.text.flatMap { Self.isProduct($0) ? $0 : nil }
        }
        isRetail = try reader.required("retail", "true or false", \.bool)
        status = try reader.required("status", "a status") { $0.text.flatMap(AccountStatus.init) }
        let month: (JSONValue) -> YearMonth? = { $0.text.flatMap { YearMonth($0) } }
        openedMonth = try reader.optional("openedMonth", "a month", month)
        closedMonth = try reader.optional("closedMonth", "a month", month)
        riskClass = try reader.required("class", "a class") { $0.text.flatMap(RiskClass.init) }
        decidedBy = try reader.required("decidedBy", "a rule") { $0.text.flatMap { RuleID($0) } }
        facts = try LoanFacts(json: reader.required("facts"), path: "\(path).facts")
        overdue = try reader.amount("overdue")
        balance = try reader.amount("balance")
        limit = try reader.amount("limit")
        monthlyDue = try reader.amount("monthlyDue")
        history = try reader.optional("history", "repayment letters") { value in
            value.text.flatMap { try? RepaymentHistory(letters: $0) }
        }
        historyEnds = try reader.optional("historyEnds", "a month", month)
        relief = try reader.optional("relief", "a text", \.text)
        dispute = try reader.optional("dispute", "a kind of dispute") {
            $0.text.flatMap(DisputeKind.init)
        }
        asOf = try reader.optional("asOf", "a date") { $0.text.flatMap { CalendarDate($0) } }
    }

    private static func isProduct(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
    }
}

extension LoanFacts {
    /// The facts as JSON: absent ones left out, unknown ones null.
    public var json: JSONValue {
        .object(fields.map { JSONMember($0.name, $0.value.json) })
    }

    /// Reads facts; a name that the standard does not define makes the class unverifiable and is
    /// refused.
    public init(json: JSONValue, path: String) throws(JSONError) {
        guard case .object(let members) = json else {
            throw .mismatch(path: path, expected: "an object")
        }
        var fields: [(name: String, value: FactValue)] = []
        for member in members {
            switch member.value {
            case .null: fields.append((member.name, .null))
            case .bool(let value): fields.append((member.name, .bool(value)))
            case .integer(let value): fields.append((member.name, .integer(value)))
            case .string(let text):
                guard let date = CalendarDate(text) else {
                    throw .mismatch(path: path, expected: "facts of the standard")
                }
                fields.append((member.name, .date(date)))
            default: throw .mismatch(path: path, expected: "facts of the standard")
            }
        }
        do {
            try self.init(fields: fields)
        } catch {
            throw .mismatch(path: path, expected: "facts of the standard")
        }
    }
}

extension JSONObjectReader {
    fileprivate mutating func amount(_ name: String) throws(JSONError) -> DisclosedAmount? {
        guard let value = optional(name) else { return nil }
        return try DisclosedAmount(json: value, path: path(name))
    }
}
