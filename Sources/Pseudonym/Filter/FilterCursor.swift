/// Walks a filter's values in ascending order.
struct FilterCursor {
    /// The bit at which the next item begins.
    private(set) var position: Int

    /// The value of the item last read; before the first, 0.
    private(set) var value: UInt64

    init(position: Int = 0, value: UInt64 = 0) {
        self.position = position
        self.value = value
    }

    /// Reads one item, a run of ones 64 bits at a time. Whatever the bits are, the run ends in the
    /// zeros behind them, so the sum stays below 2^64; the position tells whether the item was
    /// whole.
    mutating func advance(in bits: BitString) {
        var quotient = 0
        var window = bits.window(at: position)
        while window == .max {
            quotient += 64
            position += 64
            window = bits.window(at: position)
        }
        let ones = (~window).leadingZeroBitCount
        quotient += ones
        position += ones + 1
        let remainder = bits.window(at: position) >> UInt64(64 - FilterCode.remainderBits)
        position += FilterCode.remainderBits
        value += UInt64(quotient) << UInt64(FilterCode.remainderBits) | remainder
    }
}
