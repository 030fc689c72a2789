/// Why letters are no repayment history. The fault is with whoever wrote them.
public enum HistoryError: Error, Equatable, Sendable {
    /// No letter at all: an account without history has no such value.
    case empty
    /// More than ``RepaymentHistory/monthsMax`` months; send the newest.
    case tooLong
    /// No letter of the list stands at this byte, counted from 0.
    case unknownLetter(position: Int)
}

extension HistoryError: CustomStringConvertible {
    /// What is wrong.
    public var description: String {
        switch self {
        case .empty: "history: empty"
        case .tooLong: "history: more than \(RepaymentHistory.monthsMax) months"
        case .unknownLetter(let position): "history: no such letter at position \(position)"
        }
    }
}
