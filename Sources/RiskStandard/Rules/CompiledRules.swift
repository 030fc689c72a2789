/// A standard's rules in the flat form that classifies.
struct CompiledRules: Sendable {
    /// Rank by rank.
    let ranked: [RankedRule]
    /// The ranks of the rules that ask for shares or classes of the debtor's accounts.
    let asking: [Int]
    /// The floors, rank by rank.
    let floors: [Floor]
    /// Where in the file each rank stands, from 0.
    let fileOrder: [Int]
    let program: RuleProgram
    /// Where the condition of being under observation begins, and that of its beginning anew.
    let observation: (start: Int, restart: Int)?
    /// Facts of which one must say something for a loan to be under observation.
    let observationNeeds: UInt64
    /// Facts that the standard does not define.
    let undefined: UInt64

    /// What the rules give, when of the debtor only `loan.debtor` is known.
    @inline(__always)
    func outcome(_ loan: borrowing JudgedLoan, marks: FactMarks) -> Outcome {
        var outcome = Outcome()
        let pressing = marks.pressing | FactMarks.always
        let isAlone = loan.debtor.isEmpty
        for rank in ranked.indices where ranked[rank].needs & pressing != 0 {
            if isAlone && ranked[rank].requiresDebtor { continue }
            let truth = program.truth(at: ranked[rank].start, of: loan)
            if truth != .no { outcome.set(rank, truth) }
        }
        return outcome
    }

    /// The outcome again, now that shares and classes of the debtor's accounts are known.
    func update(_ outcome: inout Outcome, _ loan: borrowing JudgedLoan) {
        for rank in asking {
            outcome.set(rank, program.truth(at: ranked[rank].start, of: loan))
        }
    }

    /// The class of a rank; normal for no rank.
    func riskClass(_ rank: Int?) -> RiskClass { rank.map { ranked[$0].riskClass } ?? .normal }

    /// How the loan stands in its observation; nil when it is in none.
    func observation(_ loan: borrowing JudgedLoan) -> Observation? {
        guard let observation, program.truth(at: observation.start, of: loan) == .yes else {
            return nil
        }
        return program.truth(at: observation.restart, of: loan) == .yes ? .restarted : .running
    }
}
