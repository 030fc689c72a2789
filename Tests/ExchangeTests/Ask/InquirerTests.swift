import Book
import Membership
import Pseudonym
import RiskStandard
import Testing

@testable import Exchange

@Suite("Inquirer")
struct InquirerTests {
    /// `harbor` and `willow` on the asker's node; `lakeside` and `reed`, `cedar`, `maple` elsewhere.
    private static var directory: TestDirectory {
        var directory = TestDirectory()
        directory.nodes += [.init("cedar-node"), .init("maple-node")]
        directory.members += [
            .init("willow", at: "harbor-node"), .init("cedar", at: "cedar-node"),
            .init("maple", at: "maple-node"),
        ]
        return directory
    }

    @Test("one report over all nodes: every lender once, in the directory's order")
    func report() async throws {
        let scene = try await AskScene(Self.directory)
        for member in ["lakeside", "reed", "cedar", "maple", "willow"] {
            try await scene.hold(.wang, by: member)
        }
        try await scene.hold(
            .zhang, by: "lakeside", accounts: [Samples.heldAccount(1, daysPastDue: 100)])
        try await scene.hold(.zhang, by: "cedar", consents: [])
        try await scene.hold(.zhang, by: "willow", accounts: [Samples.heldAccount(2)])
        try await scene.hold(.zhang, by: "harbor", accounts: [Samples.heldAccount(3)])
        scene.peers.change("maple-node") { script in
            script.evaluate = { _ throws(PeerFailure) in throw .timedOut }
        }
        let report = try await scene.report()
        #expect(
            report.members.map(\.member.text) == ["lakeside", "reed", "willow", "cedar", "maple"])
        #expect(
            report.words == [
                "lakeside": "record", "reed": "no-record", "willow": "record",
                "cedar": "refused consent-purpose", "maple": "timed-out",
            ])
        #expect(
            report.nodes.map { "\($0.node) \($0.word)\($0.isOwn ? " own" : "")" } == [
                "harbor-node record own", "lakeside-node record", "cedar-node refused",
                "maple-node timed-out",
            ])
        #expect(
            report.records.map(\.summary.member.text) == ["lakeside", "willow"],
            "worst class first")
        #expect(report.verdict(withDisputed: true)?.riskClass == .substandard)
        #expect(report.missing.map(\.member.text) == ["cedar", "maple"])
        #expect(report.asker == Samples.member("harbor"))
        #expect(report.at == Samples.now)
    }

    @Test("the own record is exact, needs no consent and counts in the verdict")
    func own() async throws {
        let scene = try await AskScene()
        try await scene.hold(
            .zhang, by: "harbor", accounts: [Samples.heldAccount(1, daysPastDue: 400)],
            consents: [])
        let report = try await scene.report()
        let own = try #require(report.own)
        #expect(own.member == Samples.member("harbor"))
        #expect(own.accounts.map(\.balance) == [.exact(Samples.yuan(80_000))])
        #expect(report.verdict(withDisputed: true)?.member == Samples.member("harbor"))
        #expect(report.verdict(withDisputed: true)?.riskClass == .loss)
        #expect(report.records.isEmpty)
        #expect(report.members.allSatisfy { $0.member != own.member })
    }

    @Test("members of the own node are asked by the same rules, without network")
    func ownNode() async throws {
        let scene = try await AskScene(Self.directory)
        #expect(try await scene.report().outcome(of: "willow") == .stale(bookAsOf: nil))
        try await scene.hold(.zhang, by: "willow", consents: [])
        #expect(try await scene.report().outcome(of: "willow") == .refused(.consentPurpose))
        try await scene.hold(.zhang, by: "willow")
        let named = try await scene.inquirer.report(scene.request(name: Samples.name("张四")))
        #expect(named.outcome(of: "willow") == .refused(.nameMismatch))
        #expect(try await scene.report().outcome(of: "willow") == .record)
        #expect(try await scene.report(about: .li).outcome(of: "willow") == .noRecord)
        #expect(!scene.peers.calls.contains { $0.node == "harbor-node" })
    }

    @Test(
        "who is asked: lenders of one status, and never one without part",
        arguments: [
            (MemberEntry.Status.active, MemberEntry.Status.active, "record"),
            (.trial, .trial, "record"), (.active, .trial, "not-asked trial"),
            (.trial, .active, "not-asked trial"),
            (.active, .suspended, "not-asked member-suspended"),
            (.active, .withdrawn, "not-asked member-withdrawn"),
        ])
    func exchange(asker: MemberEntry.Status, holder: MemberEntry.Status, word: String) async throws
    {
        var directory = TestDirectory().with("harbor", asker).with("lakeside", holder)
        directory.members.removeAll { $0.id == "reed" }
        let scene = try await AskScene(directory)
        try await scene.hold(.zhang, by: "lakeside")
        let report = try await scene.report()
        #expect(report.words == ["lakeside": word])
        #expect(
            scene.peers.calls.isEmpty == (word != "record"), "a node without anyone is not called")
        #expect(report.isComplete == (word != "not-asked member-suspended"))
    }

    @Test(
        "a node that is not active is not called",
        arguments: [NodeEntry.Status.suspended, .withdrawn])
    func node(status: NodeEntry.Status) async throws {
        var directory = TestDirectory()
        directory.nodes[1].status = status
        let scene = try await AskScene(directory)
        let report = try await scene.report()
        #expect(
            report.words == [
                "lakeside": "not-asked node-suspended", "reed": "not-asked node-suspended",
            ])
        #expect(scene.peers.calls.isEmpty)
        #expect(!report.isComplete)
    }

    @Test("a record that a lender on trial should not give makes its node's answer an error")
    func trialRecord() async throws {
        let scene = try await AskScene(TestDirectory().with("reed", .trial))
        try await scene.hold(.zhang, by: "lakeside")
        scene.peers.change("lakeside-node") { script in
            script.query = { request in
                QueryAnswer(
                    kid: request.kid, asOf: Samples.now,
                    results: [
                        .found(
                            summaries: [
                                Samples.summary([Samples.account(1, daysPastDue: 400)], by: "reed")
                            ], withheld: [], isPartial: false)
                    ])
            }
        }
        let report = try await scene.report()
        #expect(
            report.words == ["lakeside": "error malformed-answer", "reed": "not-asked trial"])
        #expect(report.records.isEmpty)
        #expect(report.verdict(withDisputed: true) == nil)
    }

    @Test("a class that its facts do not give is found, and the worse one counts")
    func finding() async throws {
        let scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        var flattered = Samples.account(1, daysPastDue: 400)
        flattered.riskClass = .normal
        flattered.decidedBy = Samples.rule("cn-2023/6")
        let summary = Samples.summary([flattered])
        scene.peers.change("lakeside-node") { script in
            script.query = { request in
                QueryAnswer(
                    kid: request.kid, asOf: Samples.now,
                    results: [.found(summaries: [summary], withheld: [], isPartial: false)])
            }
        }
        let report = try await scene.report()
        #expect(report.records[0].findings.map(\.isTooGood) == [true])
        #expect(report.verdict(withDisputed: true)?.riskClass == .loss)
    }

    @Test("a record of an old book is a record, marked as stale")
    func staleRecord() async throws {
        let scene = try await AskScene()
        var account = Samples.heldAccount(1)
        account.asOf = Samples.date("2026-10-01")
        try await scene.hold(.zhang, by: "lakeside", accounts: [account])
        let report = try await scene.report()
        #expect(report.outcome(of: "lakeside") == .record)
        #expect(report.records.map(\.isStale) == [true])
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: AskError
        let directory: @Sendable (TestDirectory) -> TestDirectory
        let request: @Sendable (AskScene) -> ReportRequest

        init(
            _ name: String, _ error: AskError,
            request: @escaping @Sendable (AskScene) -> ReportRequest = { $0.request() },
            directory: @escaping @Sendable (TestDirectory) -> TestDirectory = { $0 }
        ) {
            testDescription = name
            self.error = error
            self.directory = directory
            self.request = request
        }
    }

    @Test(
        "a question that may not be asked is not asked, and leaves no trace",
        arguments: [
            Refused("a member of another node", .unknownMember) { $0.request(as: "lakeside") },
            Refused("a member nobody knows", .unknownMember) { $0.request(as: "nobody") },
            Refused("a suspended member", .mayNotAsk, directory: { $0.with("harbor", .suspended) }),
            Refused("a withdrawn member", .mayNotAsk, directory: { $0.with("harbor", .withdrawn) }),
            Refused(
                "a regulator", .mayNotAsk,
                directory: { $0.changing("harbor") { $0.role = .regulator } }),
            Refused(
                "a purpose that the charter does not know", .purpose,
                directory: { directory in
                    var directory = directory
                    directory.charter.purposes = ["post-loan"]
                    return directory
                }),
            Refused("a consent for another purpose", .consent(.consentPurpose)) {
                $0.request(consent: Samples.consent(["post-loan"]))
            },
            Refused("a consent that has ended", .consent(.consentExpired)) {
                $0.request(
                    consent: Samples.consent(expires: Samples.now.advanced(bySeconds: -60)))
            },
            Refused("a consent that has not begun", .consent(.consentNotYetValid)) {
                $0.request(
                    consent: Samples.consent(granted: Samples.now.advanced(bySeconds: 61)))
            },
            Refused("no name where the charter wants one", .nameMissing) {
                $0.request(hasName: false)
            },
        ])
    func refused(example: Refused) async throws {
        let scene = try await AskScene(example.directory(TestDirectory()))
        await #expect(throws: example.error) {
            try await scene.inquirer.report(example.request(scene))
        }
        #expect(scene.peers.calls.isEmpty)
        #expect(try await scene.own.store.tokens(kid: "k1", after: 0).isEmpty)
    }

    @Test("where the charter lets the name be left out, no name check is sent")
    func withoutName() async throws {
        var directory = TestDirectory()
        directory.charter.nameCheck = .optional
        let scene = try await AskScene(directory)
        try await scene.hold(.zhang, by: "lakeside")
        let report = try await scene.inquirer.report(scene.request(hasName: false))
        #expect(report.outcome(of: "lakeside") == .record)
    }
}
