import Book
import Membership
import RiskStandard
import StrictJSON
import Testing

@testable import Exchange

/// What lenders write into their records is shown to people in other houses.
@Suite("Texts of other lenders in a report")
struct HostileTextTests {
    private static func lines(
        of summary: Summary, language: ReportLanguage = .english
    ) -> [String] {
        let whole = Samples.report()
        let report = Report(
            at: whole.at, terms: whole.terms, asker: whole.asker, purpose: whole.purpose,
            members: whole.members, nodes: whole.nodes,
            records: [ReceivedRecord(summary: summary, findings: [], isStale: false)],
            own: nil, countedInquiry: false)
        return ReportText.render(report, language: language)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(
        "nothing in them moves the cursor, breaks a line or turns the reading round",
        arguments: [
            "\n", "\r", "\r\n", "\u{1B}[2J\u{1B}[1;1H", "\u{8}", "\u{0}", "\u{7F}", "\u{9B}1A",
            "\u{85}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{200F}", "\u{AD}",
            "\u{FEFF}", "\u{E0041}",
        ])
    func controls(sign: String) {
        let forged = "paid\(sign)COMPLETE: all 8 other lenders said what they hold"
        var account = Samples.account(1)
        account.relief = forged
        let lines = Self.lines(of: Samples.summary([account], statement: forged))
        let honest = Self.lines(
            of: {
                var account = Samples.account(1)
                account.relief = forged.replacing(sign, with: "?")
                return Samples.summary([account], statement: forged.replacing(sign, with: "?"))
            }())
        #expect(lines.count <= honest.count + 1)
        #expect(lines.count { $0.hasPrefix("COMPLETE") || $0.hasPrefix("INCOMPLETE") } == 1)
        #expect(lines[0].hasPrefix("INCOMPLETE"))
        for scalar in lines.joined().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                Issue.record("U+\(String(scalar.value, radix: 16)) is shown")
            default: break
            }
        }
    }

    @Test(
        "a text without a place to break stays within 80 columns",
        arguments: ["x", "中", "😀", "e\u{301}", "—", "　", " ", "ｱ", "⌚"], ReportLanguage.allCases)
    func longWords(sign: String, language: ReportLanguage) {
        let text = String(repeating: sign, count: 1_000)
        var account = Samples.account(1)
        account.relief = text
        let lines = Self.lines(
            of: Samples.summary([account], statement: text), language: language)
        for line in lines {
            #expect(DisplayText.width(line) <= ReportText.columns, "\(line)")
        }
        let shown = lines.joined().split(whereSeparator: { $0 == " " }).joined()
        #expect(shown.count { String($0) == sign } >= (sign == " " ? 0 : 2_000))
    }

    @Test(
        "a report of 200 accounts with everything in them stays within 80 columns",
        arguments: ReportLanguage.allCases)
    func manyAccounts(language: ReportLanguage) throws {
        let accounts = try (0..<200).map { number in
            var account = Samples.fullAccount
            account.reference = Samples.reference(number)
            account.product = String(repeating: "p", count: 40)
            account.role = AccountRole.allCases[number % 4]
            account.kind = AccountKind.allCases[number % 5]
            account.status = AccountStatus.allCases[number % 5]
            account.dispute = DisputeKind.allCases[number % 5]
            account.history = try RepaymentHistory(letters: String(repeating: "7", count: 60))
            account.balance = .exact(Money(minorUnits: 9_007_199_254_740_991, currency: "KWD"))
            return account
        }
        let lines = Self.lines(of: Samples.summary(accounts), language: language)
        #expect(lines.count > 800)
        #expect(lines.allSatisfy { DisplayText.width($0) <= ReportText.columns })
    }

    @Test(
        "columns are those of UAX #11",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("a\u{20DD}", 1), ("ß", 1), ("中", 2), ("〇", 2),
            ("。", 2), ("　", 2), ("Ａ", 2), ("ｱ", 1), ("￥", 2), ("한", 2), ("あ", 2), ("が", 2),
            ("か\u{3099}", 2), ("𠮷", 2), ("😀", 2), ("⌚", 2), ("⭐", 2), ("→", 1), ("–", 1),
            ("≥", 1), ("〈", 2), ("︵", 2), ("𗀀", 2), ("Ж", 1), ("ا", 1), ("\u{FFFD}", 1),
        ])
    func width(text: String, columns: Int) {
        #expect(DisplayText.width(text) == columns)
    }

    @Test("a cut never splits a character, and shows that it cut")
    func fitted() {
        #expect(DisplayText.fitted("中文字", to: 6) == "中文字")
        #expect(DisplayText.fitted("中文字体", to: 6) == "中文…")
        #expect(DisplayText.fitted("abcdef", to: 6) == "abcdef")
        #expect(DisplayText.fitted("abcdefg", to: 6) == "abcde…")
        #expect(DisplayText.fitted("a\nb", to: 6) == "a\u{FFFD}b")
    }

    @Test("words stay whole where they fit")
    func wrapped() {
        #expect(DisplayText.wrapped("one two three", to: 7) == ["one two", "three"])
        #expect(DisplayText.wrapped("one  two", to: 5) == ["one", "two"])
        #expect(DisplayText.wrapped("abcdefghij kl", to: 4) == ["abcd", "efgh", "ij", "kl"])
        #expect(DisplayText.wrapped("中文字ab", to: 4) == ["中文", "字ab"])
        #expect(DisplayText.wrapped("", to: 4) == [])
    }
}
