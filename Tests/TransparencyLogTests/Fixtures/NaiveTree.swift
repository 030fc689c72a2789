@testable import TransparencyLog

/// The definitions of RFC 9162 §2.1 as they stand there: recursion over lists, nothing clever. The
/// fast code is held to it.
struct NaiveTree {
    let leaves: [MerkleHash]

    /// A tree over the entries `entry 0`, `entry 1` and so on.
    init(size: Int) {
        leaves = (0..<size).map { .leaf(Array("entry \($0)".utf8)) }
    }

    /// MTH(D[range]).
    func root(_ range: Range<Int>) -> MerkleHash {
        if range.isEmpty { return .empty }
        if range.count == 1 { return leaves[range.lowerBound] }
        let middle = range.lowerBound + Self.k(range.count)
        return .node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    func head(_ size: Int) throws -> TreeHead {
        TreeHead(size: try TreeSize(checked: size), root: root(0..<size))
    }

    /// PATH(index, D[range]), with the index counted from the range's beginning.
    func path(_ index: Int, _ range: Range<Int>) -> [MerkleHash] {
        if range.count == 1 { return [] }
        let k = Self.k(range.count)
        let middle = range.lowerBound + k
        return index < k
            ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(index - k, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    /// SUBPROOF(first, D[range], isWhole).
    func subproof(_ first: Int, _ range: Range<Int>, _ isWhole: Bool) -> [MerkleHash] {
        if first == range.count { return isWhole ? [] : [root(range)] }
        let k = Self.k(range.count)
        let middle = range.lowerBound + k
        return first <= k
            ? subproof(first, range.lowerBound..<middle, isWhole)
                + [root(middle..<range.upperBound)]
            : subproof(first - k, middle..<range.upperBound, false)
                + [root(range.lowerBound..<middle)]
    }

    /// The largest power of two smaller than n.
    private static func k(_ n: Int) -> Int {
        var k = 1
        while k * 2 < n { k *= 2 }
        return k
    }
}

/// Hashes a node's entries anew for every question.
struct NaiveSource: HashSource {
    let tree: NaiveTree

    func hash(of node: TreeNode) -> MerkleHash { tree.root(node.entries) }
}

enum FixtureError: Error {
    case number
    case text
}

extension TreeSize {
    init(checked value: Int) throws {
        guard let size = TreeSize(value) else { throw FixtureError.number }
        self = size
    }
}

extension EntryIndex {
    init(checked value: Int) throws {
        guard let index = EntryIndex(value) else { throw FixtureError.number }
        self = index
    }
}

/// A small generator of the same numbers on every run (SplitMix64).
struct RepeatableRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
