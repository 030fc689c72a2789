/// The value of a fact as a wire format or a file carries it.
public enum FactValue: Sendable, Equatable {
    /// The fact is unknown.
    case null
    /// A yes-or-no fact.
    case bool(Bool)
    /// A counted fact: days, periods, or basis points.
    case integer(Int)
    /// A dated fact; `yyyy-MM-dd` on the wire.
    case date(CalendarDate)
}
