/// How the RFC's definition splits a tree on the way to one proof.
enum LeafRange {
    /// The subtrees beside the path to the entry at `index` of a tree of `size`, from the leaf up:
    /// RFC 9162 §2.1.3.1, PATH. Requires 0 <= index < size.
    static func path(to index: Int, in size: Int) -> [Range<Int>] {
        var beside: [Range<Int>] = []
        var tree = 0..<size
        while tree.count > 1 {
            let (left, right) = halves(of: tree)
            tree = left.contains(index) ? left : right
            beside.append(left.contains(index) ? right : left)
        }
        return beside.reversed()
    }

    /// The subtrees that a consistency proof names: RFC 9162 §2.1.4.1, SUBPROOF(first, D[second],
    /// true). Requires 0 < first <= second.
    static func subproof(from first: Int, in second: Int) -> [Range<Int>] {
        var named: [Range<Int>] = []
        var tree = 0..<second
        // Whether the old tree, as far as it reaches into `tree`, is all of the old tree.
        var isWhole = true
        while tree.upperBound != first {
            let (left, right) = halves(of: tree)
            if first <= left.upperBound {
                tree = left
                named.append(right)
            } else {
                tree = right
                named.append(left)
                isWhole = false
            }
        }
        if !isWhole { named.append(tree) }
        return named.reversed()
    }

    private static func halves(of tree: Range<Int>) -> (Range<Int>, Range<Int>) {
        let middle = tree.lowerBound + tree.count.greatestPowerOfTwoBelow
        return (tree.lowerBound..<middle, middle..<tree.upperBound)
    }
}
