import Book
import RiskStandard
import StrictJSON
import Testing

@testable import Exchange

@Suite("Summary")
struct SummaryTests {
    @Test(
        "a summary reads back as it was written",
        arguments: [
            Samples.fullSummary, Samples.summary([Samples.account(1)]), Samples.summary([]),
        ])
    func roundTrip(summary: Summary) throws {
        let bytes = summary.json.encoded
        let json = try JSONValue(parsing: bytes, limits: .answer)
        #expect(try Summary(json: json, path: "s") == summary)
        #expect(json.encoded == bytes)
    }

    @Test("every word of the closed lists is read back", arguments: 0..<8)
    func closedLists(index: Int) throws {
        var account = Samples.fullAccount
        account.role = AccountRole.allCases[index % AccountRole.allCases.count]
        account.kind = AccountKind.allCases[index % AccountKind.allCases.count]
        account.status = AccountStatus.allCases[index % AccountStatus.allCases.count]
        account.dispute = DisputeKind.allCases[index % DisputeKind.allCases.count]
        account.riskClass = RiskClass.allCases[index % RiskClass.allCases.count]
        var summary = Samples.summary([account])
        summary.subjectKind = SubjectKind.allCases[index % SubjectKind.allCases.count]
        summary.subjectStatus = SubjectStatus.allCases[index % SubjectStatus.allCases.count]
        #expect(try Summary(json: summary.json, path: "s") == summary)
    }

    @Test(
        "a summary with a fault is malformed, and the error says where",
        arguments: [
            .without("member", "s.member"), .put("member", "A Lender", "s.member"),
            .without("subjectKind", "s.subjectKind"),
            .put("subjectKind", "company", "s.subjectKind"),
            .put("subjectStatus", "alive", "s.subjectStatus"),
            .put("asOf", "2026-11-31", "s.asOf"), .put("asOf", 20_261_031, "s.asOf"),
            .without("standard", "s.standard"), .put("standard", "cn-2023", "s.standard"),
            .without("accounts", "s.accounts"), .put("accounts", .null, "s.accounts"),
            .put("accounts", .array(Array(repeating: .null, count: 201)), "s.accounts"),
            .put("worstClass", "special-mention", "s.worstClass"),
            .put("worstClass", .null, "s.worstClass"), .without("worstClass", "s.worstClass"),
            .put("worstClass", "fine", "s.worstClass"),
            .without("inquiries", "s.inquiries"),
            .without("inquiries.hard30Days", "s.inquiries.hard30Days"),
            .put("inquiries.hard90Days", -1, "s.inquiries.hard90Days"),
            .put("inquiries.hard365Days", .fraction, "s.inquiries.hard365Days"),
            .without("consent", "s.consent"),
            .put("consent.basis", "oral", "s.consent.basis"),
            .without("consent.purposes", "s.consent.purposes"),
            .put("consent.purposes", [1], "s.consent.purposes"),
            .put("consent.expiresAt", "soon", "s.consent.expiresAt"),
            .put("statement", 5, "s.statement"),
        ] as [Edit<String>])
    func fault(edit: Edit<String>) throws {
        let json = try edit.apply(to: Samples.fullSummary.json)
        try expectFault(in: json, at: edit.verdict)
    }

    @Test(
        "an account with a fault makes its summary malformed",
        arguments: [
            .without("ref", "ref"), .put("ref", "AAAA", "ref"),
            .without("role", "role"), .put("role", "debtor", "role"),
            .without("kind", "kind"), .put("kind", "mortgage", "kind"),
            .without("product", "product"), .put("product", "", "product"),
            .put("product", "Consumer Loan", "product"),
            .put("product", .string(String(repeating: "p", count: 41)), "product"),
            .without("retail", "retail"), .put("retail", 1, "retail"),
            .without("status", "status"), .put("status", "closed", "status"),
            .put("openedMonth", "2025-13", "openedMonth"),
            .put("closedMonth", "2025-03-01", "closedMonth"),
            .without("class", "class"), .put("class", "good", "class"),
            .without("decidedBy", "decidedBy"), .put("decidedBy", "cn-2023", "decidedBy"),
            .without("facts", "facts"), .put("facts", [], "facts"),
            .put("facts", ["daysOverdue": 95], "facts"),
            .put("facts", ["daysPastDue": true], "facts"),
            .put("facts", ["daysPastDue": -1], "facts"),
            .put("facts", ["daysPastDue": 36_501], "facts"),
            .put("facts", ["daysPastDue": .fraction], "facts"),
            .put("facts", ["liquidation": 1], "facts"),
            .put("facts", ["liquidation": "yes"], "facts"),
            .put("overdue", 100, "overdue"), .put("overdue", [:], "overdue.currency"),
            .put("overdue", ["currency": "CNY"], "overdue.amount"),
            .put("overdue.currency", "cny", "overdue.currency"),
            .put("overdue.currency", "XXX", "overdue.currency"),
            .put("balance.band", "50k-99k", "balance.band"),
            .put("balance", ["amount": .fraction, "currency": "CNY"], "balance.amount"),
            .put("balance", ["amount": "100", "currency": "CNY"], "balance.amount"),
            .put("limit.band", 10, "limit.band"),
            .put("history", "", "history"), .put("history", "NXN", "history"),
            .put("history", .string(String(repeating: "N", count: 61)), "history"),
            .put("historyEnds", "October", "historyEnds"),
            .put("relief", 1, "relief"), .put("dispute", "everything", "dispute"),
        ] as [Edit<String>])
    func accountFault(edit: Edit<String>) throws {
        let account = try edit.apply(to: Samples.fullAccount.json)
        let json = try Samples.fullSummary.json.setting("accounts[0]", to: account)
        try expectFault(in: json, at: "s.accounts[0].\(edit.verdict)")
    }

    @Test("200 accounts are read")
    func accountsMax() throws {
        let summary = Samples.summary((0..<200).map { Samples.account($0) })
        let bytes = summary.json.encoded
        let json = try JSONValue(parsing: bytes, limits: .answer)
        #expect(try Summary(json: json, path: "s").accounts.count == 200)
    }

    @Test("a fact that is null is unknown, one that is left out is not so")
    func facts() throws {
        let json: JSONValue = ["daysPastDue": .null, "liquidation": false]
        let facts = try LoanFacts(json: json, path: "f")
        #expect(facts.daysPastDue == .unknown)
        #expect(facts.liquidation == .known(false))
        #expect(facts.creditImpaired == .absent)
        #expect(facts.json == json)
    }

    @Test("amounts of persons are bands, amounts of enterprises exact")
    func amounts() {
        let money = Samples.yuan(15_000)
        #expect(DisclosedAmount(money, for: .person) == .band(.from10k, currency: "CNY"))
        #expect(DisclosedAmount(money, for: .enterprise) == .exact(money))
        #expect(
            DisclosedAmount(money, for: .enterprise).json
                == ["amount": 1_500_000, "currency": "CNY"])
    }

    private func expectFault(in json: JSONValue, at path: String) throws {
        let error = try #require(throws: JSONError.self) { try Summary(json: json, path: "s") }
        switch error {
        case .missing(let found), .mismatch(let found, _): #expect(found == path)
        case .malformed, .unknownMember: Issue.record("\(error)")
        }
    }
}
