import RiskStandard

/// Recomputes the classes of what was received (the fifth promise).
struct ClassCheck: Sendable {
    let standards: StandardLibrary

    /// The accounts of a summary whose class does not follow from their facts.
    func findings(_ summary: Summary) -> [ClassFinding] {
        let standard = standards.standard(summary.standard)
        return summary.accounts.enumerated().compactMap { index, account in
            let recomputed = standard.flatMap { standard in
                summary.asOf.flatMap { asOf in
                    try? standard.classify(
                        account.facts, segment: account.segment, asOf: asOf,
                        opened: account.openedMonth)
                }
            }
            let agrees =
                recomputed?.riskClass == account.riskClass
                && recomputed?.decidedBy == account.decidedBy
            guard !agrees else { return nil }
            return ClassFinding(
                account: index, published: account.riskClass, publishedRule: account.decidedBy,
                recomputed: recomputed)
        }
    }
}
