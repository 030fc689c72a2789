/// Reads the language of `IdentifierPattern`.
struct IdentifierPatternParser {
    private typealias Step = IdentifierPattern.Step

    private static let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
    private static let special = Set(#"\^$.|?*+()[]{}"#.unicodeScalars)

    private let pattern: [Unicode.Scalar]
    private var index = 0

    init(_ pattern: String) {
        self.pattern = Array(pattern.unicodeScalars)
        _ = take("^")
    }

    /// All steps of the pattern.
    mutating func steps() throws(PatternError) -> [IdentifierPattern.Step] {
        var steps: [Step] = []
        while let sign = next(), !isEndAnchor(sign) {
            let characters = try characters(startingWith: sign)
            let (least, most) = try count()
            steps += (0..<least).map { _ in Step(characters: characters) }
            if let most {
                steps += (least..<most).map { _ in Step(characters: characters, isOptional: true) }
            } else {
                steps.append(Step(characters: characters, isOptional: true, repeats: true))
            }
            guard steps.count <= SchemeRegistry.patternStepsMax else { throw .size }
        }
        return steps
    }

    private mutating func next() -> Unicode.Scalar? {
        guard index < pattern.count else { return nil }
        index += 1
        return pattern[index - 1]
    }

    /// Whether `sign`, just taken, is the `$` that may close a pattern.
    private func isEndAnchor(_ sign: Unicode.Scalar) -> Bool {
        sign == "$" && index == pattern.count
    }

    /// Takes the next sign if it is this one.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard index < pattern.count, pattern[index] == sign else { return false }
        index += 1
        return true
    }

    private mutating func characters(
        startingWith sign: Unicode.Scalar
    ) throws(PatternError) -> [ClosedRange<Unicode.Scalar>] {
        switch sign {
        case "\\": [try escaped()]
        case "[": try characterClass()
        case _ where Self.special.contains(sign): throw .unsupported(position: index)
        default: [sign...sign]
        }
    }

    /// What stands behind a backslash: `d` for digits, or a sign that means itself.
    private mutating func escaped() throws(PatternError) -> ClosedRange<Unicode.Scalar> {
        guard let sign = next() else { throw .malformed(position: index) }
        if sign == "d" { return Self.digits }
        guard !sign.properties.isAlphabetic, !Self.digits.contains(sign) else {
            throw .unsupported(position: index)
        }
        return sign...sign
    }

    /// The ranges of a class, whose bracket is open.
    private mutating func characterClass() throws(PatternError) -> [ClosedRange<Unicode.Scalar>] {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let sign = next() {
            if sign == "]" {
                guard !ranges.isEmpty else { throw .malformed(position: index) }
                return ranges
            }
            let isNegation = sign == "^" && ranges.isEmpty
            guard sign != "[", !isNegation else { throw .unsupported(position: index) }
            let first = sign == "\\" ? try escaped() : sign...sign
            ranges.append(try range(from: first))
        }
        throw .malformed(position: index)
    }

    /// `first`, or the range that it begins; a `-` before the closing bracket means itself.
    private mutating func range(
        from first: ClosedRange<Unicode.Scalar>
    ) throws(PatternError) -> ClosedRange<Unicode.Scalar> {
        let isLast = index + 1 < pattern.count && pattern[index + 1] == "]"
        guard !isLast, take("-") else { return first }
        guard let sign = next() else { throw .malformed(position: index) }
        let last = sign == "\\" ? try escaped() : sign...sign
        let areSingle = first.lowerBound == first.upperBound && last.lowerBound == last.upperBound
        guard areSingle, first.lowerBound <= last.lowerBound else {
            throw .malformed(position: index)
        }
        return first.lowerBound...last.lowerBound
    }

    /// How often the item before may stand; `most` is nil when there is no end.
    private mutating func count() throws(PatternError) -> (least: Int, most: Int?) {
        if take("?") { return (0, 1) }
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        guard take("{") else { return (1, 1) }
        let least = try number()
        if take("}") { return (least, least) }
        guard take(",") else { throw .malformed(position: index) }
        if take("}") { return (least, nil) }
        let most = try number()
        guard take("}"), least <= most else { throw .malformed(position: index) }
        return (least, most)
    }

    private mutating func number() throws(PatternError) -> Int {
        var number: Int?
        while index < pattern.count, let digit = pattern[index].digitValue {
            let larger = (number ?? 0) * 10 + digit
            index += 1
            guard larger <= SchemeRegistry.patternCountMax else {
                throw .malformed(position: index)
            }
            number = larger
        }
        guard let number else { throw .malformed(position: index) }
        return number
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII digit; nil for anything else.
    fileprivate var digitValue: Int? {
        ("0"..."9").contains(self) ? Int(value - Unicode.Scalar("0").value) : nil
    }
}
