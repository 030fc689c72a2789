/// How an account was paid, month by month, in the letters of the People's Bank of China's
/// second-generation reports.
public struct RepaymentHistory: Sendable, Equatable, CustomStringConvertible {
    /// The most months that are kept: five years.
    public static let monthsMax = 60

    /// One letter a month, newest last; 1…``monthsMax`` of them.
    public private(set) var months: [Letter]

    /// Reads letters, newest last, 1…``monthsMax`` of them.
    ///
    /// - Throws: `HistoryError`: none, too many, or a letter that does not exist.
    public init(letters: String) throws(HistoryError) {
        let bytes = letters.utf8
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.monthsMax else { throw .tooLong }
        months = []
        months.reserveCapacity(bytes.count)
        for (position, byte) in bytes.enumerated() {
            guard byte < 0x80, let letter = Self.byASCII[Int(byte)] else {
                throw .unknownLetter(position: position)
            }
            months.append(letter)
        }
    }

    /// The letters, newest last, as they go on the wire.
    public var letters: String { String(months.map(\.rawValue)) }

    /// The letters.
    public var description: String { letters }

    /// Adds the month after the newest; beyond ``monthsMax`` the oldest is dropped.
    public mutating func append(_ letter: Letter) {
        if months.count == Self.monthsMax { months.removeFirst() }
        months.append(letter)
    }

    /// Months from the newest one in arrears (``Letter/isArrears``) to the newest of all: 0 when
    /// the account is in arrears now, nil when no month was.
    ///
    /// Where a later month is unknown (``hasUnknownMonth``), arrears may be more recent.
    public var monthsSinceLastArrears: Int? {
        months.lastIndex(where: \.isArrears).map { months.count - 1 - $0 }
    }

    /// Whether a month is unknown, so that the history is no proof of having paid.
    public var hasUnknownMonth: Bool { months.contains(.unknown) }

    /// The letters by their ASCII codes: comparing characters is far slower.
    private static let byASCII: [Letter?] = Letter.allCases.reduce(
        into: Array(repeating: nil, count: 0x80)
    ) { table, letter in
        if let code = letter.rawValue.asciiValue { table[Int(code)] = letter }
    }
}
