/// Computes the constant expressions in which Swift code writes its limits.
struct SwiftExpression {
    private var tokens: ArraySlice<Substring>
    private let lookup: (String) -> Quantity?

    /// The value of an expression such as `16 * 1024`, `1 << 20`, `.seconds(29 * 86_400)` or
    /// `1...max`; nil when it is something else. `lookup` knows other constants by name.
    static func value(of text: String, lookup: @escaping (String) -> Quantity?) -> Quantity? {
        var expression = SwiftExpression(tokens: tokens(of: text)[...], lookup: lookup)
        guard let value = expression.quantity(), expression.tokens.isEmpty else { return nil }
        return value
    }

    private mutating func quantity() -> Quantity? {
        if let unit = tokens.first.flatMap({ Self.milliseconds[$0] }) {
            tokens.removeFirst()
            return group().map { .span(milliseconds: $0 * unit) }
        }
        if tokens.count == 1, let name = tokens.first, let alias = lookup(String(name)) {
            tokens.removeFirst()
            return alias
        }
        guard let first = sum() else { return nil }
        guard take("...") else { return .count(first) }
        return sum().map { .range(first, $0) }
    }

    private mutating func sum() -> Int? {
        guard var sum = product() else { return nil }
        while let sign = ["+", "-"].first(where: { take($0) }) {
            guard let term = product() else { return nil }
            sum += sign == "+" ? term : -term
        }
        return sum
    }

    private mutating func product() -> Int? {
        guard var product = shift() else { return nil }
        while take("*") {
            guard let factor = shift() else { return nil }
            product *= factor
        }
        return product
    }

    private mutating func shift() -> Int? {
        guard let number = operand() else { return nil }
        guard take("<<") else { return number }
        guard let bits = operand(), (0..<63).contains(bits) else { return nil }
        return number << bits
    }

    private mutating func operand() -> Int? {
        if tokens.first == "(" { return group() }
        if take("-") { return operand().map { -$0 } }
        guard let token = tokens.popFirst() else { return nil }
        if let number = Int(swift: token) { return number }
        guard case .count(let number)? = lookup(String(token)) else { return nil }
        return number
    }

    private mutating func group() -> Int? {
        guard take("("), let value = sum(), take(")") else { return nil }
        return value
    }

    private mutating func take(_ token: String) -> Bool {
        guard tokens.first.map({ $0 == token }) == true else { return false }
        tokens.removeFirst()
        return true
    }

    private static let milliseconds: [Substring: Int] = [
        ".milliseconds": 1, ".seconds": 1000, ".minutes": 60_000, ".hours": 3_600_000,
        ".days": 86_400_000,
    ]

    private static func tokens(of text: String) -> [Substring] {
        var tokens: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            guard !first.isWhitespace else {
                rest.removeFirst()
                continue
            }
            let sign = ["...", "<<"].first(where: rest.hasPrefix)
            let word = rest.wordEnd
            let end = sign.map { rest.index(rest.startIndex, offsetBy: $0.count) } ?? word
            tokens.append(rest[..<end])
            rest = rest[end...]
        }
        return tokens
    }
}

extension Substring {
    /// The end of the name or number that begins here, or of the one sign.
    fileprivate var wordEnd: Index {
        let afterFirst = index(after: startIndex)
        guard self[startIndex].isWordPart || self[startIndex] == "." else { return afterFirst }
        var end = afterFirst
        while end < endIndex {
            let isDot = self[end] == "." && !self[end...].hasPrefix("...")
            guard self[end].isWordPart || isDot else { break }
            end = index(after: end)
        }
        return end
    }
}

extension Int {
    /// Reads a whole number as Swift spells it.
    fileprivate init?(swift text: Substring) {
        let digits = text.filter { $0 != "_" }
        if digits.hasPrefix("0x") {
            self.init(digits.dropFirst(2), radix: 16)
        } else {
            self.init(digits)
        }
    }
}
