extension Standard {
    /// Classifies one loan as ``classify(_:segment:asOf:opened:)`` does and says how. Of what the
    /// debtor's other accounts would say, the derivation says that it was not considered.
    public func derive(
        _ facts: LoanFacts, segment: Segment, asOf: CalendarDate, opened: YearMonth? = nil
    ) throws(FactsError) -> Derivation {
        let classification = try classify(facts, segment: segment, asOf: asOf, opened: opened)
        let account = DebtorAccount(
            institution: 0, asOf: asOf, facts: facts, segment: segment, opened: opened, debt: nil)
        do {
            let alone = try assessment([account], isComplete: true)
            return derivation(classification, alone, 0, isAlone: true)
        } catch {
            throw error.fault
        }
    }

    /// Classifies the accounts of one debtor as ``assess(_:isComplete:)`` does and says how.
    ///
    /// - Returns: one derivation an account, in the order of `accounts`.
    public func derive(
        _ accounts: [DebtorAccount], isComplete: Bool
    ) throws(DebtorError) -> [Derivation] {
        let assessment = try assessment(accounts, isComplete: isComplete)
        return assessment.classifications(self).enumerated().map { index, classification in
            derivation(classification, assessment, index)
        }
    }

    private func derivation(
        _ classification: Classification, _ assessment: DebtorAssessment, _ index: Int,
        isAlone: Bool = false
    ) -> Derivation {
        let outcome = assessment.outcomes[index]
        var steps: [DerivationStep] = []
        for (place, rule) in rules.enumerated() {
            guard let rank = compiled.fileOrder.firstIndex(of: place) else { continue }
            let bit: UInt128 = 1 << UInt128(rank)
            let result: DerivationStep.Outcome =
                if outcome.applying & bit != 0 {
                    .applies
                } else if outcome.open & bit != 0 {
                    .unknown
                } else if classification.watch.contains(rule.id) {
                    .watch
                } else if isAlone, turnsOnDebtor(rank, assessment.loan(index)) {
                    .notConsidered
                } else {
                    .doesNotApply
                }
            var inputs = DerivationInputs(
                standard: self, assessment: assessment, index: index, isAlone: isAlone)
            inputs.add(conditions[place].when)
            if let except = conditions[place].except { inputs.add(except) }
            steps.append(DerivationStep(rule: rule, outcome: result, inputs: inputs.found))
        }
        return Derivation(classification: classification, steps: steps)
    }

    /// Whether a rule that does not apply to a loan by itself might with other accounts beside it.
    private func turnsOnDebtor(_ rank: Int, _ loan: JudgedLoan) -> Bool {
        var debtor = DebtorTruths.none
        for test in compiled.program.debtorTests.indices { debtor[test] = .unknown }
        let amongOthers = JudgedLoan(
            facts: loan.facts, segment: loan.segment, asOf: loan.asOf, debtor: debtor)
        return compiled.program.truth(at: compiled.ranked[rank].start, of: amongOthers) != .no
    }
}

/// Gathers what a rule's conditions look at.
private struct DerivationInputs {
    let standard: Standard
    let assessment: DebtorAssessment
    let index: Int
    /// Whether the loan was judged without the debtor's other accounts.
    let isAlone: Bool
    private(set) var found: [DerivationInput] = []

    init(standard: Standard, assessment: DebtorAssessment, index: Int, isAlone: Bool) {
        self.standard = standard
        self.assessment = assessment
        self.index = index
        self.isAlone = isAlone
    }

    mutating func add(_ condition: Condition) {
        switch condition {
        case .fact(let test): add(input(test))
        case .segment:
            add(DerivationInput.segment(assessment.accounts[index].segment))
        case .debtor(let test): add(input(test))
        case .all(let parts), .any(let parts):
            for part in parts { add(part) }
        }
    }

    private mutating func add(_ input: DerivationInput) {
        if !found.contains(input) { found.append(input) }
    }

    private func input(_ test: FactTest) -> DerivationInput {
        let account = assessment.accounts[index]
        let value = account.facts.value(of: test.fact)
        guard case .known(let day) = account.facts.date(of: test.fact) else {
            switch test.measure {
            case .number: return .fact(test.fact, value)
            case .months, .monthsOrAbsent: return .months(test.fact, value, nil)
            case .days: return .days(test.fact, value, nil)
            }
        }
        switch test.measure {
        case .number: return .fact(test.fact, value)
        case .months, .monthsOrAbsent:
            return .months(test.fact, value, day.wholeMonths(to: account.asOf))
        case .days: return .days(test.fact, value, account.asOf.days(since: day))
        }
    }

    private func input(_ test: DebtorTest) -> DerivationInput {
        let isAtAll = test.scope == .allInstitutions
        let holds = answer(test)
        switch test.subject {
        case .otherNonPerforming:
            return .other(.nonPerforming, isAtAllInstitutions: isAtAll, holds)
        case .otherImpaired:
            return .other(.creditImpaired, isAtAllInstitutions: isAtAll, holds)
        case .nonPerformingShare(let over):
            return .share(share(test, .nonPerforming, over, holds))
        case .overdueShare(let days, let over):
            return .share(share(test, .overdue(moreThanDays: days), over, holds))
        }
    }

    private func answer(_ test: DebtorTest) -> DerivedAnswer {
        guard !isAlone else { return .notConsidered }
        let place = standard.compiled.program.debtorTests.firstIndex(of: test)
        return switch place.map({ assessment.truths[index][$0] }) ?? .no {
        case .yes: .yes
        case .no: .no
        case .unknown: .unknown
        }
    }

    private func share(
        _ test: DebtorTest, _ part: DerivedShare.Part, _ over: Int, _ holds: DerivedAnswer
    ) -> DerivedShare {
        let shares = assessment.shares(test, standard.settings)
        let own = shares[assessment.group(index, test.scope)]
        return DerivedShare(
            part: part, isAtAllInstitutions: test.scope == .allInstitutions, overBasisPoints: over,
            isExceeded: holds,
            amounts: own.tallies.map { DerivedShare.Amounts(currency: $0.currency, $0.tally) })
    }
}

extension DerivedShare.Amounts {
    /// Sums beyond what 64 bits hold are shown as the most that they do.
    fileprivate init(currency: CurrencyCode, _ tally: ShareTally) {
        self.currency = currency
        partAtLeast = Int64(clamping: tally.partLow)
        partAtMost = tally.isPartOpen ? nil : Int64(clamping: tally.partHigh)
        restAtLeast = Int64(clamping: tally.restLow)
        restAtMost = tally.isRestOpen ? nil : Int64(clamping: tally.restHigh)
    }
}
