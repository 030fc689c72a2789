import Book
import Foundation
import RiskStandard
import StrictJSON

extension HeldAccount {
    /// An account of a lender's file, with the class that the standard gives it.
    init(
        _ record: AccountRecord, reference: AccountReference, classification: Classification,
        standard: StandardID, asOf: CalendarDate
    ) {
        self.init(
            reference: reference, role: record.role, kind: record.kind, product: record.product,
            isRetail: record.retail, status: record.status, openedMonth: record.openedMonth,
            closedMonth: record.closedMonth, riskClass: classification.riskClass,
            decidedBy: classification.decidedBy, standard: standard, facts: record.facts,
            overdue: record.overdue, balance: record.balance, limit: record.limit,
            monthlyDue: record.monthlyDue, history: record.history,
            historyEnds: record.historyEnds, badEventEnded: record.badEventEnded,
            relief: record.relief, dispute: record.dispute, noticeHeld: record.noticeHeld,
            asOf: asOf)
        overduePeak = record.overduePeak
    }
}

extension AccountRecord {
    /// Whether every amount is an integer that JSON can carry; an asker could not read any other.
    var fitsMessages: Bool {
        [overdue, balance, limit, monthlyDue, overduePeak].compactMap(\.self).allSatisfy {
            $0.minorUnits.magnitude <= JSONLimits.integerMax
        }
    }
}

extension HeldConsent {
    /// A consent of a lender's file; refused when it ends before it begins or names a purpose that
    /// does not exist.
    static func checked(_ record: ConsentRecord, line: Int) -> Result<HeldConsent, RejectedRow> {
        let refusal = { (column: String, reason: String) in
            RejectedRow(line: line, column: column, code: "consent", reason: reason)
        }
        guard record.purposes.allSatisfy({ Purpose(rawValue: $0) != nil }) else {
            return .failure(
                refusal("consentPurposes", "a purpose that protocol/purposes.json does not list"))
        }
        let grantedAt = Timestamp(record.grantedAt)
        let expiresAt = record.expiresAt.map { Timestamp($0) }
        if let expiresAt, expiresAt <= grantedAt {
            return .failure(refusal("consentExpiresAt", "the consent ends before it begins"))
        }
        var digest: [UInt8]?
        if let text = record.evidenceDigest {
            guard let bytes = SHA256Text.read(text) else {
                return .failure(
                    refusal("consentEvidenceDigest", "must be sha-256=:…: over 32 bytes"))
            }
            digest = bytes
        }
        let basis: Consent.Basis = record.basis == .consent ? .consent : .legalDuty
        return .success(
            HeldConsent(
                basis: basis, purposes: record.purposes, grantedAt: grantedAt,
                expiresAt: expiresAt, evidenceDigest: digest,
                withdrawnAt: record.withdrawnAt.map { Timestamp($0) }))
    }
}

extension Timestamp {
    fileprivate init(_ date: Date) {
        self.init(secondsSinceEpoch: Int64(date.timeIntervalSince1970.rounded(.down)))
    }
}
