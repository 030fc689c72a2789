/// Numbers of accounts, a bit each, in pages that are made when the first bit of one is set.
struct AccountSet {
    private static let wordsPerPage = 1024
    /// How many.
    private(set) var count = 0
    private var pages: [Int64: [UInt64]] = [:]

    /// Adds a number; false when it is there already.
    mutating func insert(_ id: Int64) -> Bool {
        let (page, word, bit) = Self.place(id)
        let isNew = pages[page, default: Self.emptyPage][word] & bit == 0
        pages[page, default: Self.emptyPage][word] |= bit
        if isNew { count += 1 }
        return isNew
    }

    func contains(_ id: Int64) -> Bool {
        let (page, word, bit) = Self.place(id)
        return pages[page].map { $0[word] & bit != 0 } ?? false
    }

    private static let emptyPage = [UInt64](repeating: 0, count: wordsPerPage)

    private static func place(_ id: Int64) -> (page: Int64, word: Int, bit: UInt64) {
        let word = id >> 6
        return (
            word / Int64(wordsPerPage), Int(word % Int64(wordsPerPage)), 1 << UInt64(id & 63)
        )
    }
}
