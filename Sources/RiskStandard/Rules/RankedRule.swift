/// A rule in the form that classifies.
///
/// Rules are ranked worst first; of equally bad ones those about the loan itself come before those
/// about its debtor, then they stand in the order of the file: the first that applies decides.
struct RankedRule {
    let riskClass: RiskClass
    /// Where its condition begins in the program.
    let start: Int
    /// Facts of which one must say something for the rule to matter: ``FactMarks/pressing``.
    let needs: UInt64
    /// Whether it can't matter while no test of the debtor holds or is open.
    let requiresDebtor: Bool
    /// Whether shares or classes of the debtor's accounts count in it.
    let asksClasses: Bool
}

/// What the rules gave for one loan: one bit a rule, in the order of their ranks.
struct Outcome: Equatable {
    var applying: UInt128 = 0
    var open: UInt128 = 0

    /// The rank of the rule that decides; nil when none applies.
    var deciding: Int? { applying == 0 ? nil : applying.trailingZeroBitCount }

    /// The rank of the worst rule that applies or might; nil when there is none.
    var worst: Int? {
        let all = applying | open
        return all == 0 ? nil : all.trailingZeroBitCount
    }

    mutating func set(_ rank: Int, _ truth: Truth) {
        let bit: UInt128 = 1 << UInt128(rank)
        applying = truth == .yes ? applying | bit : applying & ~bit
        open = truth == .unknown ? open | bit : open & ~bit
    }
}
