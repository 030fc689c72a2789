import Exchange
import Membership

/// Reads copied logs into a tally. Every exchange is counted once: from the asker's log where that is
/// among the copies, else from the answerer's.
struct ActivityReader {
    /// Whose logs are among the copies.
    let nodes: Set<NodeID>
    private(set) var tally = ActivityTally()
    private var hours: LocalHours

    init(logsOf nodes: Set<NodeID>, in zone: ReportZone) {
        self.nodes = nodes
        hours = LocalHours(in: zone)
    }

    /// Takes an entry of a folder.
    mutating func read(
        _ entry: LogEntry, at index: Int, in folder: MirrorFolder
    ) throws(AuditFailure) {
        guard let parties = ExchangeParties(of: entry) else { return }
        if entry.isOfAsker {
            try readAsker(entry, parties, at: index, in: folder)
        } else {
            try readAnswerer(entry, parties, at: index, in: folder)
        }
    }

    private mutating func readAsker(
        _ entry: LogEntry, _ parties: ExchangeParties, at index: Int, in folder: MirrorFolder
    ) throws(AuditFailure) {
        if entry.isAsked || entry.isLocal { asked(entry, parties) }
        if !entry.isAsked { ended(entry, entry.outcomes, parties) }
        // Among the members of one node there are no messages.
        guard entry.request != nil else { return }
        let isConsentHere = entry.type == .queryAsked && !nodes.contains(parties.answerer)
        // An evaluation that was looked for in filters was not refused.
        let mayBeRefused = entry.isAnswered && !(entry.isEvaluation && entry.outcomes != nil)
        guard isConsentHere || mayBeRefused, let evidence = try folder.evidence(of: index)
        else { return }
        let messages = ReadExchange(evidence)
        if isConsentHere { judge(messages, entry, parties, at: index) }
        if mayBeRefused { count(messages.refusals, parties) }
    }

    private mutating func readAnswerer(
        _ entry: LogEntry, _ parties: ExchangeParties, at index: Int, in folder: MirrorFolder
    ) throws(AuditFailure) {
        let isCounted = !nodes.contains(parties.asker)
        if isCounted { asked(entry, parties) }
        guard isCounted || !entry.isEvaluation, let evidence = try folder.evidence(of: index)
        else { return }
        let messages = ReadExchange(evidence)
        if !entry.isEvaluation { judge(messages, entry, parties, at: index) }
        guard isCounted else { return }
        ended(entry, entry.isEvaluation ? nil : LogOutcomes(messages.outcomes), parties)
        count(messages.refusals, parties)
    }

    private mutating func asked(_ entry: LogEntry, _ parties: ExchangeParties) {
        let count = entry.count ?? 0
        tally.count(key(entry, parties), by: parties.asker) { activity in
            if entry.isEvaluation {
                activity.evaluations += 1
                activity.elements += count
            } else {
                activity.queries += 1
                activity.subjects += count
            }
        }
        tally.count(
            ActivityTally.HourKey(
                member: parties.member, answerer: parties.answerer, hour: hours.hour(of: entry.at)),
            elements: entry.isEvaluation ? count : 0, subjects: entry.isEvaluation ? 0 : count)
    }

    private mutating func ended(
        _ entry: LogEntry, _ outcomes: LogOutcomes?, _ parties: ExchangeParties
    ) {
        tally.count(key(entry, parties), by: parties.asker) { activity in
            switch entry.type {
            case .evaluationTimedOut, .queryTimedOut: activity.timedOut += 1
            case .evaluationInvalid, .queryInvalid: activity.invalid += 1
            case .evaluationAnswered:
                activity.hits += outcomes?.found ?? 0
                activity.misses += outcomes?.none ?? 0
            default:
                activity.found += outcomes?.found ?? 0
                activity.none += outcomes?.none ?? 0
                activity.refused += outcomes?.refused ?? 0
            }
        }
    }

    private mutating func count(_ refusals: [ReadRefusal], _ parties: ExchangeParties) {
        for refusal in refusals {
            tally.count(
                ActivityTally.RefusalKey(
                    member: parties.member, answerer: parties.answerer, refusal: refusal))
        }
    }

    /// Compares what was asked for with the consents that came with it.
    private mutating func judge(
        _ messages: ReadExchange, _ entry: LogEntry, _ parties: ExchangeParties, at index: Int
    ) {
        for (place, consent) in messages.consents.enumerated() {
            let outcome = place < messages.outcomes.count ? messages.outcomes[place] : nil
            guard let purpose = entry.purpose, let consent,
                let code = consent.refusal(for: purpose.rawValue, at: entry.at)
            else { continue }
            tally.count(
                ActivityTally.ConsentKey(
                    member: parties.member, answerer: parties.answerer, code: code,
                    isDisclosed: outcome == .found),
                first: ActivityTally.Occurrence(
                    node: entry.node, index: index, isOfAsker: entry.isOfAsker,
                    asker: parties.asker, count: 1))
        }
    }

    private func key(_ entry: LogEntry, _ parties: ExchangeParties) -> ActivityTally.Key {
        ActivityTally.Key(
            member: parties.member, answerer: parties.answerer, purpose: entry.purpose)
    }
}

extension LogOutcomes {
    /// How queries ended, as their answer says.
    init(_ outcomes: [ReadExchange.Outcome]) {
        let count = { (outcome: ReadExchange.Outcome) in
            outcomes.count { $0 == outcome }
        }
        self.init(found: count(.found), none: count(.none), refused: count(.refused))
    }
}
