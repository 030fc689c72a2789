/// The numbers of the filter's code (protocol.md §4): a Golomb–Rice coded set of tokens.
enum FilterCode {
    /// p: the bits of a remainder, and the negative power of two of the rate of false hits.
    static let remainderBits = 20

    /// The place of a token in a filter of `count` items: ⌊h·n·2^20 / 2^64⌋, below n·2^20.
    static func value(of hash: UInt64, count: Int) -> UInt64 {
        hash.multipliedFullWidth(by: range(count: count)).high
    }

    /// n·2^20, which all values are below.
    static func range(count: Int) -> UInt64 {
        UInt64(count) << UInt64(remainderBits)
    }

    /// The fewest bits that `count` items take: each a quotient's end and a remainder.
    static func bitsMin(count: Int) -> Int {
        count * (remainderBits + 1)
    }

    /// The most bits that `count` items take: the quotients of a valid filter sum to less than n.
    static func bitsMax(count: Int) -> Int {
        count * (remainderBits + 2)
    }
}
