import Book
import Membership
import RiskStandard
import StrictJSON

/// The worst class over records, and where it comes from.
public struct Verdict: Sendable, Equatable {
    /// The class.
    public let riskClass: RiskClass
    /// The rule that decided it.
    public let decidedBy: RuleID
    /// The member whose account it is.
    public let member: MemberID
    /// Whether an unknown fact could make it worse.
    public let isAtLeast: Bool
}

/// What borrowers owe in one currency, over all records received.
public struct Exposure: Sendable, Equatable {
    /// ISO 4217 code.
    public let currency: String
    /// Least possible sum in minor units.
    public let atLeast: Int64
    /// A sum that is not reached, in minor units; nil when a band is open above. Equal to
    /// `atLeast` when every amount is exact.
    public let below: Int64?
}

extension Report {
    /// Whether every lender said what it holds.
    public var isComplete: Bool { missing.isEmpty }

    /// The lenders that did not.
    public var missing: [MemberLine] { awaited.filter { !$0.outcome.isAnswer } }

    /// The lenders from which a complete report hears. Those across the border of a trial hold
    /// nothing for the asker, and withdrawn ones nothing for the consortium any more: their lines
    /// stand in the report, but it does not wait for them for ever.
    public var awaited: [MemberLine] {
        members.filter { line in
            line.outcome != .notAsked(.trial) && line.outcome != .notAsked(.memberWithdrawn)
        }
    }

    /// The worst class over the records received and the asker's own; nil without an account.
    /// The worse of what was published and what the facts give counts.
    public func verdict(withDisputed: Bool) -> Verdict? {
        var worst: Verdict?
        for candidate in candidates(withDisputed: withDisputed) {
            if worst.map({ $0.riskClass < candidate.riskClass }) ?? true { worst = candidate }
        }
        return worst
    }

    private func candidates(withDisputed: Bool) -> [Verdict] {
        let received = records.flatMap { record in
            record.summary.accounts.enumerated().map { index, account in
                (record.summary.member, account, record.findings.first { $0.account == index })
            }
        }
        let own = (self.own?.accounts ?? []).map { account in
            (asker, account, ClassFinding?.none)
        }
        let standing = standings.filter { standing in
            guard standing.mustFall, let own = self.own else { return false }
            return withDisputed || own.accounts[standing.account].dispute == nil
        }
        .map { standing in
            Verdict(
                riskClass: standing.classification.riskClass,
                decidedBy: standing.classification.decidedBy, member: asker,
                isAtLeast: standing.classification.isAtLeast)
        }
        return standing
            + (received + own).compactMap { member, account, finding in
                guard withDisputed || account.dispute == nil else { return nil }
                if let recomputed = finding?.recomputed, recomputed.riskClass > account.riskClass {
                    return Verdict(
                        riskClass: recomputed.riskClass, decidedBy: recomputed.decidedBy,
                        member: member, isAtLeast: recomputed.isAtLeast)
                }
                return Verdict(
                    riskClass: account.riskClass, decidedBy: account.decidedBy, member: member,
                    isAtLeast: account.facts.fields.contains { $0.value == .null })
            }
    }

    /// Whether any account is disputed, received or the asker's own.
    public var hasDisputed: Bool {
        let summaries = records.map(\.summary) + (own.map { [$0] } ?? [])
        return summaries.contains { $0.accounts.contains { $0.dispute != nil } }
    }

    /// Lenders with an open account of the subject, the asker included.
    public var lendersWithOpenAccount: Int {
        let summaries = records.map(\.summary) + (own.map { [$0] } ?? [])
        return summaries.count { summary in
            summary.accounts.contains { $0.status == .open || $0.status == .writtenOffStillClaimed }
        }
    }

    /// Hard inquiries over all members, each counted by the member that made it.
    public var inquiries: InquiryCounts {
        records.map(\.summary.inquiries).reduce(own?.inquiries ?? InquiryCounts(), +)
    }

    /// Balances, or overdue amounts, of the subject's own debts: each reference once, guarantees
    /// apart, currencies never added.
    public func exposures(_ amount: KeyPath<DisclosedAccount, DisclosedAmount?>) -> [Exposure] {
        var sums: [String: AmountRange] = [:]
        for account in debts {
            guard let amount = account[keyPath: amount] else { continue }
            sums[amount.currency, default: AmountRange(0)] += AmountRange(amount)
        }
        return sums.map {
            Exposure(currency: $0.key, atLeast: $0.value.atLeast, below: $0.value.below)
        }
        .sorted { $0.currency < $1.currency }
    }
}

/// Least amount and an amount not reached, in minor units; equal when exact.
///
/// Stays within what JSON can carry, so that no lender can make a report unreadable, or turn its sum
/// round, with amounts beyond all reason: past it the range is open above.
private struct AmountRange {
    private static let max = Int64(JSONLimits.integerMax)

    private(set) var atLeast: Int64
    private(set) var below: Int64?

    init(_ exact: Int64) {
        self.init(atLeast: exact, below: exact)
    }

    init(_ amount: DisclosedAmount) {
        switch amount {
        case .exact(let money): self.init(money.minorUnits)
        case .band(let band, let currency):
            let unit = Money(minorUnits: 0, currency: currency).minorUnitsPerUnit
            self.init(
                atLeast: (band.lowerBound ?? 0) * unit, below: band.upperBound.map { $0 * unit })
        }
    }

    private init(atLeast: Int64, below: Int64?) {
        self.atLeast = Swift.max(-Self.max, min(atLeast, Self.max))
        self.below = below.flatMap { $0 > Self.max ? nil : Swift.max(-Self.max, $0) }
    }

    static func += (left: inout AmountRange, right: AmountRange) {
        left = AmountRange(
            atLeast: left.atLeast + right.atLeast,
            below: left.below.flatMap { below in right.below.map { below + $0 } })
    }
}
