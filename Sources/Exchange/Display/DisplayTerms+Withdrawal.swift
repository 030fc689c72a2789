import Book
import Membership

extension DisplayTerms {
    /// What the withdrawal of the consents that came with the book does to an account; `keep` where
    /// nothing was withdrawn, or another consent holds: one suffices.
    func effect(on account: HeldAccount, of record: HeldRecord) -> Charter.Withdrawal.Effect {
        effect(of: record.consents, isUnpaid: !account.isClosed)
    }

    /// What withdrawal does to the member's inquiries: they rest on the consents under which it
    /// asked and on those of its book, and nothing of them is unpaid.
    func effectOnInquiries(of record: HeldRecord) -> Charter.Withdrawal.Effect {
        effect(of: record.consents + record.inquiryConsents, isUnpaid: false)
    }

    /// Whether a withdrawn consent goes on to cover everything of a record: its basis survives the
    /// withdrawal for every account, or for inquiries where they are all there is.
    func survives(_ consent: HeldConsent, _ record: HeldRecord) -> Bool {
        let states = record.accounts.isEmpty ? [false] : record.accounts.map { !$0.isClosed }
        return states.allSatisfy { effect(ofWithdrawn: consent, isUnpaid: $0) == .keep }
    }

    private func effect(
        of consents: [HeldConsent], isUnpaid: Bool
    ) -> Charter.Withdrawal.Effect {
        guard !consents.contains(where: { $0.state(at: now) == .holds }) else { return .keep }
        let effects = consents.filter { $0.state(at: now) == .withdrawn }
            .map { effect(ofWithdrawn: $0, isUnpaid: isUnpaid) }
        // A record leaves only when nobody wants it refused: leaving looks like "no record".
        if effects.isEmpty || effects.contains(.keep) { return .keep }
        return effects.contains(.refuse) ? .refuse : .leave
    }

    private func effect(
        ofWithdrawn consent: HeldConsent, isUnpaid: Bool
    ) -> Charter.Withdrawal.Effect {
        let effects =
            switch consent.basis {
            case .consent: withdrawal.consent
            case .legalDuty: withdrawal.legalDuty
            }
        let effect = isUnpaid ? effects.unpaid : effects.settled
        // What survives a withdrawal does not survive its own end.
        let isOver = consent.grantedAt > now || consent.expiresAt.map { $0 <= now } ?? false
        return effect == .keep && isOver ? .refuse : effect
    }
}
