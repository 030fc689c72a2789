import Exchange
import Membership
import Testing

@testable import NodeAssembly

@Suite("Scenario: what is published, and when")
struct PublishingScenarios {
    /// In nobody's book.
    private static let applicant = ScenarioSubject.person(778, name: "新客户")

    @Test("a node that runs puts a new subject into its filters by itself")
    func additions() async throws {
        let plan = try ScenarioPlan.make(intervals: .init(filterAdditions: .seconds(1)))
        try await ScenarioConsortium.run(plan: plan) { consortium in
            let publisher = try consortium.node("harbor-node").parts.offline.publisher
            let before = try #require(await publisher.manifest)
            let report = try await consortium.ask(about: Self.applicant)
            #expect(report.countedInquiry)
            // The scenario's clock stands: only the node's own rounds can do it.
            try await eventually("the inquiry is in a filter") {
                let tokens = await publisher.manifest?.filters.reduce(0) { $0 + $1.count }
                return tokens == before.filters.reduce(0) { $0 + $1.count } + 1
            }
        }
    }

    @Test(
        "rounds of publishing follow each other twice in the charter's time, and every 5 s at least",
        arguments: [
            (Duration.seconds(1), Duration.milliseconds(500)), (.seconds(4), .seconds(2)),
            (.seconds(10), .seconds(5)), (.seconds(60), .seconds(5)),
            (.seconds(86_400), .seconds(5)),
        ])
    func interval(additions: Duration, interval: Duration) throws {
        let plan = try ScenarioPlan.make(intervals: .init(filterAdditions: additions))
        #expect(RunningNode.publishInterval(under: plan.charter) == interval)
    }
}
