/// Whether a record may be disclosed for a purpose.
enum ConsentJudgement: Equatable {
    /// A consent covers the purpose now.
    case covered(HeldConsent)
    /// None does; the code says how near the nearest one comes.
    case refused(RefusalCode)
}

extension HeldRecord {
    /// Judges the consents of what may be displayed of a record. Without any consent nothing is
    /// disclosed: `consent-purpose`.
    ///
    /// A record with accounts needs a consent that came with the book. The consent to an inquiry
    /// counts only where inquiries are all there is: leaving accounts out of a summary would make
    /// them look like none.
    func consent(for purpose: String, terms: DisplayTerms) -> ConsentJudgement {
        var refusal = RefusalCode.consentPurpose
        let relevant = accounts.isEmpty ? consents + inquiryConsents : consents
        for consent in relevant where consent.purposes.contains(purpose) {
            switch consent.state(at: terms.now) {
            case .holds: return .covered(consent)
            case .withdrawn where terms.survives(consent, self): return .covered(consent)
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
