import Book
import RiskStandard

/// What a check of a lender's file found: lines, classes and rules, and nothing of any borrower.
public struct StandardCheckResult: Sendable, Equatable {
    /// What a lender says of one row.
    public enum OwnClass: Sendable, Equatable {
        /// It brings no class.
        case none
        /// A text that nobody has said the meaning of.
        case unreadable
        /// A class in the standard's terms.
        case known(RiskClass)

        /// The class, where it is known.
        public var riskClass: RiskClass? {
            if case .known(let riskClass) = self { riskClass } else { nil }
        }
    }

    /// One row with its class.
    public struct Row: Sendable, Equatable {
        /// The line of the file, from 1.
        public let line: Int
        /// The class that the standard demands at least.
        public let riskClass: RiskClass
        /// The rule that decides.
        public let decidedBy: RuleID
        /// Whether an unknown fact could make it worse.
        public let isAtLeast: Bool
        /// What the lender says.
        public let own: OwnClass

        /// Whether the lender's class is better than the standard allows.
        public var isTooGood: Bool { own.riskClass.map { $0 < riskClass } ?? false }
    }

    /// The standard.
    public let standard: StandardID
    /// Records and rejects read.
    public internal(set) var rows = 0
    /// The rows that have a class, by line.
    public private(set) var classified: [Row] = []
    /// How many rows could not be read or classified.
    public private(set) var rejected = 0
    /// The first of them, at most ``StandardCheck/faultsShownMax``.
    public private(set) var faults: [RejectedRow] = []

    init(standard: StandardID) { self.standard = standard }

    /// The rows whose own class is better than the standard allows, by line.
    public var tooGood: [Row] { classified.filter(\.isTooGood) }

    /// How many rows bring a class of their own that nobody has said the meaning of.
    public var unreadable: Int { classified.count { $0.own == .unreadable } }

    /// Whether the file brings classes of its own.
    public var hasOwnClasses: Bool { classified.contains { $0.own != .none } }

    /// How many rows have each class by the standard.
    public var classes: [RiskClass: Int] {
        classified.reduce(into: [:]) { $0[$1.riskClass, default: 0] += 1 }
    }

    /// How many rows have each class by the lender, where it says one.
    public var ownClasses: [RiskClass: Int] {
        classified.reduce(into: [:]) { counts, row in
            if let own = row.own.riskClass { counts[own, default: 0] += 1 }
        }
    }

    mutating func add(_ found: Classification, line: Int, own: OwnClass) {
        classified.append(
            Row(
                line: line, riskClass: found.riskClass, decidedBy: found.decidedBy,
                isAtLeast: found.isAtLeast, own: own))
    }

    mutating func reject(_ rejection: RejectedRow, shown: Int) {
        rejected += 1
        if faults.count < shown { faults.append(rejection) }
    }

    mutating func sort() {
        classified.sort { $0.line < $1.line }
        faults.sort { $0.line < $1.line }
    }
}
