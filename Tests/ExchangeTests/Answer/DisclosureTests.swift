import Book
import Membership
import RiskStandard
import Testing

@testable import Exchange

@Suite("Disclosure")
struct DisclosureTests {
    @Test("a hosted node gives one member's record and says of another's that it stays")
    func hosted() async throws {
        var directory = TestDirectory()
        directory.members += [
            .init("birch", at: "lakeside-node"), .init("maple", at: "lakeside-node"),
        ]
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.zhang, by: "reed", consents: [])
        try scene.node.hold(.zhang, by: "birch", name: Samples.name("张四"))
        let result = try await scene.ask([.zhang])[0]
        #expect(result.members == ["lakeside"])
        #expect(result.withheld == ["reed": .consentPurpose, "birch": .nameMismatch])
    }

    @Test("results stand in the order asked, also when a subject is asked about twice")
    func order() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.li, by: "reed", consents: [])
        let results = try await scene.ask([.wang, .zhang, .li, .zhang])
        #expect(results[0] == .none)
        #expect(results[1].members == ["lakeside"])
        #expect(results[2] == .refused(.consentPurpose))
        #expect(results[3] == results[1])
    }

    @Test(
        "who answers whom: active lenders each other, trial lenders each other",
        arguments: [
            (MemberEntry.Status.active, MemberEntry.Status.active, true), (.trial, .trial, true),
            (.active, .trial, false), (.trial, .active, false), (.active, .suspended, false),
            (.active, .withdrawn, false), (.trial, .suspended, false),
        ])
    func exchange(
        asker: MemberEntry.Status, holder: MemberEntry.Status, isAnswered: Bool
    ) async throws {
        let scene = try AnswerScene(
            TestDirectory().with("harbor", asker).with("lakeside", holder))
        try scene.node.hold(.zhang, by: "lakeside")
        let result = try await scene.ask([.zhang])[0]
        #expect(isAnswered ? result.members == ["lakeside"] : result == .none)
    }

    @Test("what a member without part holds is as if it were not there")
    func withoutPart() async throws {
        let scene = try AnswerScene(TestDirectory().with("lakeside", .suspended))
        try scene.node.hold(.zhang, by: "lakeside", consents: [])
        try scene.node.hold(.zhang, by: "reed")
        let result = try await scene.ask([.zhang])[0]
        #expect(result.members == ["reed"])
        #expect(result.withheld.isEmpty)
    }

    @Test("members of one node ask each other, and nobody is told its own record")
    func ownMember() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        try scene.node.hold(.zhang, by: "reed")
        let result = try await scene.ask([.zhang], as: "reed", from: "lakeside-node")[0]
        #expect(result.members == ["lakeside"])
        try scene.node.hold(.li, by: "reed")
        #expect(try await scene.ask([.li], as: "reed", from: "lakeside-node")[0] == .none)
    }

    @Test("a name must be one that the member knows; a member that knows none lets it pass")
    func names() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside")
        let wrong = scene.query(.zhang, name: Samples.name("张四"))
        #expect(try await scene.ask([wrong])[0] == .refused(.nameMismatch))
        let spelled = scene.query(.zhang, name: Samples.name(" 张 三 "))
        #expect(try await scene.ask([spelled])[0].members == ["lakeside"])

        try scene.node.holdTokens(1..<2, by: "reed")
        let unnamed = SubjectQuery(
            token: Samples.token(1), nameCheck: Samples.nameCheck(5), consent: Samples.consent())
        // The record has no consent: that it is not a mismatch shows that the name passed.
        #expect(try await scene.ask([unnamed])[0] == .refused(.consentPurpose))
    }

    @Test("of several reasons the first of the order counts")
    func gravest() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(
            .zhang, by: "lakeside", consents: [Samples.heldConsent(expires: Samples.now)])
        try scene.node.hold(.zhang, by: "reed", consents: [])
        #expect(try await scene.ask([.zhang])[0] == .refused(.consentExpired))
        // Now the name that is right for the one is wrong for the other.
        try scene.node.hold(
            .li, by: "lakeside", consents: [Samples.heldConsent(withdrawn: Samples.now)])
        try scene.node.hold(.li, by: "reed", name: Samples.name("李五"))
        #expect(try await scene.ask([.li])[0] == .refused(.nameMismatch))
    }

    @Test(
        "whether a name may be missing is the charter's", arguments: Charter.NameCheckRule.allCases)
    func nameMissing(rule: Charter.NameCheckRule) async throws {
        var directory = TestDirectory()
        directory.charter.nameCheck = rule
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside")
        let queries = [scene.query(.zhang), scene.query(.zhang, hasName: false)]
        switch rule {
        case .optional:
            #expect(try await scene.ask(queries).map(\.members) == [["lakeside"], ["lakeside"]])
        case .required:
            let problem = await #expect(throws: Problem.self) { try await scene.ask(queries) }
            #expect(problem?.code == .badRequest)
            #expect(problem?.detail.contains("queries[1].nameCheck") == true)
        }
    }

    @Test(
        "a purpose that the charter or the protocol does not know is refused",
        arguments: ["card-approval", "marketing", "", "Loan-Approval"])
    func purpose(purpose: String) async throws {
        var directory = TestDirectory()
        directory.charter.purposes = ["loan-approval", "marketing"]
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside")
        let consent = Samples.consent(["loan-approval", purpose])
        let problem = await #expect(throws: Problem.self) {
            try await scene.ask([.zhang], purpose: purpose, consent: consent)
        }
        #expect(problem?.code == .invalidPurpose)
        #expect(purpose.isEmpty || problem?.detail.contains(purpose) == false)
    }

    @Test("a person's amounts are bands, an enterprise's exact", arguments: SubjectKind.allCases)
    func amounts(kind: SubjectKind) async throws {
        let scene = try AnswerScene()
        try scene.node.hold(.zhang, by: "lakeside", kind: kind)
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.subjectKind == kind)
        #expect(
            summary.accounts.map(\.balance) == [
                kind == .person
                    ? .band(.from50k, currency: "CNY") : .exact(Samples.yuan(80_000))
            ])
    }

    @Test("in a negative-only consortium good accounts stay at home")
    func negativeOnly() async throws {
        var directory = TestDirectory()
        directory.charter.scope = .negativeOnly
        let scene = try AnswerScene(directory)
        var paidLate = Samples.heldAccount(3)
        paidLate.history = try RepaymentHistory(letters: "N1NNNN")
        paidLate.historyEnds = Samples.month("2026-10")
        var writtenOff = Samples.heldAccount(4)
        writtenOff.status = .writtenOffStillClaimed
        try scene.node.hold(
            .zhang, by: "lakeside",
            accounts: [
                Samples.heldAccount(1), Samples.heldAccount(2, daysPastDue: 30), paidLate,
                writtenOff,
            ])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(
            Set(summary.accounts.map(\.reference)) == Set((2...4).map { Samples.reference($0) }))
        #expect(summary.worstClass == .specialMention)
    }

    @Test("of many accounts the worst 200 leave, worst first, newest first among equals")
    func accountsMax() async throws {
        let scene = try AnswerScene()
        let accounts = (0..<205).map { number in
            var account = Samples.heldAccount(number, daysPastDue: number < 5 ? 400 : 0)
            account.asOf = Samples.date(number < 100 ? "2026-11-24" : "2026-11-20")
            return account
        }
        try scene.node.hold(.zhang, by: "lakeside", accounts: accounts.shuffled())
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        #expect(summary.accounts.count == 200)
        #expect(summary.worstClass == .loss)
        #expect(summary.accounts.prefix(5).allSatisfy { $0.riskClass == .loss })
        #expect(summary.asOf == Samples.date("2026-11-20"), "the oldest over all accounts")
        let newest = Set((5..<100).map { Samples.reference($0) })
        #expect(Set(summary.accounts[5..<100].map(\.reference)) == newest)
    }

    @Test("an answer of more than 8000 accounts is refused as a whole")
    func tooLarge() async throws {
        let scene = try AnswerScene()
        try scene.node.hold(
            .zhang, by: "lakeside", accounts: (0..<200).map { Samples.heldAccount($0) })
        let forty = try await scene.ask(Array(repeating: .zhang, count: 40))
        #expect(forty.count == 40)
        let problem = await #expect(throws: Problem.self) {
            try await scene.ask(Array(repeating: .zhang, count: 41))
        }
        #expect(problem?.code == .tooLarge)
    }

    @Test("everything that is held of an account is told, and its class can be recomputed")
    func fields() async throws {
        let scene = try AnswerScene()
        var account = Samples.heldAccount(1, daysPastDue: 95)
        account.role = .coBorrower
        account.overdue = Samples.yuan(12_000)
        account.limit = Samples.yuan(0)
        account.monthlyDue = Samples.yuan(1_500)
        account.history = try RepaymentHistory(letters: "NN1234")
        account.historyEnds = Samples.month("2026-11")
        account.relief = "payment-extension"
        account.dispute = .amount
        try scene.node.hold(.zhang, by: "lakeside", accounts: [account])
        let summary = try #require(await scene.ask([.zhang])[0].summaries.first)
        var expected = Samples.account(1, daysPastDue: 95)
        expected.role = .coBorrower
        expected.overdue = .band(.from10k, currency: "CNY")
        expected.limit = .band(.zero, currency: "CNY")
        expected.monthlyDue = .band(.from1k, currency: "CNY")
        expected.history = account.history
        expected.historyEnds = account.historyEnds
        expected.relief = "payment-extension"
        expected.dispute = .amount
        #expect(summary.accounts == [expected])
        #expect(ClassCheck(standards: .embedded).findings(summary).isEmpty)
    }
}
