import Book

/// The closed list of bands in which amounts of persons are disclosed; the lower bound is inside
/// (protocol/messages.md, amounts).
public enum AmountBand: String, Sendable, CaseIterable, Comparable {
    case zero = "0"
    case under1k = "<1k"
    case from1k = "1k-2k"
    case from2k = "2k-5k"
    case from5k = "5k-10k"
    case from10k = "10k-20k"
    case from20k = "20k-50k"
    case from50k = "50k-100k"
    case from100k = "100k-200k"
    case from200k = "200k-500k"
    case from500k = "500k-1m"
    case from1m = "1m-2m"
    case from2m = "2m-5m"
    case from5m = "5m-10m"
    case from10m = ">=10m"

    /// The band of an amount. Amounts below zero (a credit in the borrower's favour) count as zero.
    public init(_ money: Money) {
        let unit = money.minorUnitsPerUnit
        self =
            Self.allCases.last { band in
                guard let floor = band.lowerBound else { return false }
                return money.minorUnits >= floor * unit
            } ?? .zero
        if self == .zero, money.minorUnits > 0 { self = .under1k }
    }

    /// Least amount inside, in whole units of the currency; nil for `under1k`, whose least amount
    /// is one minor unit.
    public var lowerBound: Int64? {
        switch self {
        case .zero: 0
        case .under1k: nil
        case .from1k: 1_000
        case .from2k: 2_000
        case .from5k: 5_000
        case .from10k: 10_000
        case .from20k: 20_000
        case .from50k: 50_000
        case .from100k: 100_000
        case .from200k: 200_000
        case .from500k: 500_000
        case .from1m: 1_000_000
        case .from2m: 2_000_000
        case .from5m: 5_000_000
        case .from10m: 10_000_000
        }
    }

    /// Least amount that is above the band, in whole units; nil for the last band.
    public var upperBound: Int64? {
        switch self {
        case .zero: 0
        case .from10m: nil
        default: Self.allCases.first { $0 > self }?.lowerBound
        }
    }

    /// Smaller amounts before larger ones.
    public static func < (left: AmountBand, right: AmountBand) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
