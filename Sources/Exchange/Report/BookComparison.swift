import Book
import RiskStandard

/// A lender's book on one day beside that of an earlier one: what is new, what was closed, and what
/// moved between classes (protocol/book.md, "Two days").
///
/// It grows account by account and keeps counts and sums only.
public struct BookComparison: Sendable, Equatable {
    /// Where an account went that stood on the earlier day.
    public enum Destination: Sendable, Hashable, CaseIterable {
        /// It stands, in this class.
        case inClass(RiskClass)
        /// It was settled, transferred or ended.
        case closed
        /// It is not known how it stands: the file of the later day lacks it, or its row was
        /// rejected.
        case vanished

        /// The classes from the best, then the two other ends.
        public static var allCases: [Destination] {
            RiskClass.allCases.map { .inClass($0) } + [.closed, .vanished]
        }
    }

    /// A cell of the roll-rate table.
    public struct Move: Sendable, Hashable {
        /// The class on the earlier day.
        public let from: RiskClass
        /// What became of it.
        public let to: Destination

        /// Makes a move.
        public init(from: RiskClass, to: Destination) {
            self.from = from
            self.to = to
        }
    }

    /// Accounts that stood on the earlier day, by what became of them; balances are those of the
    /// earlier day, so that each row adds up to what stood then.
    public private(set) var moves: [Move: AccountTally] = [:]
    /// Accounts that stand on the later day only, by class; balances of the later day.
    public private(set) var new: [RiskClass: AccountTally] = [:]
    /// Of ``new``, accounts that had been closed by the earlier day.
    public private(set) var reopened = 0
    /// Accounts that are not in the book of the earlier day and were closed by the later one.
    public private(set) var newAndClosed = 0
    /// All that stands on the later day, by class; balances of that day.
    public private(set) var standing: [RiskClass: AccountTally] = [:]

    /// Nothing yet.
    public init() {}

    /// Counts an account.
    public mutating func add(_ movement: AccountMovement) {
        let (before, after) = (movement.before, movement.after)
        if let after, !after.isFinal { standing[after.riskClass, default: .init()].add(after) }
        guard let before, !before.isFinal else { return addLater(after, wasClosed: before != nil) }
        let destination: Destination =
            switch after {
            case nil: .vanished
            case let after? where after.isFinal: .closed
            case let after?: .inClass(after.riskClass)
            }
        moves[Move(from: before.riskClass, to: destination), default: .init()].add(before)
    }

    private mutating func addLater(_ after: AccountState?, wasClosed: Bool) {
        guard let after else { return }
        if !after.isFinal {
            new[after.riskClass, default: .init()].add(after)
            reopened += wasClosed ? 1 : 0
        } else if !wasClosed {
            newAndClosed += 1
        }
    }
}

extension BookComparison {
    /// All that stood in a class on the earlier day.
    public func stood(in riskClass: RiskClass) -> AccountTally {
        sum { move in move.from == riskClass }
    }

    /// Accounts that stood on both days in the same class.
    public var unchanged: Int { sum { $0.to == .inClass($0.from) }.accounts }

    /// Accounts that stood on both days, later in a better class.
    public var better: Int { sum { Self.later($0).map { $0.to < $0.from } ?? false }.accounts }

    /// Accounts that stood on both days, later in a worse class.
    public var worse: Int { sum { Self.later($0).map { $0.to > $0.from } ?? false }.accounts }

    /// Accounts that stood on the earlier day and were closed.
    public var closed: AccountTally { sum { $0.to == .closed } }

    /// Accounts that stood on the earlier day and of which it is not known how they stand.
    public var vanished: AccountTally { sum { $0.to == .vanished } }

    /// The currencies of all balances, in the order of their codes.
    public var currencies: [String] {
        let tallies = [moves.values.map(\.self), Array(new.values), Array(standing.values)].joined()
        return Set(tallies.flatMap(\.balances.keys)).sorted()
    }

    private func sum(_ isMeant: (Move) -> Bool) -> AccountTally {
        moves.filter { isMeant($0.key) }.values.reduce(into: AccountTally()) { $0.add($1) }
    }

    private static func later(_ move: Move) -> (from: RiskClass, to: RiskClass)? {
        guard case .inClass(let riskClass) = move.to else { return nil }
        return (move.from, riskClass)
    }
}

/// How many accounts, and what they owe.
public struct AccountTally: Sendable, Equatable {
    /// How many.
    public private(set) var accounts = 0
    /// The exact sum of balances in minor units, by ISO 4217 code. Accounts without one add nothing.
    public private(set) var balances: [String: Int128] = [:]

    /// None.
    public init() {}

    mutating func add(_ state: AccountState) {
        accounts += 1
        if let balance = state.balance {
            balances[balance.currency, default: 0] += Int128(balance.minorUnits)
        }
    }

    mutating func add(_ other: AccountTally) {
        accounts += other.accounts
        balances.merge(other.balances, uniquingKeysWith: +)
    }
}
