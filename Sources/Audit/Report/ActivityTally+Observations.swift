import Exchange
import Membership

extension ActivityTally {
    /// What is conspicuous by ``ReportThresholds``, in the order of codes, members and times.
    func observations() -> [Observation] {
        (nightBursts() + enumerations() + frequentRefusals() + consentMismatches()).sorted {
            Self.order(of: $0) < Self.order(of: $1)
        }
    }

    private static func order(
        of observation: Observation
    ) -> (String, String, String, String, String) {
        (
            observation.code.rawValue, observation.member.text, observation.period ?? "",
            observation.answerer?.text ?? "", observation.reason ?? ""
        )
    }

    /// Subjects by member and hour. A subject is evaluated at every node: the node that was asked about
    /// most says how many there were.
    func subjects() -> [MemberID: [LocalHour: Int]] {
        var subjects: [MemberID: [LocalHour: Int]] = [:]
        for (key, activity) in hours {
            let count = max(activity.elements, activity.subjects)
            let known = subjects[key.member]?[key.hour] ?? 0
            subjects[key.member, default: [:]][key.hour] = max(known, count)
        }
        return subjects
    }

    private func nightBursts() -> [Observation] {
        subjects().flatMap { member, hours -> [Observation] in
            guard let node = nodes[member] else { return [] }
            let isNight = { (hour: LocalHour) in ReportThresholds.isNight(hour: hour.ofDay) }
            let byDay = hours.filter { !isNight($0.key) }.map(\.value)
            let average = byDay.isEmpty ? 0 : byDay.reduce(0, +) / byDay.count
            let least = max(
                ReportThresholds.nightSubjectsMin, average * ReportThresholds.nightTimesMin)
            return hours.filter { isNight($0.key) && $0.value >= least }.map { hour, count in
                Observation(
                    .nightBurst, member: member, answerer: nil, node: node, count: count,
                    of: average, period: hour.text)
            }
        }
    }

    private func enumerations() -> [Observation] {
        struct Day: Hashable {
            let member: MemberID
            let answerer: NodeID
            let day: String
        }
        var days: [Day: HourlyActivity] = [:]
        for (key, activity) in hours {
            let day = Day(
                member: key.member, answerer: key.answerer, day: key.hour.dayText)
            days[day, default: HourlyActivity()].elements += activity.elements
            days[day, default: HourlyActivity()].subjects += activity.subjects
        }
        return days.compactMap { day, activity in
            guard let node = nodes[day.member],
                activity.elements >= ReportThresholds.enumerationElementsMin,
                activity.subjects * 100
                    <= activity.elements * ReportThresholds.enumerationQueriesPercentMax
            else { return nil }
            return Observation(
                .enumeration, member: day.member, answerer: day.answerer, node: node,
                count: activity.subjects, of: activity.elements, period: day.day)
        }
    }

    private func frequentRefusals() -> [Observation] {
        var pairs: [Key: Activity] = [:]
        for (key, activity) in activities {
            pairs[
                Key(member: key.member, answerer: key.answerer, purpose: nil), default: .init()] +=
                activity
        }
        return pairs.compactMap { key, activity in
            let answered = activity.found + activity.none + activity.refused
            guard let node = nodes[key.member], answered >= ReportThresholds.refusalsQueriesMin,
                activity.refused * 100 >= answered * ReportThresholds.refusalsPercentMin
            else { return nil }
            return Observation(
                .refusalsFrequent, member: key.member, answerer: key.answerer, node: node,
                count: activity.refused, of: answered)
        }
    }

    private func consentMismatches() -> [Observation] {
        consents.map { key, first in
            Observation(
                key.isDisclosed ? .disclosedWithoutConsent : .consentMismatch, member: key.member,
                answerer: key.answerer, node: first.node, count: first.count,
                reason: key.code.rawValue, index: first.index)
        }
    }
}
