import Exchange
import Membership
import TransparencyLog

/// An evaluation that is to be opened, with all that the copied logs say of it and of what followed.
struct SelectedEvaluation {
    /// The asker's copy.
    let copy: LogCopy
    /// The asker's first entry.
    let asked: LoggedPlace
    let parties: ExchangeParties
    let request: MerkleHash
    /// The asker's second entry.
    var ended: LoggedPlace?
    /// The answerer's copy, and its entry in it.
    var answered: (copy: LogCopy, place: LoggedPlace)?
    /// The queries of the same member at the same node soon after.
    var queries: [LoggedPlace] = []

    /// How long after an evaluation the query that follows it is looked for: longer than a report
    /// may take.
    static let followingSecondsMax: Int64 = 600

    init?(_ copy: LogCopy, _ place: LoggedPlace) {
        guard place.entry.type == .evaluationAsked, let request = place.entry.request,
            let parties = ExchangeParties(of: place.entry)
        else { return nil }
        self.copy = copy
        asked = place
        self.parties = parties
        self.request = request
    }

    /// Whether an entry of the asker's log is that of a query which may have followed.
    func mayBeFollowed(by query: LoggedPlace) -> Bool {
        let later = query.entry.at.seconds(since: asked.entry.at)
        return query.index > asked.index && ExchangeParties(of: query.entry) == parties
            && (-ExchangeLimits.clockSkewSeconds...Self.followingSecondsMax).contains(later)
    }
}

extension [LogCopy] {
    /// The evaluations that are opened, in the order of logs and entries, and among how many they were
    /// chosen; and how many could not be, since their evidence's time is over.
    ///
    /// - Parameter supervised: the members whose evaluations the regulator may open.
    /// - Throws: `AuditFailure`; also when more fit than are opened at once.
    func selected(
        by selection: EntrySelection, of supervised: Set<MemberID>
    ) throws(AuditFailure) -> (
        evaluations: [SelectedEvaluation], candidates: Int, over: Int
    ) {
        var over = 0
        var lot = DrawnLot<SelectedEvaluation>(selection)
        for copy in self {
            try copy.forEachEntry { place throws(AuditFailure) in
                guard let evaluation = SelectedEvaluation(copy, place), selection.fits(place.entry),
                    supervised.contains(evaluation.parties.member)
                else { return }
                guard let end = place.entry.retainUntil, end > copy.state.at else {
                    over += 1
                    return
                }
                lot.add(evaluation, rank: selection.rank(of: evaluation.request))
            }
        }
        var evaluations = try lot.values().sorted {
            ($0.parties.asker, $0.asked.index) < ($1.parties.asker, $1.asked.index)
        }
        try follow(&evaluations)
        return (evaluations, lot.candidates, over)
    }

    /// Adds what the logs say further of the evaluations.
    private func follow(_ evaluations: inout [SelectedEvaluation]) throws(AuditFailure) {
        var byRequest: [MerkleHash: Int] = [:]
        var byParties: [ExchangeParties: [Int]] = [:]
        for (number, evaluation) in evaluations.enumerated() {
            byRequest[evaluation.request] = number
            byParties[evaluation.parties, default: []].append(number)
        }
        for copy in self {
            try copy.forEachEntry { place throws(AuditFailure) in
                let entry = place.entry
                if entry.isEvaluation, let number = entry.request.flatMap({ byRequest[$0] }) {
                    if !entry.isOfAsker {
                        evaluations[number].answered = (copy, place)
                    } else if entry.isEnd {
                        evaluations[number].ended = place
                    }
                }
                guard entry.type == .queryAsked, let parties = ExchangeParties(of: entry) else {
                    return
                }
                for number in byParties[parties] ?? []
                where evaluations[number].mayBeFollowed(by: place) {
                    evaluations[number].queries.append(place)
                }
            }
        }
    }
}
