/// Numbers of rows, a bit each, in pages that are made when the first bit of one is set.
struct NumberSet {
    private static let wordsPerPage = 1024
    /// How many.
    private(set) var count = 0
    private var pages: [Int64: [UInt64]] = [:]

    /// Adds a number; false when it is there already.
    @discardableResult
    mutating func insert(_ id: Int64) -> Bool {
        let (page, word, bit) = Self.place(id)
        let isNew = pages[page, default: Self.emptyPage][word] & bit == 0
        pages[page, default: Self.emptyPage][word] |= bit
        if isNew { count += 1 }
        return isNew
    }

    /// Takes a number out; nothing when it is not there.
    mutating func remove(_ id: Int64) {
        guard contains(id) else { return }
        let (page, word, bit) = Self.place(id)
        pages[page]?[word] &= ~bit
        count -= 1
    }

    func contains(_ id: Int64) -> Bool {
        let (page, word, bit) = Self.place(id)
        return pages[page].map { $0[word] & bit != 0 } ?? false
    }

    /// Every number, in ascending order.
    func each(_ body: (Int64) throws -> Void) rethrows {
        for page in pages.keys.sorted() {
            for (word, bits) in (pages[page] ?? []).enumerated() {
                var rest = bits
                while rest != 0 {
                    let first = page * Int64(Self.wordsPerPage) + Int64(word)
                    try body(first << 6 | Int64(rest.trailingZeroBitCount))
                    rest &= rest - 1
                }
            }
        }
    }

    private static let emptyPage = [UInt64](repeating: 0, count: wordsPerPage)

    private static func place(_ id: Int64) -> (page: Int64, word: Int, bit: UInt64) {
        let word = id >> 6
        return (
            word / Int64(wordsPerPage), Int(word % Int64(wordsPerPage)), 1 << UInt64(id & 63)
        )
    }
}
