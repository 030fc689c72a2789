/// A number with its meaning, as the code or a page states it; equal when both mean the same.
enum Quantity: Equatable {
    /// How many, in the unit that the name says: bytes, elements, days past due.
    case count(Int)
    /// A span of time.
    case span(milliseconds: Int)
    /// From one number to another, both included.
    case range(Int, Int)
}

extension Quantity {
    /// Reads how a page writes a quantity: `1,024`, `256 KiB`, `10 s`, `30 d`, `3 to 60`,
    /// `2^53 − 1`; nil for anything else.
    init?(page text: some StringProtocol) {
        if let bounds = text.pair(around: " to ") {
            guard let first = Int(page: bounds.0), let last = Int(page: bounds.1) else {
                return nil
            }
            self = .range(first, last)
        } else if let power = text.pair(around: " − "), power.0.hasPrefix("2^") {
            guard let exponent = Int(power.0.dropFirst(2)), (0..<63).contains(exponent),
                let rest = Int(page: power.1)
            else { return nil }
            self = .count(1 << exponent - rest)
        } else {
            let words = text.split(separator: " ")
            guard let number = words.first.flatMap({ Int(page: $0) }), words.count <= 2 else {
                return nil
            }
            self.init(number, unit: words.count == 2 ? words[1] : "")
        }
    }

    private init?(_ number: Int, unit: some StringProtocol) {
        switch unit {
        case "": self = .count(number)
        case "KiB": self = .count(number << 10)
        case "MiB": self = .count(number << 20)
        case "ms": self = .span(milliseconds: number)
        case "s": self = .span(milliseconds: number * 1000)
        case "min": self = .span(milliseconds: number * 60_000)
        case "h": self = .span(milliseconds: number * 3_600_000)
        case "d": self = .span(milliseconds: number * 86_400_000)
        default: return nil
        }
    }

    /// What a bare number of the code means when its name ends in a unit.
    func inUnit(ofName name: String) -> Quantity {
        guard case .count(let number) = self else { return self }
        if name.hasSuffix("Seconds") { return .span(milliseconds: number * 1000) }
        if name.hasSuffix("Days") { return .span(milliseconds: number * 86_400_000) }
        if name.hasSuffix("KiB") { return .count(number << 10) }
        return self
    }
}

extension Int {
    /// Reads a number with commas before every third digit, which is how the page writes them; four
    /// digits may do without, as years do.
    init?(page text: some StringProtocol) {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        let firstMax = groups.count == 1 ? 4 : 3
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }), groups[0].count <= firstMax else {
            return nil
        }
        self.init(groups.joined())
    }
}

extension StringProtocol {
    /// The two parts around the only occurrence of a separator.
    fileprivate func pair(around separator: String) -> (SubSequence, SubSequence)? {
        let ranges = ranges(of: separator)
        guard ranges.count == 1 else { return nil }
        return (self[..<ranges[0].lowerBound], self[ranges[0].upperBound...])
    }
}
