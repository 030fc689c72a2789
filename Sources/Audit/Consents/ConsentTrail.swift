import Exchange
import Membership

/// Checks that every answer rested on a consent of which the log was told before, and which held then
/// (protocol/log.md, "On which consent an answer rested").
public struct ConsentTrail: Sendable {
    /// How far apart, in seconds, an answer and a change of its consent may be to have crossed.
    public static let slackSeconds: Int64 = 60
    /// Findings that are listed; the rest is counted.
    public static let findingsMax = 10_000

    private let folders: [MirrorFolder]

    /// A check of copies of logs, verified before.
    public init(_ folders: [MirrorFolder]) { self.folders = folders }

    /// Checks all answers that a selection chooses: those by which a member disclosed, of a day.
    ///
    /// - Throws: `AuditFailure` when a folder is none, or cannot be read.
    public func run(
        member: MemberID? = nil, day: String? = nil
    ) throws(AuditFailure) -> ConsentTrailResult {
        var result = ConsentTrailResult()
        for folder in folders {
            let copy = try LogCopy(folder)
            let summaries = try answers(of: copy, member: member, day: day, &result)
            var told = ToldConsents(of: Set(summaries.compactMap(\.key)))
            try told.read(copy)
            for index in told.missing {
                result.add(AuditFinding(.evidenceMissing, node: copy.state.node, index: index))
            }
            var judgement = TrailJudgement(copy: copy, told: told)
            for summary in summaries { judgement.judge(summary, &result) }
        }
        return result
    }

    private func answers(
        of copy: LogCopy, member: MemberID?, day: String?, _ result: inout ConsentTrailResult
    ) throws(AuditFailure) -> [RestedSummary] {
        var found: [RestedSummary] = []
        try copy.forEachEntry { place throws(AuditFailure) in
            guard place.entry.type == .queryAnswered,
                !place.entry.isOfAsker || place.entry.request == nil,
                day.map({ place.entry.at.description.hasPrefix($0) }) ?? true
            else { return }
            let name = MirrorFolder.evidenceName(place.index)
            guard let file = try copy.folder.read(name) else {
                if place.entry.retainUntil.map({ $0 > copy.state.at }) ?? false {
                    result.add(
                        AuditFinding(.evidenceMissing, node: copy.state.node, index: place.index))
                } else {
                    result.evidenceOver += 1
                }
                return
            }
            result.answers += 1
            guard let served = EntryCheck.evidence(file), served.entry == place.bytes,
                let summaries = RestedSummary.all(in: served.evidence, beside: place)
            else {
                result.add(
                    AuditFinding(
                        .evidenceMalformed, node: copy.state.node, index: place.index,
                        proof: name))
                return
            }
            found += summaries.filter { member == nil || $0.member == member }
        }
        return found
    }
}

extension RestedSummary {
    /// The consent of a book on which it rests; nil for none.
    var key: ToldConsents.Key? {
        guard case .book(let number) = basis else { return nil }
        return ToldConsents.Key(member: member, number: number)
    }
}
