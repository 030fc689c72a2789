import Testing

@testable import RiskStandard

@Suite("Identifiers of standards and rules")
struct IdentifierTests {
    @Test(
        "a standard's identifier is read and written alike",
        arguments: ["cn-2023@1", "eu-dod@12", "a@9999"])
    func standard(_ text: String) {
        #expect(StandardID(text)?.description == text)
    }

    @Test(
        "refuses every other spelling of a standard",
        arguments: [
            "", "@", "cn-2023", "cn-2023@", "cn-2023@0", "cn-2023@01", "cn-2023@+1",
            "cn-2023@-1", "cn-2023@1.0", "cn-2023@10000", "cn-2023@1@1", "@1", "CN-2023@1",
            "2023@1", "cn 2023@1", "cn-2023@1 ", "cn-2023@１", "cn–2023@1",
            String(repeating: "a", count: 41) + "@1", "cn-2023@99999999999999999999",
        ])
    func malformedStandard(_ text: String) {
        #expect(StandardID(text) == nil)
    }

    @Test(
        "a rule's identifier is read and written alike",
        arguments: [
            ("cn-2023/11.1", 11, 1), ("cn-2023/6", 6, nil), ("cn-2023/12", 12, nil),
            ("eu-dod/0.65535", 0, 65_535),
        ] as [(String, Int, Int?)])
    func rule(_ text: String, _ article: Int, _ item: Int?) throws {
        let rule = try #require(RuleID(text))
        #expect(rule.article == article)
        #expect(rule.item == item)
        #expect(rule.description == text)
        #expect(rule == RuleID(standard: rule.standard, article: article, item: item))
    }

    @Test(
        "refuses every other spelling of a rule",
        arguments: [
            "", "/", "cn-2023", "cn-2023/", "cn-2023/a", "cn-2023/011", "cn-2023/11.",
            "cn-2023/11.0", "cn-2023/11.01", "cn-2023/11.1.1", "cn-2023/-1", "cn-2023/+1",
            "cn-2023/.1", "cn-2023/11/1", "/11", "cn-2023@1/11", "cn-2023/65536",
            "cn-2023/1.65536", " cn-2023/11",
        ])
    func malformedRule(_ text: String) {
        #expect(RuleID(text) == nil)
    }

    @Test("refuses parts out of bounds")
    func parts() {
        #expect(RuleID(standard: "cn-2023", article: -1) == nil)
        #expect(RuleID(standard: "cn-2023", article: 65_536) == nil)
        #expect(RuleID(standard: "cn-2023", article: 1, item: -1) == nil)
        #expect(RuleID(standard: "cn-2023", article: 1, item: 0) == nil)
        #expect(RuleID(standard: "", article: 1) == nil)
    }
}
