/// How an account counts in a share.
enum ShareMembership {
    /// It belongs to the part.
    case part
    /// Nobody knows whether it does.
    case perhaps
    /// It belongs to the rest.
    case rest
}

/// The part of a debt and its rest, each between its least and its most, in minor units.
///
/// Whether the share is above a threshold is exact: integers wide enough for any sum of amounts,
/// multiplied instead of divided.
struct ShareTally: Equatable {
    private(set) var partLow: Int128 = 0
    private(set) var partHigh: Int128 = 0
    private(set) var restLow: Int128 = 0
    private(set) var restHigh: Int128 = 0
    /// Whether what should be `partHigh`, or `restHigh`, is open above.
    private(set) var isPartOpen = false
    private(set) var isRestOpen = false

    /// Counts one account.
    mutating func add(
        _ debt: DebtAmounts, _ membership: ShareMembership, _ setting: Settings.OverduePart
    ) {
        switch membership {
        case .rest:
            addToRest(debt.balance)
        case .part:
            let part = setting == .wholeBalance ? debt.balance : debt.overdue
            addToPart(part)
            if setting == .overdueAmount { addToRest(debt.notOverdue) }
        case .perhaps:
            // In the part at its most, in the rest at its most; at its least in neither.
            let part = setting == .wholeBalance ? debt.balance : debt.overdue
            addToPart(0...part.upperBound)
            addToRest(0...debt.balance.upperBound)
        }
    }

    private mutating func addToPart(_ amount: ClosedRange<Int64>) {
        partLow += Int128(amount.lowerBound)
        partHigh += Int128(amount.upperBound)
        isPartOpen = isPartOpen || amount.upperBound == .max
    }

    private mutating func addToRest(_ amount: ClosedRange<Int64>) {
        restLow += Int128(amount.lowerBound)
        restHigh += Int128(amount.upperBound)
        isRestOpen = isRestOpen || amount.upperBound == .max
    }

    /// Whether there may be any debt at all.
    var isEmpty: Bool { partHigh == 0 && restHigh == 0 }

    /// Whether the part is more than so many basis points of the whole (超过: strictly).
    func exceeds(basisPoints: Int) -> Truth {
        let whole = Int128(DebtorTest.shareMax)
        let limit = Int128(basisPoints)
        if partLow > 0, !isRestOpen, partLow * whole > (partLow + restHigh) * limit { return .yes }
        if isPartOpen { return .unknown }
        let isPossible = partHigh > 0 && partHigh * whole > (partHigh + restLow) * limit
        return isPossible ? .unknown : .no
    }
}

extension DebtAmounts {
    /// What of the balance is not past due.
    fileprivate var notOverdue: ClosedRange<Int64> {
        let least = overdue.upperBound == .max ? 0 : balance.lowerBound - overdue.upperBound
        let most =
            balance.upperBound == .max ? .max : balance.upperBound - overdue.lowerBound
        return max(0, min(least, most))...max(0, most)
    }
}
