import Book

/// A row of a lender's file, by what it is about and what it says.
public struct RowIdentity: Sendable, Hashable {
    /// How many bytes a digest has.
    public static let digestCount = 16

    /// The account.
    public let account: AccountReference
    /// The borrower that is a party to it.
    public let subject: SubjectReference
    /// Keyed digest, 16 bytes, of everything that the row says and of the standard that classified
    /// it; the as-of date is not in it. Equal digests: nothing changed.
    public let digest: [UInt8]
    /// By which the row is known without being read; nil where that is not possible.
    public let line: LineDigest?

    /// Makes an identity.
    public init(
        account: AccountReference, subject: SubjectReference, digest: [UInt8],
        line: LineDigest? = nil
    ) {
        self.account = account
        self.subject = subject
        self.digest = digest
        self.line = line
    }
}

/// How a row of a file stands to the book.
public enum RowStanding: Sendable, Equatable {
    /// The book has no such account of this borrower, or none that it knows by reference.
    case new
    /// The book says the same.
    case unchanged
    /// The book says the same, but holds no sealed identity, and this import seals.
    case unsealed
    /// The book says the same, but would not know it from the row's line.
    case unmarked
    /// The book says otherwise.
    case changed
    /// What stands in the book is of a later day than the file: it stays, and the row counts for
    /// the history of its own day only.
    case outdated
    /// The account of this borrower stood in an earlier row of this import, or stands in another
    /// part of the member's book.
    case duplicate
}
