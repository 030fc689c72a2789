import Book
import Pseudonym
import RiskStandard

/// An account in the plain layout (protocol/book.md), as an import would read it again.
public struct ExportedRow: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<exported row>"

    /// The plain layout's columns, then what an import passes over: where and as what the account
    /// stands in the book.
    public static let columns =
        PlainRow.names + ["part", "asOf", "class", "decidedBy", "standard"]

    /// The columns of a consent file.
    public static let consentColumns = [
        "scheme", "identifier", "basis", "purposes", "granted_at", "expires_at", "withdrawn_at",
        "evidence_digest",
    ]

    /// One text a column of ``columns``.
    public let cells: [String]
    /// The borrower's further consents, one text a column of ``consentColumns``: a row has room for
    /// the newest only.
    public let furtherConsents: [[String]]
    /// Whether identifier and account number are given back.
    public let isOpened: Bool

    /// Makes the row of an account. Where identifier or account number are not opened, scheme and
    /// name are blank and both hold references, so that no import takes the row.
    init(_ row: HeldRow, subject: SealableSubject?, accountNumber: String?) {
        var texts = Self.texts(of: row.account).merging(Self.facts(of: row.account)) { $1 }
        texts["subjectKind"] = row.kind.rawValue
        texts["subjectStatus"] = row.subjectStatus?.rawValue
        texts["part"] = row.part
        let scheme = subject?.identifier.scheme.rawValue ?? ""
        let identifier = subject?.identifier.normalForm ?? ""
        let consents = Self.distinct(row.consents)
        if let subject, let accountNumber {
            isOpened = true
            texts["scheme"] = scheme
            texts["identifier"] = identifier
            texts["name"] = subject.names.first
            texts["accountNumber"] = accountNumber
            furtherConsents = consents.dropLast().map { [scheme, identifier] + Self.cells(of: $0) }
        } else {
            isOpened = false
            texts["identifier"] = row.subject.map { Base64URL.encode($0.bytes) }
            texts["accountNumber"] = Base64URL.encode(row.account.reference.bytes)
            furtherConsents = []
        }
        if let consent = consents.last {
            let names = [
                "consentBasis", "consentPurposes", "consentGrantedAt", "consentExpiresAt",
                "consentWithdrawnAt", "consentEvidenceDigest",
            ]
            for (name, text) in zip(names, Self.cells(of: consent)) { texts[name] = text }
        }
        cells = Self.columns.map { texts[$0, default: ""] }
    }
}

extension ExportedRow {
    private static func texts(of account: HeldAccount) -> [String: String] {
        let amounts = [
            "overdue": account.overdue, "balance": account.balance, "limit": account.limit,
            "monthlyDue": account.monthlyDue, "overduePeak": account.overduePeak,
        ].compactMapValues(\.self)
        var texts = amounts.mapValues(text)
        texts["currency"] = amounts.values.first?.currency
        texts["role"] = account.role.rawValue
        texts["kind"] = account.kind.rawValue
        texts["product"] = account.product
        texts["retail"] = "\(account.isRetail)"
        texts["status"] = account.status.rawValue
        texts["openedMonth"] = account.openedMonth?.description
        texts["closedMonth"] = account.closedMonth?.description
        texts["history"] = account.history?.letters
        texts["historyEnds"] = account.historyEnds?.description
        texts["badEventEnded"] = account.badEventEnded?.description
        texts["relief"] = account.relief
        texts["dispute"] = account.dispute?.rawValue
        texts["noticeHeld"] = "\(account.noticeHeld)"
        texts["asOf"] = account.asOf.description
        texts["class"] = account.riskClass.rawValue
        texts["decidedBy"] = account.decidedBy.description
        texts["standard"] = account.standard.description
        return texts
    }

    /// A fact that is absent is blank, but for days past due: blank means there "not known".
    private static func facts(of account: HeldAccount) -> [String: String] {
        var texts = [LoanFacts.Name.daysPastDue.rawValue: "0"]
        for (name, value) in account.facts.fields {
            texts[name] =
                switch value {
                case .null: "unknown"
                case .bool(let holds): "\(holds)"
                case .integer(let number): "\(number)"
                case .date(let day): day.description
                }
        }
        return texts
    }

    /// In units of the currency, with all decimals that it has.
    private static func text(_ money: Money) -> String {
        let decimals = Currency(code: money.currency)?.exponent ?? 0
        let digits = String(money.minorUnits.magnitude)
        let filled = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = money.minorUnits < 0 ? "-" : ""
        guard decimals > 0 else { return sign + filled }
        return "\(sign)\(filled.dropLast(decimals)).\(filled.suffix(decimals))"
    }

    /// Each consent once, oldest first; two parts may state the same.
    private static func distinct(_ consents: [HeldConsent]) -> [HeldConsent] {
        consents.reduce(into: []) { kept, consent in
            let isKnown = kept.contains {
                $0.basis == consent.basis && $0.purposes == consent.purposes
                    && $0.grantedAt == consent.grantedAt
            }
            if !isKnown { kept.append(consent) }
        }
    }

    /// Basis, purposes, the three moments and the digest.
    private static func cells(of consent: HeldConsent) -> [String] {
        [
            consent.basis.rawValue, consent.purposes.joined(separator: ";"),
            consent.grantedAt.description, consent.expiresAt?.description ?? "",
            consent.withdrawnAt?.description ?? "",
            consent.evidenceDigest.map { SHA256Text.write($0) } ?? "",
        ]
    }
}
