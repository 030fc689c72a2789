import Book
import Membership
import Store
import Synchronization
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

/// When evidence goes: after its time, not before, and not while a dispute is open about what it shows.
@Suite("Retention of evidence")
struct EvidenceRetentionTests {
    struct Fault: Error {}

    private let clock = ManualClock(Samples.now)

    private func node(_ tuning: LogTuning = LogTuning()) throws -> TestNode {
        try TestNode(
            "lakeside-node", keys: [TestNode.key()],
            directory: ManualDirectory(try TestDirectory().directory()), clock: clock,
            logTuning: tuning)
    }

    /// Logs an answer of this node that shows an account, with evidence for so many seconds.
    private func answer(
        _ number: Int, in node: TestNode, seconds: Int64 = 1000
    ) async throws -> EntryIndex {
        let summary = Samples.summary([Samples.account(number)])
        let answer = QueryAnswer(
            kid: "k1", asOf: Samples.now,
            results: [.found(summaries: [summary], withheld: [], isPartial: false)])
        var entry = LogEntry(.queryAnswered, at: Samples.now, node: node.context.node)
        entry.peerMember = Samples.member("harbor")
        entry.count = 1
        entry.retainUntil = Samples.now.advanced(bySeconds: seconds)
        let evidence = Evidence(
            answer: AnswerEvidence(status: 200, headers: [], body: answer.json.encoded))
        return try await node.log.append(entry, evidence: evidence, nonce: nil).index
    }

    /// Puts an account into the book, disputed or not.
    private func hold(_ number: Int, disputed: Bool, in node: TestNode) throws {
        var account = Samples.heldAccount(number)
        account.dispute = disputed ? .amount : nil
        try node.hold(.zhang, by: "lakeside", accounts: [account])
    }

    private func forget(_ node: TestNode) async throws -> EvidenceRetention.Outcome {
        try await EvidenceRetention(context: node.context).forgetEnded()
    }

    @Test("evidence goes a day after its time and not a second before; its entry stays")
    func time() async throws {
        let node = try node()
        let index = try await answer(1, in: node)
        _ = try await answer(2, in: node, seconds: 2000)
        clock.advance(by: .seconds(1000 + EvidenceRetention.graceSeconds))
        #expect(try await forget(node) == .init())
        #expect(try await node.log.evidence(of: index) != nil)
        clock.advance(by: .seconds(1))
        #expect(try await forget(node).deleted == 1)
        #expect(try await node.log.evidence(of: index) == nil)
        #expect(try await node.evidence(of: 1) != nil)
        #expect(try await node.entries().count == 2)
    }

    @Test("many are deleted in parts, past those that are held")
    func parts() async throws {
        let node = try node()
        try hold(1, disputed: true, in: node)
        let count = SQLiteLog.evidencePageMax * 2 + 5
        for number in 0..<count { _ = try await answer(number % 2, in: node) }
        clock.advance(by: .seconds(1001 + EvidenceRetention.graceSeconds))
        let outcome = try await forget(node)
        #expect(outcome.held == count / 2)
        #expect(outcome.deleted == count - count / 2)
        #expect(try await forget(node).deleted == 0)
    }

    @Test("what shows an account stays while a dispute about it is open, and goes when it ended")
    func dispute() async throws {
        let node = try node()
        try hold(1, disputed: true, in: node)
        try await BookEventRecorder(context: node.context).record()
        let entries = try await node.entries()
        // The dispute, and by what right the account was disclosed.
        let told = try [LogEntryType.disputeOpened, .consentRecorded].map { type in
            try #require(entries.firstIndex { $0.type == type }.flatMap { EntryIndex($0) })
        }
        let shown = try await answer(1, in: node)
        let other = try await answer(2, in: node)
        clock.advance(by: .seconds(10 * 366 * 86_400))
        #expect(try await forget(node).held == 3)
        for held in told + [shown] { #expect(try await node.log.evidence(of: held) != nil) }
        #expect(try await node.log.evidence(of: other) == nil)
        try hold(1, disputed: false, in: node)
        #expect(try await forget(node).held == 0)
        for held in told + [shown] { #expect(try await node.log.evidence(of: held) == nil) }
    }

    @Test(
        "a deletion that fails is gone on with, in the same process and after a crash",
        arguments: ForgettingStep.allCases)
    func faults(step: ForgettingStep) async throws {
        let isArmed = Mutex(true)
        let node = try node(
            LogTuning(atForgetting: {
                if $0 == step, isArmed.withLock({ $0 }) { throw Fault() }
            }))
        for number in 0..<10 { _ = try await answer(number, in: node) }
        clock.advance(by: .seconds(1001 + EvidenceRetention.graceSeconds))
        await #expect(throws: LogError.self) { try await forget(node) }
        isArmed.withLock { $0 = false }
        let crashed = try node.crashed()
        for left in [node, crashed] {
            #expect(try await forget(left).deleted == (step == .beforeCommit ? 10 : 0))
            for index in 0..<10 { #expect(try await left.evidence(of: index) == nil) }
            #expect(try await left.entries().count == 10)
        }
    }
}
