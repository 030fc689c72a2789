import Testing

@Suite("Limits on paper and in code")
struct LimitsTests {
    /// Targets that are no part of the product: what they bound is their own business.
    private static let tools: Set<String> = ["Bench", "TestSupport"]

    @Test("every named number of the code is in limits.md, with its value, and the reverse")
    func everyNumber() throws {
        let repository = Repository.own
        var code: [String: Quantity?] = [:]
        for target in repository.folders(in: "Sources") where !Self.tools.contains(target) {
            let files = try repository.files(under: "Sources/\(target)", endingIn: ".swift")
                .map(repository.text)
            for number in NamedNumber.all(in: files) {
                code["\(target)/\(number.name)"] = .some(number.value)
            }
        }
        try #require(code.count > 80)
        let page = LimitsPage(try repository.text("protocol/limits.md"))
        for fault in page.faults(comparedWith: code) { Issue.record("\(fault)") }
    }

    @Test(
        "computes what code writes",
        arguments: [
            ("16 * 1024", Quantity.count(16_384)), ("1_000_000", .count(1_000_000)),
            ("1 << 20", .count(1_048_576)), ("(1 << 53) - 1", .count(9_007_199_254_740_991)),
            ("2 + 3 * 4", .count(14)), ("64 << 10", .count(65_536)), ("0x10", .count(16)),
            (".seconds(10)", .span(milliseconds: 10_000)), ("-3", .count(-3)),
            (".seconds(29 * 86_400)", .span(milliseconds: 2_505_600_000)),
            (".milliseconds(500)", .span(milliseconds: 500)), ("1...65_535", .range(1, 65_535)),
            ("1...other", .range(1, 7)), ("other", .count(7)), ("Some.other * 2", .count(14)),
        ])
    func expressions(text: String, value: Quantity) {
        let other: (String) -> Quantity? = {
            ["other", "Some.other"].contains($0) ? .count(7) : nil
        }
        #expect(SwiftExpression.value(of: text, lookup: other) == value)
    }

    @Test(
        "does not guess at other code",
        arguments: ["", "f(3)", "3 *", "(3", "3)", "other", "[3]", ".years(3)", "3 4", "1 << 99"])
    func notExpressions(text: String) {
        #expect(SwiftExpression.value(of: text, lookup: { _ in nil }) == nil)
    }

    @Test(
        "reads what the page writes",
        arguments: [
            ("1,024", Quantity.count(1024)), ("64", .count(64)), ("256 KiB", .count(262_144)),
            ("8 MiB", .count(8_388_608)), ("10 s", .span(milliseconds: 10_000)),
            ("500 ms", .span(milliseconds: 500)), ("24 h", .span(milliseconds: 86_400_000)),
            ("30 d", .span(milliseconds: 2_592_000_000)), ("3 to 60", .range(3, 60)),
            ("15 min", .span(milliseconds: 900_000)), ("2^53 − 1", .count(9_007_199_254_740_991)),
        ])
    func pageValues(text: String, value: Quantity) {
        #expect(Quantity(page: text) == value)
    }

    @Test("refuses other spellings", arguments: ["", "many", "1024,0", "10000", "10 days", "1 to"])
    func notPageValues(text: String) {
        #expect(Quantity(page: text) == nil)
    }

    @Test("finds constants with their types and knows private and other ones")
    func constants() {
        let text = """
            public enum Limits {
                /// Most of it. static let comment = 9
                public static let most = 16 * 1024
                static let wait: Duration =
                    .seconds(5)
                static let keptDays = 3
                private static let hidden = 4
                static let double = most * 2
                static let name = "5"
                static let list = [1, 2]
                static let words = Set("a".utf8)
                struct Inner: Sendable {
                    static let sizes = 1...Limits.most
                }
                static let other = Limits.most
                static let odd: Int = f()
            }
            extension Limits {
                static var computed: Int { 3 }
                static let last = 1
            }
            """
        let numbers = NamedNumber.all(in: [text])
        let found = Dictionary(uniqueKeysWithValues: numbers.map { ($0.name, $0.value) })
        #expect(
            found == [
                "Limits.most": .count(16_384), "Limits.wait": .span(milliseconds: 5000),
                "Limits.keptDays": .span(milliseconds: 259_200_000),
                "Limits.double": .count(32_768), "Limits.Inner.sizes": .range(1, 16_384),
                "Limits.other": .count(16_384), "Limits.odd": nil, "Limits.last": .count(1),
            ])
    }

    @Test("tells how a page and code differ")
    func differences() {
        let page = LimitsPage(
            """
            ## The business: `Exchange`
            | Name | Value |
            |---|---|
            | `A.same` | 256 KiB |
            | `A.other` | 10 s |
            | `A.gone` | 1 |
            | `A.odd` | some |
            | `A.same` | 256 KiB |
            | `hint` | for people |
            """)
        let faults = page.faults(comparedWith: [
            "Exchange/A.same": .count(262_144), "Exchange/A.other": .span(milliseconds: 9_000),
            "Exchange/A.odd": .count(1), "Store/A.gone": .count(1), "Exchange/A.unread": nil,
        ])
        #expect(
            faults == [
                "Exchange/A.same stands twice",
                "Exchange/A.gone is on the page and not in the code",
                "Exchange/A.odd: the page's value cannot be read",
                "Exchange/A.other: the page and the code differ",
                "Exchange/A.unread is in the code and not on the page",
                "Store/A.gone is in the code and not on the page",
            ])
    }
}
