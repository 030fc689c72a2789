/// Every limit of the book's readers (protocol/limits.md). Beyond one the row is rejected, or the
/// file refused where the row's end can't be told; never is more memory spent first.
public enum BookLimits {
    /// Bytes of one record, quotes and line breaks included: 1 MiB. Beyond it the file is refused.
    public static let recordBytesMax = 1 << 20
    /// Columns of a file: 512.
    public static let columnsMax = 512
    /// Bytes of one field after removing quotes: 64 KiB.
    public static let fieldBytesMax = 64 << 10
    /// Bytes of a row that a record or reject keeps of its file: 32 KiB. A longer one is read all
    /// the same, but can't be given back in the reject file.
    public static let originalBytesMax = 32 << 10
    /// Bytes of a mapping file: 256 KiB.
    public static let mappingBytesMax = 256 << 10
    /// How deep blocks and lists of a mapping may be nested.
    public static let mappingDepthMax = 12

    /// Bytes of an identifier as written in the file.
    public static let identifierBytesMax = 128
    /// Bytes of a name.
    public static let nameBytesMax = 512
    /// Bytes of the lender's account number.
    public static let accountNumberBytesMax = 128
    /// Bytes of the lender's own class.
    public static let ownClassBytesMax = 64
    /// Bytes of the path of a consent's evidence.
    public static let evidencePathBytesMax = 1024
    /// Characters of the letter-like words: scheme, product, relief, purposes.
    public static let wordBytesMax = 40

    /// Years that a date of a loan may have; others are placeholders of the lender's system, such as
    /// 1900-01-01 and 2999-12-31.
    public static let loanYears = 1950...2199
    /// Lines above the header that a mapping may pass over.
    public static let skipLinesMax = 50
    /// Damaged identifiers below which no file is refused for them.
    public static let damagedRowsMin = 3
    /// The share of damaged identifiers above which the file is refused, in percent.
    public static let damagedSharePercentMax = 1

    /// Accounts of a file with one row per account and period, as these are held in memory until
    /// its end.
    public static let periodAccountsMax = 1_000_000
    /// Periods of one account in such a file; the newest 60 make the history.
    public static let periodsPerAccountMax = 240

    /// Places of each kind that a survey shows.
    public static let surveyPlacesMax = 5
    /// Different classes of the lender's own that a survey tells apart.
    public static let surveyOwnClassesMax = 64
    /// Accounts that a survey remembers, as eight bytes each, to find doubles.
    public static let surveyAccountsMax = 4_000_000

    /// Characters of a cell that a reject's reason shows at most.
    public static let shownCharactersMax = 40
}
