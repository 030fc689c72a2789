/// Writes bits into bytes, most significant bit first.
struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var pendingCount = 0

    init(bitCapacity: Int) {
        bytes.reserveCapacity(bitCapacity / 8 + 1)
    }

    /// Appends the lowest `bitCount` bits of `value`, at most 56; its other bits are zero.
    mutating func append(_ value: UInt64, bitCount: Int) {
        pending = pending << UInt64(bitCount) | value
        pendingCount += bitCount
        while pendingCount >= 8 {
            pendingCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt64(pendingCount)))
        }
    }

    /// Appends one bits.
    mutating func append(ones count: Int) {
        var left = count
        while left > 0 {
            let step = min(left, 32)
            append(1 << UInt64(step) - 1, bitCount: step)
            left -= step
        }
    }

    /// The bytes, the last one padded with zeros.
    consuming func finish() -> [UInt8] {
        if pendingCount > 0 { append(0, bitCount: 8 - pendingCount) }
        return bytes
    }
}
