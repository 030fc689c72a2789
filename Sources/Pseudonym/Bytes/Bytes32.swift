import CSodium

/// Thirty-two bytes in four machine words: no heap, cheap to hash, compare and copy by the million.
///
/// The words hold the bytes in memory order, so a pointer to the value is a pointer to the bytes.
struct Bytes32: Hashable, Sendable {
    static let count = 32

    private var word0: UInt64
    private var word1: UInt64
    private var word2: UInt64
    private var word3: UInt64

    /// Thirty-two zero bytes.
    init() {
        (word0, word1, word2, word3) = (0, 0, 0, 0)
    }

    /// The bytes given, or nil when they are not exactly 32.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.init()
        withUnsafeMutableBytes(of: &self) { $0.copyBytes(from: bytes) }
    }

    /// What `body` writes into 32 zeroed bytes.
    init(writing body: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.init()
        withMutablePointer(body)
    }

    /// The first 8 bytes as a big-endian number.
    var leadingWord: UInt64 { UInt64(bigEndian: word0) }

    var array: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    /// Compares all 32 bytes without branching on their values.
    var isZero: Bool { word0 | word1 | word2 | word3 == 0 }

    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        withUnsafePointer(to: self) {
            $0.withMemoryRebound(to: UInt8.self, capacity: Self.count, body)
        }
    }

    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<UInt8>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &self) {
            $0.withMemoryRebound(to: UInt8.self, capacity: Self.count, body)
        }
    }

    /// Overwrites the bytes with zeros in a way that the compiler may not leave out.
    mutating func wipe() {
        withMutablePointer { sodium_memzero($0, Self.count) }
    }
}

extension Bytes32: Comparable {
    /// The order of the bytes read as one big-endian number.
    static func < (left: Self, right: Self) -> Bool {
        if left.word0 != right.word0 { return left.word0.bigEndian < right.word0.bigEndian }
        if left.word1 != right.word1 { return left.word1.bigEndian < right.word1.bigEndian }
        if left.word2 != right.word2 { return left.word2.bigEndian < right.word2.bigEndian }
        return left.word3.bigEndian < right.word3.bigEndian
    }
}
