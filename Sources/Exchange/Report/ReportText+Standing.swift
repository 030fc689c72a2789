import RiskStandard

extension ReportText {
    /// Both derivations: the rule that the member names, and what its facts give.
    mutating func writeDerivations(_ finding: ClassFinding) {
        guard let derivations, let derivation = finding.derivation else { return }
        let title = derivations.title(finding.publishedRule)
        indented("\(words.named) \(finding.publishedRule): \(title)", by: 4, hanging: 6)
        for floor in derivations.floors(derivation.classification) {
            indented("\(words.here) \(floor)", by: 4, hanging: 6)
        }
    }

    /// What the asker's own classes must be.
    mutating func writeStandings() {
        guard !report.standings.isEmpty, let derivations else { return }
        heading(words.ownClasses)
        for standing in report.standings {
            let result = standing.classification
            let must =
                standing.mustFall
                ? "\(words.name(standing.held.rawValue)) → \(words.must) "
                    + derivations.summary(result)
                : "\(words.stays) "
                    + (result.isAtLeast ? words.atLeast + " " : "")
                    + words.name(standing.held.rawValue)
            indented("#\(standing.account + 1): \(must)", by: 2, hanging: 4)
            for rule in result.watch {
                indented("\(words.watch) \(rule): \(derivations.title(rule))", by: 4, hanging: 6)
            }
        }
    }

    /// What repayment ability can be judged by.
    mutating func writeAbility() {
        let ability = report.repaymentAbility
        heading(words.ability)
        for share in ability.overdueShare {
            field("  " + words.overdueShare, "\(share.currency) \(percents(share))")
        }
        field("  " + words.newAccounts, words.inquiryCounts(ability.newAccounts))
        let months = ability.monthsSinceArrears.map(String.init) ?? words.noArrears
        field(
            "  " + words.monthsSinceArrears,
            ability.hasUnknownMonths ? "\(months) \(words.unknownMonths)" : months)
        field("  " + words.trend, words.name(ability.trend.rawValue))
    }

    private func percents(_ share: RepaymentAbility.OverdueShare) -> String {
        let least = DerivedShare.percent(share.atLeast)
        return share.atLeast == share.atMost
            ? least : "\(least) – \(DerivedShare.percent(share.atMost))"
    }
}
