import RiskStandard

/// A lasting rule that a period met, and what it set then.
struct LastingHit {
    struct Value {
        let field: Field
        let value: FieldValue
    }

    /// The rule's place in the mapping.
    let rule: Int
    let values: [Value]

    /// The letter that the rule sets.
    var letter: RepaymentHistory.Letter? {
        for entry in values {
            if case .letter(let letter) = entry.value { return letter }
        }
        return nil
    }
}
