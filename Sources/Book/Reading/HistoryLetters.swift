import RiskStandard

extension RepaymentHistory.Letter {
    /// The letter that the text is, nil for any other text.
    init?(text: ArraySlice<UInt8>) {
        guard text.count == 1, let byte = text.first,
            let letter = Self(rawValue: Character(Unicode.Scalar(byte)))
        else { return nil }
        self = letter
    }
}

extension RepaymentHistory {
    /// A history of the newest ``monthsMax`` of these letters, oldest first; nil for none.
    init?(newestOf letters: [Letter]) {
        let text = String(letters.suffix(Self.monthsMax).map(\.rawValue))
        guard !text.isEmpty, let history = try? RepaymentHistory(letters: text) else { return nil }
        self = history
    }
}
