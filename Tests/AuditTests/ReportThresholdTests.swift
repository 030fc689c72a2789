import Exchange
import Membership
import Testing

@testable import Audit

@Suite("What the report calls conspicuous")
struct ReportThresholdTests {
    private func tally(
        _ hours: [(hour: Int64, elements: Int, subjects: Int)]
    ) throws -> ActivityTally {
        let (member, node) = (try sample(MemberID("harbor")), try sample(NodeID("lakeside-node")))
        var tally = ActivityTally()
        tally.count(
            ActivityTally.Key(member: member, answerer: node, purpose: nil),
            by: try sample(NodeID("harbor-node"))
        ) { $0.evaluations += 1 }
        for hour in hours {
            tally.count(
                ActivityTally.HourKey(
                    member: member, answerer: node, hour: LocalHour(number: hour.hour)),
                elements: hour.elements, subjects: hour.subjects)
        }
        return tally
    }

    /// 2026-11-25, its midnight in hours.
    private static let day: Int64 = 20_782 * 24

    @Test(
        "a night hour with many subjects, against the average by day",
        arguments: [
            (23, 20, 6, true), (23, 19, 6, false), (23, 20, 7, false), (5, 21, 7, true),
            (6, 900, 1, false), (21, 900, 1, false), (22, 20, 0, true), (0, 20, 1, true),
        ] as [(hour: Int64, night: Int, byDay: Int, isSeen: Bool)])
    func night(hour: Int64, night: Int, byDay: Int, isSeen: Bool) throws {
        var hours = [(hour: Self.day + hour, elements: night, subjects: night)]
        if byDay > 0 { hours.append((hour: Self.day + 12, elements: byDay, subjects: byDay)) }
        let seen = try tally(hours).observations().filter { $0.code == .nightBurst }
        #expect(seen.count == (isSeen ? 1 : 0))
        if isSeen {
            #expect(seen.first?.period == "2026-11-25 \(hour < 10 ? "0" : "")\(hour):00")
            #expect(seen.first?.count == night)
        }
    }

    @Test(
        "a day of many elements and hardly a query",
        arguments: [(500, 5, true), (500, 6, false), (499, 0, false), (1000, 10, true)])
    func enumeration(elements: Int, queries: Int, isSeen: Bool) throws {
        // Spread over a day: no hour of it is conspicuous.
        let hours = (8..<20).map { hour in
            (
                hour: Self.day + Int64(hour), elements: hour == 8 ? elements - 11 : 1,
                subjects: hour == 8 ? queries : 0
            )
        }
        let seen = try tally(hours).observations().filter { $0.code == .enumeration }
        #expect(seen.count == (isSeen ? 1 : 0))
        if isSeen { #expect(seen.first?.period == "2026-11-25" && seen.first?.total == elements) }
        // The same on two days is not.
        let apart = try tally(
            hours.map { ($0.hour == Self.day + 8 ? $0.hour - 24 : $0.hour, $0.elements / 2, 0) })
        #expect(apart.observations().filter { $0.code == .enumeration }.isEmpty || elements == 1000)
    }

    @Test(
        "many refusals",
        arguments: [(20, 4, true), (20, 3, false), (19, 19, false)])
    func refusals(answered: Int, refused: Int, isSeen: Bool) throws {
        var tally = ActivityTally()
        tally.count(
            ActivityTally.Key(
                member: try sample(MemberID("harbor")), answerer: try sample(NodeID("reed-node")),
                purpose: .loanApproval),
            by: try sample(NodeID("harbor-node"))
        ) { activity in
            activity.refused += refused
            activity.none += answered - refused
        }
        #expect(tally.observations().map(\.code) == (isSeen ? [.refusalsFrequent] : []))
    }

    @Test(
        "hours are those of the zone",
        arguments: [
            ("UTC", "2026-11-25 23:00"), ("+08:00", "2026-11-26 07:00"),
            ("-09:30", "2026-11-25 13:00"), ("Asia/Shanghai", "2026-11-26 07:00"),
        ])
    func zone(name: String, hour: String) throws {
        var hours = LocalHours(in: try sample(ReportZone(name)))
        let moment = try sample(Timestamp("2026-11-25T23:15:00Z"))
        #expect(hours.hour(of: moment).text == hour)
        #expect(hours.hour(of: moment.advanced(bySeconds: 1)).text == hour)
    }

    @Test(
        "what is no zone", arguments: ["", "Asia/Atlantis", "+8", "+24:00", "08:00+", "../../etc"])
    func noZone(name: String) { #expect(ReportZone(name) == nil) }
}
