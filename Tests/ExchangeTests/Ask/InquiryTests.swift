import Membership
import Pseudonym
import Testing

@testable import Exchange

@Suite("Inquiries that asking leaves")
struct InquiryTests {
    private func inquiries(_ scene: AskScene) async throws -> InquiryCounts {
        let token = scene.own.token(.zhang).token
        let now = scene.clock.now
        let found = try await scene.own.store.records(kid: "k1", tokens: [token], at: now)
        return found[0].first?.inquiries ?? InquiryCounts()
    }

    @Test("hard purposes are kept, soft ones are not", arguments: Purpose.allCases)
    func purposes(purpose: Purpose) async throws {
        let hard: [Purpose] = [
            .loanApproval, .cardApproval, .guarantorReview, .representativeReview,
        ]
        let scene = try await AskScene()
        let report = try await scene.report(purpose: purpose)
        #expect(report.countedInquiry == hard.contains(purpose))
        let kept = hard.contains(purpose) ? 1 : 0
        #expect(
            try await inquiries(scene)
                == InquiryCounts(days30: kept, days90: kept, days365: kept))
        let tokens = try await scene.own.store.tokens(kid: "k1", after: 0)
        #expect(tokens == TokenHashes(kept == 1 ? [scene.own.token(.zhang).token] : []))
    }

    @Test("repeats within one case count once in 30 days, other cases each")
    func cases() async throws {
        let scene = try await AskScene()
        let ask = { (caseName: String?) in
            try await scene.inquirer.report(scene.request(caseName: caseName)).countedInquiry
        }
        #expect(try await ask("A 17"))
        #expect(try await !ask("A 17"))
        #expect(try await ask("A 18"))
        #expect(try await ask(nil))
        #expect(try await ask(nil))
        scene.clock.advance(by: .seconds(30 * 86_400))
        #expect(try await !ask("A 17"))
        scene.clock.advance(by: .seconds(1))
        #expect(try await ask("A 17"))
        #expect(try await inquiries(scene).days365 == 5)
    }

    @Test("a case belongs to its member and its subject")
    func caseOfOthers() async throws {
        var directory = TestDirectory()
        directory.members.append(.init("willow", at: "harbor-node"))
        let scene = try await AskScene(directory)
        let ask = { (member: String, resident: Samples.Resident) in
            try await scene.inquirer.report(
                scene.request(about: resident, as: member, caseName: "A 17")
            ).countedInquiry
        }
        #expect(try await ask("harbor", .zhang))
        #expect(try await ask("willow", .zhang))
        #expect(try await ask("harbor", .li))
        #expect(try await !ask("willow", .zhang))
    }

    @Test("an asker sees its own earlier inquiries, and not the one it makes")
    func own() async throws {
        let scene = try await AskScene()
        #expect(try await scene.report().own == nil)
        let second = try await scene.report()
        #expect(second.own?.inquiries == InquiryCounts(days30: 1, days90: 1, days365: 1))
        #expect(second.own?.accounts.isEmpty == true)
        #expect(second.verdict(withDisputed: true) == nil)
        #expect(second.inquiries.days30 == 1)
    }

    @Test("an inquiry is disclosed to others under the consent with which it was made")
    func disclosed() async throws {
        let scene = try await AskScene()
        _ = try await scene.inquirer.report(
            scene.request(
                consent: Samples.consent(
                    ["loan-approval"], expires: Samples.now.advanced(bySeconds: 500))))
        let disclosure = Disclosure(context: scene.own.context)
        let lakeside = try #require(scene.directory.current.member(Samples.member("lakeside")))
        let ask = { (purpose: String) in
            let token = scene.own.token(.zhang)
            return try await disclosure.results(
                for: Samples.queryRequest(
                    purpose: purpose, tokens: [token.token], nameCheck: token.nameCheck,
                    consent: Samples.consent([purpose])),
                asker: lakeside, in: scene.directory.current
            ).results[0]
        }
        let summary = try #require(await ask("loan-approval").summaries.first)
        #expect(summary.member == Samples.member("harbor"))
        #expect(summary.inquiries.days30 == 1)
        #expect(summary.accounts.isEmpty)
        #expect(try await ask("post-loan") == .refused(.consentPurpose))
        scene.clock.advance(by: .seconds(500))
        #expect(try await ask("loan-approval") == .refused(.consentExpired))
    }

    @Test("five lenders asked within minutes stand in the sixth one's report")
    func manyLenders() async throws {
        var directory = TestDirectory()
        directory.members += (1...5).map { .init("lender-\($0)", at: "harbor-node") }
        let scene = try await AskScene(directory)
        for number in 1...5 {
            _ = try await scene.inquirer.report(scene.request(as: "lender-\(number)"))
            scene.clock.advance(by: .seconds(120))
        }
        let report = try await scene.report()
        #expect(report.inquiries == InquiryCounts(days30: 5, days90: 5, days365: 5))
        #expect((1...5).allSatisfy { report.outcome(of: "lender-\($0)") == .record })
    }
}
