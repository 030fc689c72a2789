import Exchange

/// A text in both languages of the reports.
struct Bilingual: Hashable, Sendable {
    let english: String
    let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    func text(in language: ReportLanguage) -> String {
        language == .chinese ? chinese : english
    }
}
