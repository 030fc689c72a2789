/// One share in every currency of a debtor: amounts in different currencies are never added.
struct CurrencyShares {
    /// Nearly every debtor owes in one currency.
    private var currency: CurrencyCode?
    private var tally = ShareTally()
    private var others: [CurrencyCode: ShareTally] = [:]

    /// Counts one account.
    @inline(__always)
    mutating func add(
        _ debt: DebtAmounts, _ membership: ShareMembership, _ setting: Settings.OverduePart
    ) {
        if currency == nil { currency = debt.currency }
        if currency == debt.currency {
            tally.add(debt, membership, setting)
        } else {
            others[debt.currency, default: ShareTally()].add(debt, membership, setting)
        }
    }

    /// Whether the share over all currencies is above the threshold. It lies between the least and
    /// the greatest of the currencies' shares, whatever the rates: above it in all of them is yes,
    /// in none is no.
    func exceeds(basisPoints: Int) -> Truth {
        let truth = tally.exceeds(basisPoints: basisPoints)
        guard !others.isEmpty else { return truth }
        let truths = tallies.filter { !$0.tally.isEmpty }
            .map { $0.tally.exceeds(basisPoints: basisPoints) }
        if truths.allSatisfy({ $0 == .no }) { return .no }
        return truths.allSatisfy { $0 == .yes } ? .yes : .unknown
    }

    /// The tallies, by currency.
    var tallies: [(currency: CurrencyCode, tally: ShareTally)] {
        (currency.map { [($0, tally)] } ?? [])
            + others.map { (currency: $0.key, tally: $0.value) }
            .sorted { $0.currency.description < $1.currency.description }
    }
}
