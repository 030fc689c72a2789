/// One debtor on its way through the rules.
struct DebtorAssessment {
    let accounts: [DebtorAccount]
    let isComplete: Bool
    var marks: [FactMarks] = []
    private(set) var outcomes: [Outcome] = []
    private(set) var truths: [DebtorTruths] = []
    /// Whether each account is non-performing, by its own facts or by what its institution says.
    private var nonPerforming: [Truth] = []
    /// For each account the place of its institution, in the order in which they come.
    private let institutions: [Int]
    private let institutionsCount: Int

    init(accounts: [DebtorAccount], isComplete: Bool) {
        self.accounts = accounts
        self.isComplete = isComplete
        marks.reserveCapacity(accounts.count)
        (institutions, institutionsCount) = Self.institutions(accounts)
    }

    mutating func run(_ rules: CompiledRules, settings: Settings) {
        truths = Array(repeating: .none, count: accounts.count)
        let tests = rules.program.debtorTests
        // What facts alone say comes first: a loan's own class may ask for it.
        for (place, test) in tests.enumerated() where test.subject == .otherImpaired {
            settle(place, test, settings)
        }
        outcomes.reserveCapacity(accounts.count)
        nonPerforming.reserveCapacity(accounts.count)
        for index in accounts.indices {
            let outcome = rules.outcome(loan(index), marks: marks[index])
            outcomes.append(outcome)
            nonPerforming.append(
                Truth(
                    certainly: rules.riskClass(outcome.deciding).isNonPerforming
                        || accounts[index].reported?.isNonPerforming == true,
                    possibly: rules.riskClass(outcome.worst).isNonPerforming))
        }
        for (place, test) in tests.enumerated() where test.subject != .otherImpaired {
            settle(place, test, settings)
        }
        for index in accounts.indices where !truths[index].isEmpty {
            rules.update(&outcomes[index], loan(index))
        }
    }

    /// An account as the rules see it.
    @inline(__always)
    func loan(_ index: Int) -> JudgedLoan {
        JudgedLoan(
            facts: accounts[index].facts, segment: accounts[index].segment,
            asOf: accounts[index].asOf, debtor: truths[index])
    }

    private static func institutions(_ accounts: [DebtorAccount]) -> (places: [Int], count: Int) {
        var known: [Int] = []
        var places: [Int] = []
        places.reserveCapacity(accounts.count)
        for index in accounts.indices {
            let institution = accounts[index].institution
            if let last = places.last, known[last] == institution {
                places.append(last)
            } else if let place = known.firstIndex(of: institution) {
                places.append(place)
            } else {
                known.append(institution)
                places.append(known.count - 1)
            }
        }
        return (places, known.count)
    }
}

// MARK: - Tests of the debtor

// An account that is no debt of the debtor neither counts nor is pulled down.

extension DebtorAssessment {
    private mutating func settle(
        _ place: Int, _ test: DebtorTest, _ settings: Settings
    ) {
        switch test.subject {
        case .nonPerformingShare(let over), .overdueShare(_, let over):
            let truths = shares(test, settings).map { $0.exceeds(basisPoints: over) }
            for index in accounts.indices where accounts[index].debt != nil {
                let truth = truths[group(index, test.scope)]
                self.truths[index][place] = max(truth, floor(test.scope))
            }
        case .otherNonPerforming, .otherImpaired:
            settleOthers(place, test)
        }
    }

    /// Whether there is another account of which something holds.
    private mutating func settleOthers(_ place: Int, _ test: DebtorTest) {
        let groups = test.scope == .institution ? institutionsCount : 1
        var counts = Array(repeating: (yes: 0, unknown: 0), count: groups)
        for index in accounts.indices {
            switch holds(test.subject, index) {
            case .yes: counts[group(index, test.scope)].yes += 1
            case .unknown: counts[group(index, test.scope)].unknown += 1
            case .no: break
            }
        }
        for index in accounts.indices where accounts[index].debt != nil {
            let own = holds(test.subject, index)
            let count = counts[group(index, test.scope)]
            var truth = floor(test.scope)
            if count.unknown > (own == .unknown ? 1 : 0) { truth = .unknown }
            if count.yes > (own == .yes ? 1 : 0) { truth = .yes }
            truths[index][place] = truth
        }
    }

    /// The shares that a test looks at: one an institution, or one of all.
    func shares(_ test: DebtorTest, _ settings: Settings) -> [CurrencyShares] {
        let groups = test.scope == .institution ? institutionsCount : 1
        var shares = Array(repeating: CurrencyShares(), count: groups)
        for index in accounts.indices {
            guard let debt = accounts[index].debt else { continue }
            shares[group(index, test.scope)].add(
                debt, ShareMembership(holds(test.subject, index)), settings.overduePart)
        }
        return shares
    }

    /// Whether an account is one that a test looks for. One that is no debt never is.
    @inline(__always)
    func holds(_ subject: DebtorTest.Subject, _ index: Int) -> Truth {
        guard accounts[index].debt != nil else { return .no }
        switch subject {
        case .otherImpaired: return accounts[index].facts.creditImpaired.truth
        case .overdueShare(let days, _):
            return accounts[index].facts.daysPastDue.isMore(than: days)
        case .otherNonPerforming, .nonPerformingShare: return nonPerforming[index]
        }
    }

    /// The place of the accounts that are counted together with this one.
    func group(_ index: Int, _ scope: DebtorTest.Scope) -> Int {
        scope == .institution ? institutions[index] : 0
    }

    /// What a test gives at least: where accounts may be missing, that nobody knows.
    private func floor(_ scope: DebtorTest.Scope) -> Truth {
        scope == .allInstitutions && !isComplete ? .unknown : .no
    }
}

extension Fact<Bool> {
    fileprivate var truth: Truth { number.map { $0 == 1 ? .yes : .no } ?? .unknown }
}

extension Fact<Int> {
    fileprivate func isMore(than limit: Int) -> Truth {
        number.map { $0 > limit ? .yes : .no } ?? .unknown
    }
}

extension ShareMembership {
    fileprivate init(_ truth: Truth) {
        self =
            switch truth {
            case .yes: .part
            case .unknown: .perhaps
            case .no: .rest
            }
    }
}

// MARK: - Result

extension DebtorAssessment {
    func classifications(_ standard: Standard) -> [Classification] {
        accounts.indices.map { index in
            standard.classification(
                outcomes[index], observation: observation(index, standard),
                watch: watch(index, standard))
        }
    }

    private func observation(_ index: Int, _ standard: Standard) -> Observation? {
        guard marks[index].says(standard.compiled.observationNeeds) else { return nil }
        return standard.compiled.observation(loan(index))
    }

    /// Rules about the debtor that leave a retail account alone and would apply to another.
    func watch(_ index: Int, _ standard: Standard) -> [RuleID] {
        guard accounts[index].segment == .retail, !truths[index].isEmpty else { return [] }
        let rules = standard.compiled
        let loan = JudgedLoan(
            facts: accounts[index].facts, segment: .nonRetail, asOf: accounts[index].asOf,
            debtor: truths[index])
        return rules.asking.compactMap { rank in
            guard rules.program.truth(at: rules.ranked[rank].start, of: loan) == .yes
            else { return nil }
            return rules.floors[rank].rule
        }
    }
}
