import Book
import Pseudonym
import Store
import Synchronization
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

/// Consents and disputes of the books in the log: each once, whatever fails or is cut off.
@Suite("Consents and disputes in the log")
struct BookEventRecorderTests {
    struct Fault: Error {}

    /// Fails one step of the log's commits while it is armed.
    private final class Trap: Sendable {
        private let isArmed = Mutex(false)
        private let step: LogStep

        init(at step: LogStep) { self.step = step }

        var tuning: LogTuning {
            LogTuning(atStep: { step in
                if step == self.step, self.isArmed.withLock({ $0 }) { throw Fault() }
            })
        }

        func arm(_ isArmed: Bool) { self.isArmed.withLock { $0 = isArmed } }
    }

    private static func node(_ tuning: LogTuning = LogTuning()) throws -> TestNode {
        try TestNode(
            "lakeside-node", keys: [TestNode.key()],
            directory: ManualDirectory(try TestDirectory().directory()), logTuning: tuning)
    }

    private static func consent(withdrawn: Timestamp? = nil) -> HeldConsent {
        var consent = Samples.heldConsent(withdrawn: withdrawn)
        consent.evidenceDigest = Samples.bytes(7, count: 32)
        return consent
    }

    /// How many consents the log was told of.
    private static func told(_ node: TestNode) async throws -> Int {
        try await node.entries().filter { $0.type == .consentRecorded }
            .reduce(0) { $0 + ($1.count ?? 0) }
    }

    @Test("an entry commits to consents whose values lie beside it, and to nothing of a borrower")
    func entry() async throws {
        let node = try Self.node()
        try node.hold(.zhang, by: "lakeside", consents: [Self.consent()])
        try await BookEventRecorder(context: node.context).record()
        let entry = try #require(try await node.entries().first)
        #expect(entry.type == .consentRecorded)
        #expect(entry.member == Samples.member("lakeside"))
        #expect(entry.count == 1)
        let evidence = try #require(try await node.evidence(of: 0))
        let value = """
            {"consent":1,"basis":"consent","purposes":["loan-approval"],"grantedAt":"2026-01-01T00:00:00Z",\
            "expiresAt":"2027-01-01T00:00:00Z",\
            "evidenceDigest":"\(SHA256Text.write(Samples.bytes(7, count: 32)))"}
            """
        #expect(evidence.items == [Array(value.utf8)])
        let salt = try #require(evidence.salts.first)
        let root = Commitment.itemsRoot([Commitment(to: Array(value.utf8), salt: salt)])
        #expect(entry.itemsRoot == root)
        #expect(entry.retainUntil == node.context.evidenceEnd(after: Samples.now))
        #expect(evidence.salts.count == 1 && evidence.request == nil)
    }

    @Test("a withdrawal and a dispute are told before a filter rests on what they change")
    func beforeFilters() async throws {
        let node = try Self.node()
        var account = Samples.heldAccount(1)
        account.dispute = .amount
        try node.hold(
            .zhang, by: "lakeside", accounts: [account],
            consents: [Self.consent(withdrawn: Samples.time("2026-11-01T00:00:00Z"))])
        let publisher = FilterPublisher(context: node.context)
        try await publisher.refresh()
        account.dispute = nil
        try node.hold(.zhang, by: "lakeside", accounts: [account], consents: [])
        try await publisher.refresh()
        #expect(
            try await node.entries().map(\.type) == [
                .consentRecorded, .consentWithdrawn, .disputeOpened, .filterPublished,
                .disputeEnded,
            ])
        let ended = try #require(try await node.evidence(of: 4)).items
        let reference = Base64URL.encode(account.reference.bytes)
        #expect(ended == [Array(#"{"account":"\#(reference)"}"#.utf8)])
    }

    @Test("a log that begins under a new name is told the consents in force, and the filters again")
    func newName() async throws {
        let node = try Self.node()
        try node.hold(.zhang, by: "lakeside", consents: [Self.consent()])
        try await FilterPublisher(context: node.context).refresh()
        // The log is lost: the same books serve on under another node's name.
        let other = try TestNode(
            "harbor-node", keys: [TestNode.key()],
            directory: ManualDirectory(try TestDirectory().directory()))
        let context = NodeContext(
            node: other.context.node, directory: node.context.directory, keys: node.context.keys,
            store: node.store, log: other.log, clock: node.context.clock)
        for _ in 0..<2 { try await FilterPublisher(context: context).refresh() }
        #expect(try await other.entries().map(\.type) == [.consentRecorded, .filterPublished])
        #expect(
            try await other.evidence(of: 0)?.items == node.evidence(of: 0)?.items)
        // Every restart goes on where the one before was.
        try await FilterPublisher(context: context).refresh()
        #expect(try await other.entries().count == 2)
    }

    @Test("many are told in lots")
    func lots() async throws {
        let node = try Self.node()
        let most = BookEventRecorder.eventsPerEntryMax
        try node.holdConsents(most + 3, by: "lakeside")
        try await BookEventRecorder(context: node.context).record()
        let entries = try await node.entries()
        #expect(entries.map(\.count) == [most, 3])
        #expect(entries[0].itemsRoot != entries[1].itemsRoot)
        let evidence = try #require(try await node.evidence(of: 0))
        #expect(evidence.items.count == most && evidence.salts.count == most)
    }

    @Test(
        "each is told once, when the log fails, and when it fails and has it all the same",
        arguments: LogStep.allCases, [0, 300])
    func fails(step: LogStep, before: Int) async throws {
        let trap = Trap(at: step)
        let node = try Self.node(trap.tuning)
        for _ in 0..<before {
            _ = try await node.log.append(
                LogEntry(.filterPublished, at: Samples.now, node: node.context.node),
                evidence: nil, nonce: nil)
        }
        try node.hold(.zhang, by: "lakeside", consents: [Self.consent()])
        let recorder = BookEventRecorder(context: node.context)
        trap.arm(true)
        await #expect(throws: (any Error).self) { try await recorder.record() }
        trap.arm(false)
        // The same process goes on, and another one that the crash left begins.
        let crashed = try node.crashed()
        for left in [node, crashed] {
            let recorder = left === node ? recorder : BookEventRecorder(context: left.context)
            try await recorder.record()
            try await recorder.record()
            let size = try await left.log.checkpoint().checkpoint.head.size.value
            #expect(size == before + 1, "\(step)")
            #expect(try await left.store.takenEvents() == nil)
        }
    }

    @Test(
        "what a crash left taken up is told once, whether or not the log has it",
        arguments: [false, true])
    func crash(isLogged: Bool) async throws {
        let node = try Self.node()
        try node.hold(.zhang, by: "lakeside", consents: [Self.consent()])
        let root = MerkleHash.leaf([1])
        let lot = try #require(
            try await node.store.takeEvents(limit: 1024, logSize: 0) { _ in root })
        if isLogged {
            var entry = LogEntry(lot.taken.type, at: Samples.now, node: node.context.node)
            entry.count = lot.events.count
            entry.itemsRoot = root
            _ = try await node.log.append(entry, evidence: nil, nonce: nil)
        }
        let crashed = try node.crashed()
        try await BookEventRecorder(context: crashed.context).record()
        #expect(try await Self.told(crashed) == 1)
        // Another lot of the same kind is not taken for it.
        #expect((try await crashed.entries().first?.itemsRoot == root) == isLogged)
    }
}

extension TestNode {
    /// Puts a part with as many subjects that are tokens only, each with a consent.
    fileprivate func holdConsents(_ count: Int, by member: String) throws {
        let header = BookHeader(
            member: Samples.member(member), part: "consents", asOf: Samples.bookDay,
            importedAt: Samples.now, mapping: "test")
        try store.importBook(header) { writer in
            try writer.put(
                (0..<count).map { number in
                    let token = SubjectToken(
                        kid: context.keys.current.kid.rawValue, token: Samples.token(number),
                        nameCheck: nil)
                    return SubjectConsent(
                        subject: SubjectKey(tokens: [token], kind: .person),
                        consent: Samples.heldConsent())
                })
        }
    }
}
