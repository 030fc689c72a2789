import Foundation

/// A consent while it is put together.
struct ConsentDraft {
    var basis: ConsentRecord.Basis?
    var purposes: [String]?
    var evidenceFile: String?
    var evidenceDigest: String?
    private var grantedAt: Date?
    private var expiresAt: Date?
    private var withdrawnAt: Date?

    /// Sets the beginning, the end or the withdrawal.
    mutating func setInstant(_ field: Field, _ instant: Date) {
        switch field {
        case .consentGrantedAt: grantedAt = instant
        case .consentExpiresAt: expiresAt = instant
        case .consentWithdrawnAt: withdrawnAt = instant
        default: break
        }
    }

    /// The consent; nil when nothing of it is stated, a fault when only part is.
    func record() throws(DraftFault) -> ConsentRecord? {
        let isEmpty =
            basis == nil && purposes == nil && grantedAt == nil && expiresAt == nil
            && withdrawnAt == nil && evidenceFile == nil && evidenceDigest == nil
        if isEmpty { return nil }
        guard let basis else { throw .incomplete(.consentBasis) }
        guard let purposes else { throw .incomplete(.consentPurposes) }
        guard let grantedAt else { throw .incomplete(.consentGrantedAt) }
        if expiresAt == nil, basis == .consent { throw .incomplete(.consentExpiresAt) }
        if let expiresAt, expiresAt <= grantedAt {
            throw DraftFault(
                field: .consentExpiresAt, code: .contradiction, reason: "ends before it begins")
        }
        if let withdrawnAt, withdrawnAt < grantedAt {
            throw DraftFault(
                field: .consentWithdrawnAt, code: .contradiction,
                reason: "withdrawn before it was given")
        }
        return ConsentRecord(
            basis: basis, purposes: purposes, grantedAt: grantedAt, expiresAt: expiresAt,
            withdrawnAt: withdrawnAt, evidenceFile: evidenceFile, evidenceDigest: evidenceDigest)
    }
}

extension DraftFault {
    fileprivate static func incomplete(_ field: Field) -> DraftFault {
        DraftFault(
            field: field, code: .consentIncomplete, reason: "the consent lacks \(field.rawValue)")
    }
}
