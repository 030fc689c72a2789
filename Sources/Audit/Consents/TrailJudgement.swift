import Exchange
import Membership

/// Judges, for one log, on which consents answers rested.
struct TrailJudgement {
    let copy: LogCopy
    let told: ToldConsents
    /// By consent as it was told of, about whom was answered first under each key.
    private var subjects: [Use: [UInt8]] = [:]

    private struct Use: Hashable {
        let key: ToldConsents.Key
        let recorded: Int
        let kid: String
    }

    init(copy: LogCopy, told: ToldConsents) {
        self.copy = copy
        self.told = told
    }

    /// Adds what is wrong with one summary to a result.
    mutating func judge(_ summary: RestedSummary, _ result: inout ConsentTrailResult) {
        result.summaries += 1
        switch summary.basis {
        case .inquiry where !summary.hasAccounts: result.ofInquiries += 1
        case .inquiry, nil: add(.consentUnrecorded, summary, &result)
        case .book:
            guard let key = summary.key else { return }
            judge(summary, restingOn: key, &result)
        }
    }

    private mutating func judge(
        _ summary: RestedSummary, restingOn key: ToldConsents.Key,
        _ result: inout ConsentTrailResult
    ) {
        let before = told.recorded[key, default: []].filter { $0.index < summary.index }
        guard let last = before.last else {
            // What was told of consents in evidence that is gone, nobody can say any more.
            if let first = told.unknown[key.member], first < summary.index {
                result.notProvable += 1
            } else {
                add(.consentUnrecorded, summary, &result)
            }
            return
        }
        let moment = summary.at.advanced(bySeconds: -ConsentTrail.slackSeconds)
        // One that was told anew while the answer was made may be the one before.
        let standing = zip(before, before.dropFirst()).filter { $1.at > moment }.map(\.0) + [last]
        let stated = standing.filter { telling in
            summary.stated.map(telling.consent.agrees) ?? true
        }
        if stated.isEmpty {
            add(.consentMisstated, summary, &result)
        } else if !stated.contains(where: { holds($0, for: summary, under: key) }) {
            add(.consentNotHolding, summary, &result)
        }
        guard let subject = summary.subject else { return }
        let use = Use(key: key, recorded: last.index, kid: subject.kid)
        let first = subjects[use, default: subject.token]
        subjects[use] = first
        if first != subject.token { add(.consentShared, summary, &result) }
    }

    /// Whether a consent covered an answer, and was not withdrawn before it in a way that ends it.
    private func holds(
        _ telling: ToldConsents.Telling, for summary: RestedSummary, under key: ToldConsents.Key
    ) -> Bool {
        guard let purpose = summary.purpose,
            telling.consent.covers(
                purpose, at: summary.at, slack: ConsentTrail.slackSeconds)
        else { return false }
        let moment = summary.at.advanced(bySeconds: -ConsentTrail.slackSeconds)
        let withdrawals = told.withdrawn[key, default: []]
            .filter { $0.index > telling.index && $0.index < summary.index && $0.at <= moment }
        let isWithdrawn = ([telling] + withdrawals)
            .contains { $0.consent.withdrawnAt.map { $0 <= moment } ?? false }
        return !isWithdrawn || survives(telling.consent, summary)
    }

    /// Whether, by a charter that is kept with the copy, the basis survives a withdrawal for all that was
    /// disclosed.
    private func survives(_ consent: RecordedConsent, _ summary: RestedSummary) -> Bool {
        copy.directories.contains { directory in
            let withdrawal = directory.charter.withdrawal
            let effects =
                consent.basis == Consent.Basis.legalDuty.rawValue
                ? withdrawal.legalDuty : withdrawal.consent
            return (!summary.isUnpaid || effects.unpaid == .keep)
                && (!summary.isSettled || effects.settled == .keep)
        }
    }

    private func add(
        _ code: AuditFinding.Code, _ summary: RestedSummary, _ result: inout ConsentTrailResult
    ) {
        result.add(
            AuditFinding(
                code, node: copy.state.node, index: summary.index, item: summary.item,
                proof: MirrorFolder.evidenceName(summary.index)))
    }
}
