import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing
import TransparencyLog

@Suite("Scenario: every key of a node changes under load")
struct RotationScenarios {
    @Test(
        "no request is lost while certificate, signing keys, log key and pseudonym key change",
        .timeLimit(.minutes(5)))
    func underLoad() async throws {
        try await ScenarioConsortium.offline(books: ["harbor": [ScenarioLoan(subject: .shared)]]) {
            offline in
            let book = [ScenarioLoan(subject: .behind, daysPastDue: 95)]
            let change = try await KeyChangeScene(offline, book: book)
            let homes = [change.home, try offline.home("harbor-node")]
            try await ScenarioNode.run(
                homes, clock: offline.clock, log: offline.log, settling: .seconds(1)
            ) { nodes in
                let consortium = ScenarioConsortium(
                    site: offline.site, clock: offline.clock, log: offline.log, nodes: nodes)
                let load = RotationLoad(consortium)
                let before = try #require(nodes.first).parts.offline.keys
                let scene = RotationScene(consortium, change)
                // A regulator that knows the keys of before can check what was signed by them.
                try await load.during("nothing") {}
                try await scene.audit()
                try await load.during("certificate") { try await scene.changeCertificate() }
                try await load.during("signing") { try await scene.changeSigningKeys() }
                try await load.during("log") { try await scene.changeLogKey() }
                try await load.during("voprf") { try await scene.changePseudonymKey() }
                #expect(load.failures == [])

                let after = try NodeKeys(home: change.home)
                #expect(after.signing.answers.map(\.keyID) != before.signing.answers.map(\.keyID))
                #expect(after.signing.answers.count == 1 && after.signing.log.count == 1)
                #expect(after.ring.keys.map(\.kid.rawValue) == ["k2"])
                try await scene.audit()
                try await scene.reconcile(forgingBy: try #require(before.signing.log.first))
            }
        }
    }
}

/// Two lenders that ask each other in a closed loop.
private final class RotationLoad: Sendable {
    /// Rounds that each asker ends at least while something changes.
    private static let roundsMin = 3

    private let consortium: ScenarioConsortium
    private let state = LoadState()

    init(_ consortium: ScenarioConsortium) { self.consortium = consortium }

    /// What did not go as it should.
    var failures: [String] { state.failures }

    /// Lets both ask while `change` runs, and some rounds more.
    func during(_ what: String, _ change: () async throws -> Void) async throws {
        state.begin()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [self] in try await ask("harbor", of: "lakeside", about: .behind, what)
            }
            tasks.addTask { [self] in try await ask("lakeside", of: "harbor", about: .shared, what)
            }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await change()) } catch { outcome = .failure(error) }
            state.end()
            try await tasks.waitForAll()
            try outcome.get()
        }
    }

    private func ask(
        _ asker: String, of lender: String, about subject: ScenarioSubject, _ what: String
    ) async throws {
        var roundsLeft = Self.roundsMin
        while !state.isEnding || roundsLeft > 0 {
            if state.isEnding { roundsLeft -= 1 }
            for (subject, expected) in [(subject, "record"), (.unknown, "no-record")] {
                let report = try await consortium.ask(
                    about: subject, as: asker, purpose: .postLoan)
                let story = report.story[lender]
                if story != expected {
                    state.fail("\(what): \(asker) got '\(story ?? "nothing")' of \(lender)")
                }
            }
        }
    }
}
