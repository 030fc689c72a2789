import Membership
import Testing

@testable import Exchange

@Suite("Report for people")
struct ReportTextTests {
    @Test("is what was pinned, in both languages", arguments: ReportLanguage.allCases)
    func pinned(language: ReportLanguage) throws {
        let text = ReportText.render(Samples.report(), language: language)
        let golden = GoldenFile("report.\(language.rawValue).txt")
        #expect(try golden.text(updatedTo: text) == text)
    }

    @Test("masks lenders where the charter says so, their nodes too")
    func masked() throws {
        let text = ReportText.render(Samples.report(masking: .masked), language: .english)
        let golden = GoldenFile("report.masked.en.txt")
        #expect(try golden.text(updatedTo: text) == text)
        for hidden in ["lakeside", "cedar", "湖畔", "Reed", "willow"] {
            #expect(!text.contains(hidden), "\(hidden) is to be masked")
        }
    }

    @Test("takes no more than 80 columns", arguments: ReportLanguage.allCases)
    func columns(language: ReportLanguage) {
        for masking in [true, false] {
            let report = Samples.report(masking: masking ? .masked : .named)
            for line in ReportText.render(report, language: language).split(separator: "\n") {
                #expect(DisplayText.width(String(line)) <= ReportText.columns, "\(line)")
            }
        }
    }

    @Test(
        "says which accounts lenders share",
        arguments: [
            (Charter.Scope.fullFile, "full-file", "full file", "全部记录"),
            (.negativeOnly, "negative-only", "negative records only", "仅负面记录"),
        ])
    func scope(scope: Charter.Scope, word: String, english: String, chinese: String) {
        let report = Samples.report(scope: scope)
        #expect(ReportText.render(report, language: .english).contains(english))
        #expect(ReportText.render(report, language: .chinese).contains(chinese))
        let json = String(decoding: report.json.encoded, as: UTF8.self)
        #expect(json.contains("\"scope\":\"\(word)\""))
    }

    @Test("says in its first line whether it is complete")
    func firstLine() throws {
        let lines = { (report: Report) in
            ReportText.render(report, language: .english).split(separator: "\n").first ?? ""
        }
        #expect(lines(Samples.report()).hasPrefix("INCOMPLETE: 5 of 8"))
        #expect(lines(Samples.report(missing: false)).hasPrefix("COMPLETE: all 8"))
    }

    @Test(
        "wide characters take two columns",
        arguments: [("abc", 3), ("中文", 4), ("a中b", 4), ("Ａ", 2), ("e\u{301}", 1), ("", 0)])
    func width(text: String, columns: Int) {
        #expect(DisplayText.width(text) == columns)
        #expect(DisplayText.width(DisplayText.padded(text, to: 9)) == 9)
        #expect(DisplayText.width(DisplayText.fitted(text + text, to: 4)) <= 4)
    }
}
