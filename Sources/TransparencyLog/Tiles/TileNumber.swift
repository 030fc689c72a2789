/// How tlog-tiles spells numbers in paths: `x001/x234/067` for 1234067, and `.p/112` behind it for a
/// partial width. Every number has one spelling, so that nothing lies under two names.
enum TileNumber {
    private static let groupDigits = 3
    private static let group = 1000

    /// The spelling of an index and a width, which is left out when full.
    static func path(index: Int, width: Int) -> String {
        var groups = [padded(index % group)]
        var rest = index / group
        while rest > 0 {
            groups.insert("x" + padded(rest % group), at: 0)
            rest /= group
        }
        let suffix = width == TileID.widthMax ? "" : ".p/\(width)"
        return groups.joined(separator: "/") + suffix
    }

    /// The numbers of a path, or nil; the caller compares with the spelling of what it makes of
    /// them, which is what refuses every other spelling.
    static func numbers(in path: some StringProtocol) -> (index: Int, width: Int)? {
        guard path.utf8.count <= pathBytesMax else { return nil }
        var parts = path.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map { Array($0) }
        var width = TileID.widthMax
        if parts.count >= 2, parts[parts.count - 2].ends(with: partialMark) {
            guard let last = parts.popLast(), let partial = DecimalText.value(of: last) else {
                return nil
            }
            width = partial
            parts[parts.count - 1].removeLast(partialMark.count)
        }
        guard parts.count <= groupsMax else { return nil }
        var index = 0
        for part in parts {
            guard let digits = group(in: part) else { return nil }
            index = index * group + digits
        }
        return (index, width)
    }

    /// More groups name no tile, and would not fit an `Int`.
    private static let groupsMax = 6
    /// So many groups, and a width.
    private static let pathBytesMax = 40
    private static let partialMark = Array(".p".utf8)

    private static func group(in part: [UInt8]) -> Int? {
        let digits = part.first == UInt8(ascii: "x") ? part.dropFirst() : part[...]
        guard digits.count == groupDigits, digits.allSatisfy(DecimalText.isDigit) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: groupDigits - digits.count) + digits
    }
}

extension [UInt8] {
    fileprivate func ends(with end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
