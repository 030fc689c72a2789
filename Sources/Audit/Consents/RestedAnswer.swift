import Exchange
import Membership
import StrictJSON

/// What one member disclosed in one answer, and on which consent its node says that it rests.
struct RestedSummary {
    /// The answer's place in the log.
    let index: Int
    /// Which query of it.
    let item: Int
    let at: Timestamp
    let purpose: String?
    /// The member that disclosed.
    let member: MemberID
    let basis: RestingConsent.Basis?
    /// What the answer itself says of the consent; nil where there was no message.
    let stated: DisclosedConsent?
    /// The subject as the query named it; nil where there was no message.
    let subject: Subject?
    /// Of the accounts that were disclosed, whether some are unpaid, and some settled; of none, settled.
    let isUnpaid: Bool
    let isSettled: Bool
    /// Whether there were accounts, as far as that is known.
    let hasAccounts: Bool

    /// A subject under a key.
    struct Subject: Hashable {
        let kid: String
        let token: [UInt8]
    }
}

extension RestedSummary {
    /// All that an answer disclosed; nil where its evidence is not that of a query.
    static func all(in evidence: Evidence, beside place: LoggedPlace) -> [RestedSummary]? {
        place.entry.isLocal && place.entry.request == nil
            ? local(evidence, place) : remote(evidence, place)
    }

    /// Among the members of one node there is no message: what rests on which consent is all there is.
    private static func local(_ evidence: Evidence, _ place: LoggedPlace) -> [RestedSummary] {
        let resting = evidence.consents.joined()
        let entry = place.entry
        if resting.isEmpty, entry.outcomes?.found ?? 0 > 0, let member = entry.member {
            return [RestedSummary(place, item: 0, local: member, basis: nil)]
        }
        return resting.map { RestedSummary(place, item: 0, local: $0.member, basis: $0.basis) }
    }

    private static func remote(_ evidence: Evidence, _ place: LoggedPlace) -> [RestedSummary]? {
        guard let answer = evidence.answer else { return nil }
        guard answer.status == 200 else { return [] }
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        guard let request = evidence.request.flatMap({ json(of: $0.body, limits) }),
            let asked = try? QueryRequest(json: request, admit: { _, _ in }),
            let body = json(of: answer.body, limits),
            let answered = try? QueryAnswer(json: body, count: asked.queries.count)
        else { return nil }
        var found: [RestedSummary] = []
        for (item, result) in answered.results.enumerated() {
            guard case .found(let summaries, _, _) = result else { continue }
            let subject = Subject(kid: asked.kid, token: asked.queries[item].token.bytes)
            let resting = item < evidence.consents.count ? evidence.consents[item] : []
            found += summaries.map { summary in
                RestedSummary(
                    place, item: item, of: summary, about: subject,
                    basis: resting.first { $0.member == summary.member }?.basis)
            }
        }
        return found
    }

    private static func json(of bytes: [UInt8], _ limits: JSONLimits) -> JSONValue? {
        try? JSONValue(parsing: bytes, limits: limits)
    }

    private init(
        _ place: LoggedPlace, item: Int, local member: MemberID, basis: RestingConsent.Basis?
    ) {
        index = place.index
        self.item = item
        at = place.entry.at
        purpose = place.entry.purpose?.rawValue
        self.member = member
        self.basis = basis
        stated = nil
        subject = nil
        (isUnpaid, isSettled, hasAccounts) = (false, false, false)
    }

    private init(
        _ place: LoggedPlace, item: Int, of summary: Summary, about subject: Subject,
        basis: RestingConsent.Basis?
    ) {
        index = place.index
        self.item = item
        at = place.entry.at
        purpose = place.entry.purpose?.rawValue
        member = summary.member
        self.basis = basis
        stated = summary.consent
        self.subject = subject
        let isClosed = summary.accounts.map(\.isClosed)
        isUnpaid = isClosed.contains(false)
        isSettled = isClosed.contains(true) || isClosed.isEmpty
        hasAccounts = !isClosed.isEmpty
    }
}
