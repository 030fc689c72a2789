/// A sentence for the lender's people, in both languages.
public struct Remark: Sendable, Equatable {
    /// In English.
    public let english: String
    /// In Chinese.
    public let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }
}
