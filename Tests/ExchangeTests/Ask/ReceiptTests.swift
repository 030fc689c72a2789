import HTTPSignatures
import Membership
import Pseudonym
import TestSupport
import Testing
import TransparencyLog

@testable import Exchange

@Suite("Receipts of answers")
struct ReceiptTests {
    /// One way in which a receipt is not that of the answer.
    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: ScriptedPeers.Receipting

        init(_ name: String, _ make: @escaping ScriptedPeers.Receipting) {
            testDescription = name
            self.make = make
        }

        /// A receipt under the right key whose entry says something else.
        init(_ name: String, entry change: @escaping @Sendable (inout LogEntry) -> Void) {
            self.init(name) { _, call, reply in
                var entry = Lie.entry(call, reply)
                change(&entry)
                return try Lie.receipt(entry, of: call)
            }
        }

        static func entry(_ call: SignedCall, _ reply: PeerReply) -> LogEntry {
            .answering(
                call.message, request: call.request, answer: reply.answer,
                from: Samples.node("harbor-node"), call.member, at: call.node.id,
                now: Samples.now)
        }

        static func receipt(
            _ entry: LogEntry, of call: SignedCall, log: String? = nil, key: String? = nil
        ) throws -> String {
            let node = call.node.id.text
            return Base64URL.encode(
                try MadeUpReceipt.make(
                    entry, origin: TestSignature.log(of: log ?? node).origin,
                    privateKey: TestSignature.logKey(of: key ?? node)
                ).bytes)
        }
    }

    private static let lies = [
        Lie("none") { _, _, _ in nil },
        Lie("not base64url") { right, _, _ in right.map { $0 + "=" } },
        Lie("cut off") { right, _, _ in right.map { String($0.dropLast(4)) } },
        Lie("of another key") { _, call, reply in
            try Lie.receipt(Lie.entry(call, reply), of: call, key: "harbor-node")
        },
        Lie("of another log") { _, call, reply in
            try Lie.receipt(
                Lie.entry(call, reply), of: call, log: "harbor-node", key: "harbor-node")
        },
        Lie("of another request") { $0.request = .leaf([1]) },
        Lie("without request") { $0.request = nil },
        Lie("of another answer") { $0.response = .leaf([1]) },
        Lie("for another node") { $0.peer = Samples.node("lakeside-node") },
        Lie("for another member") { $0.peerMember = Samples.member("lakeside") },
        Lie("of another count") { $0.count = 2 },
        Lie("under another key's name") { $0.kid = KeyID(rawValue: "k2") },
        Lie("of another kind") { _, call, reply in
            let right = Lie.entry(call, reply)
            var entry = LogEntry(.evaluationAsked, at: right.at, node: right.node)
            entry.request = right.request
            return try Lie.receipt(entry, of: call)
        },
    ]

    @Test("one that does not prove the answer makes it an error", arguments: lies)
    func refused(_ lie: Lie) async throws {
        let scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        scene.peers.give(lie.make)
        let report = try await scene.report()
        #expect(
            report.words == ["lakeside": "error bad-receipt", "reed": "error bad-receipt"])
        #expect(!report.isComplete)
        let types = try await scene.own.entries().map(\.type)
        #expect(types == [.evaluationAsked, .evaluationInvalid])
    }

    @Test("one that stands for another purpose makes the query an error")
    func otherPurpose() async throws {
        let scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        scene.peers.give { right, call, reply in
            guard case .query = call.message else { return right }
            var entry = Lie.entry(call, reply)
            entry.purpose = .postLoan
            return try Lie.receipt(entry, of: call)
        }
        #expect(try await scene.report().words["lakeside"] == "error bad-receipt")
    }
}

@Suite("What an asker logs")
struct AskLogTests {
    @Test("a hit: both askings and both answers, with what opens them")
    func hit() async throws {
        let scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        _ = try await scene.inquirer.report(
            ReportRequest(
                member: Samples.member("harbor"), identifier: Samples.Resident.zhang.identifier,
                name: Samples.name(Samples.Resident.zhang.name), purpose: .loanApproval,
                consent: Samples.consent(), caseName: "case 7", channel: .console,
                operatorName: "clerk 9"))
        let entries = try await scene.own.entries()
        #expect(
            entries.map(\.type) == [
                .evaluationAsked, .evaluationAnswered, .queryAsked, .queryAnswered,
            ])
        for entry in entries {
            #expect(entry.member?.text == "harbor")
            #expect(entry.peer?.text == "lakeside-node")
            #expect(entry.peerMember == nil)
            #expect(entry.purpose == .loanApproval)
            #expect(entry.count == 1)
            #expect(!entry.isLocal)
        }
        #expect(entries[0].request == entries[1].request)
        #expect(entries[2].request == entries[3].request)
        #expect(entries[0].request != entries[2].request)
        #expect(entries.map { $0.response != nil } == [false, true, false, true])
        #expect(entries[1].outcomes == LogOutcomes(found: 1, none: 0, refused: 0))
        #expect(entries[3].outcomes == LogOutcomes(found: 1, none: 0, refused: 0))
        let digests = try await scene.manifest().filters.map(\.digest)
        for entry in entries.dropFirst() {
            #expect(entry.filter == LogFilters(digests.compactMap { MerkleHash(bytes: $0) }))
        }
        for (index, entry) in entries.enumerated() where index % 2 == 0 {
            #expect(entry.channel == .console)
            let evidence = try #require(try await scene.own.evidence(of: index))
            let salts = evidence.salts
            #expect(salts.count == 3)
            #expect(
                entry.operatorCommitment == Commitment(to: Array("clerk 9".utf8), salt: salts[1]))
            #expect(entry.caseCommitment == Commitment(to: Array("case 7".utf8), salt: salts[2]))
            #expect(evidence.request?.body.isEmpty == false)
        }
        let query = try #require(try await scene.own.evidence(of: 2))
        let node = try #require(scene.others["lakeside-node"]).node
        let item = node.token(.zhang).token.bytes + Samples.consent().reference
        let root = Commitment.itemsRoot([Commitment(to: item, salt: query.salts[0])])
        #expect(entries[2].itemsRoot == root)
        #expect(try await scene.own.evidence(of: 3)?.answer?.status == 200)
    }

    @Test("a miss: into which filters was looked")
    func miss() async throws {
        let scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        _ = try await scene.report(about: .li)
        let entries = try await scene.own.entries()
        #expect(entries.map(\.type) == [.evaluationAsked, .evaluationAnswered])
        #expect(entries[1].filter != .none)
        #expect(entries[1].outcomes == LogOutcomes(found: 0, none: 1, refused: 0))
    }

    @Test(
        "no answer, and none that can be believed",
        arguments: [
            (.timedOut, .evaluationTimedOut), (.unreachable, .evaluationTimedOut),
            (.badSignature, .evaluationInvalid), (.refused(.overloaded), .evaluationInvalid),
            (.malformed("x"), .evaluationInvalid),
        ] as [(PeerFailure, LogEntryType)])
    func failures(_ failure: PeerFailure, _ type: LogEntryType) async throws {
        let scene = try await AskScene()
        scene.peers.set(.failing(failure), for: "lakeside-node")
        _ = try await scene.report()
        let entries = try await scene.own.entries()
        #expect(entries.map(\.type) == [.evaluationAsked, type])
        #expect(entries[0].request == entries[1].request)
        #expect(entries[1].response == nil)
    }

    @Test("a log that takes nothing: nothing is sent")
    func closed() async throws {
        let scene = try await AskScene()
        try scene.own.log.close()
        let report = try await scene.report()
        #expect(report.words == ["lakeside": "error unlogged", "reed": "error unlogged"])
        #expect(scene.peers.calls.isEmpty)
    }

    @Test("members of one node that ask each other: one entry, marked as local")
    func local() async throws {
        var directory = TestDirectory()
        directory.members.append(.init("willow", at: "harbor-node"))
        let scene = try await AskScene(directory)
        try await scene.hold(.zhang, by: "willow")
        let report = try await scene.report()
        #expect(report.words["willow"] == "record")
        let local = try await scene.own.entries().filter(\.isLocal)
        #expect(local.map(\.type) == [.queryAnswered])
        #expect(local.first?.peer?.text == "harbor-node")
        #expect(local.first?.member?.text == "harbor")
        #expect(local.first?.request == nil)
        #expect(local.first?.outcomes == LogOutcomes(found: 1, none: 0, refused: 0))
    }
}
