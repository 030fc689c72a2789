/// A node of the tree with 2^level entries below it: those from `index` · 2^level on. Its hash never
/// changes once they are all there.
public struct TreeNode: Hashable, Sendable {
    /// The height over the entries; a leaf has 0.
    public let level: Int
    /// The place among the nodes of the level, counted from 0.
    public let index: Int

    /// The places of the entries below.
    public var entries: Range<Int> { index << level..<(index + 1) << level }

    init(level: Int, index: Int) {
        self.level = level
        self.index = index
    }

    /// The fewest nodes that together cover a range of entries, from left to right.
    ///
    /// Requires that `range` is one that the RFC's definition splits a tree into: it begins at a
    /// multiple of the greatest power of two that it holds.
    static func covering(_ range: Range<Int>) -> [TreeNode] {
        var nodes: [TreeNode] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = (range.upperBound - start).greatestBit
            nodes.append(TreeNode(level: level, index: start >> level))
            start += 1 << level
        }
        return nodes
    }
}

extension Int {
    /// The place of the highest bit that is set; requires a positive number.
    var greatestBit: Int { Int.bitWidth - 1 - leadingZeroBitCount }

    /// The greatest power of two below a number; requires at least 2. RFC 9162 §2.1.1 calls it k.
    var greatestPowerOfTwoBelow: Int { 1 << (self - 1).greatestBit }
}
