/// Whether a condition holds, when facts may be unknown: Kleene's three values, where "all" is the
/// minimum and "any" the maximum.
enum Truth: Int8, Comparable {
    case no = -1
    case unknown = 0
    case yes = 1

    /// Whether something holds of which it is known whether it certainly and possibly does.
    @inline(__always)
    init(certainly: Bool, possibly: Bool) {
        self = certainly ? .yes : possibly ? .unknown : .no
    }

    /// Whether the opposite holds.
    var negated: Truth {
        switch self {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
