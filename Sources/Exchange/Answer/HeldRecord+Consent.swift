/// Whether a record may be disclosed for a purpose.
enum ConsentJudgement: Equatable {
    /// A consent covers the purpose now.
    case covered(HeldConsent)
    /// None does; the code says how near the nearest one comes.
    case refused(RefusalCode)
}

extension HeldRecord {
    /// Judges the record's consents. Without any consent nothing is disclosed: `consent-purpose`.
    func consent(for purpose: String, at now: Timestamp) -> ConsentJudgement {
        var refusal = RefusalCode.consentPurpose
        for consent in consents where consent.purposes.contains(purpose) {
            switch consent.state(at: now) {
            case .holds: return .covered(consent)
            case .withdrawn: refusal = .consentWithdrawn
            case .expired where refusal != .consentWithdrawn: refusal = .consentExpired
            case .notYet where refusal == .consentPurpose: refusal = .consentNotYetValid
            case .expired, .notYet: break
            }
        }
        return .refused(refusal)
    }
}

extension HeldConsent {
    /// Where a consent stands in time.
    enum State { case holds, withdrawn, expired, notYet }

    /// Judged by this node's own clock: the lender recorded these times itself.
    func state(at now: Timestamp) -> State {
        if let withdrawnAt, withdrawnAt <= now { return .withdrawn }
        if grantedAt > now { return .notYet }
        if let expiresAt, expiresAt <= now { return .expired }
        return .holds
    }
}
