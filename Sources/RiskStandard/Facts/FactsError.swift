/// Why facts are refused. The fault is always with whoever stated them: correct the fact named and
/// try again.
public enum FactsError: Error, Equatable, Sendable {
    /// No fact has this name.
    case unknownName(UnknownFactName)
    /// The fact is stated twice.
    case duplicate(LoanFacts.Name)
    /// The value is of another kind: a number for a yes-or-no fact, or the reverse.
    case wrongType(LoanFacts.Name)
    /// The number is outside the range that the fact takes.
    case outOfRange(LoanFacts.Name, ClosedRange<Int>)
    /// The fact can't hold without the other one, which is stated not to hold.
    case contradiction(LoanFacts.Name, without: LoanFacts.Name)
    /// The two facts can't hold together.
    case excluded(LoanFacts.Name, by: LoanFacts.Name)
    /// The day lies before the other fact's, which must come first.
    case before(LoanFacts.Name, LoanFacts.Name)
    /// The day lies before the month in which the account was opened.
    case beforeOpening(LoanFacts.Name)
    /// The day lies after the day for which the facts stand.
    case afterAsOf(LoanFacts.Name)
    /// The fact exists, but this version of the standard does not define it.
    case notInStandard(LoanFacts.Name)

    /// The name of the fact at fault.
    public var field: String {
        switch self {
        case .unknownName(let name): name.description
        case .duplicate(let name), .wrongType(let name), .outOfRange(let name, _),
            .contradiction(let name, _), .excluded(let name, _), .before(let name, _),
            .beforeOpening(let name), .afterAsOf(let name), .notInStandard(let name):
            name.rawValue
        }
    }
}

extension FactsError: CustomStringConvertible {
    /// What is wrong, with the fact's name and never with its value.
    public var description: String {
        switch self {
        case .unknownName: "\(field): no fact has this name"
        case .duplicate: "\(field): stated twice"
        case .wrongType: "\(field): a value of the wrong kind"
        case .outOfRange(_, let range):
            "\(field): must be from \(range.lowerBound) to \(range.upperBound)"
        case .contradiction(_, let other): "\(field): can't hold without \(other.rawValue)"
        case .excluded(_, let other): "\(field): can't hold together with \(other.rawValue)"
        case .before(_, let other): "\(field): lies before \(other.rawValue)"
        case .beforeOpening: "\(field): lies before the opening of the account"
        case .afterAsOf: "\(field): lies after the day of the book"
        case .notInStandard: "\(field): not defined by this version of the standard"
        }
    }
}
