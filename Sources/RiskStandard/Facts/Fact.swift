/// What a lender states about one property of a loan.
///
/// The three are different claims, so a missing answer never reads as a clean one: `absent` says
/// "not so", `unknown` (null on the wire) says "we do not know", `known` gives the value.
public enum Fact<Value: Sendable & Equatable>: Sendable, Equatable {
    /// Not so: no days past due, no impairment, no expected loss.
    case absent
    /// Nobody knows: the class can only be "at least" what the other facts give.
    case unknown
    /// Stated.
    case known(Value)
}
