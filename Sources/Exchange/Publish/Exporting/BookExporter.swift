import Membership
import Pseudonym

/// Gives a member's book back in the plain layout, page by page (protocol/book.md, "Giving it
/// back").
///
/// Identifiers, names and account numbers are given back only to whoever brings the private half of
/// the member's rekey key; they are in memory for the length of a page.
public struct BookExporter {
    /// Accounts that are in memory at one time.
    public static let pageSize = 4096

    /// How far it has got, and what was not opened.
    public private(set) var count = ExportCount()

    private let store: any Store
    private let member: MemberID
    private let part: String?
    private var sealed: SealedIdentities
    private var last: Int64 = 0

    /// Exports a member's book; `part`: only that part of it. Without private halves nothing is
    /// opened.
    public init(
        context: NodeContext, member: MemberID, part: String?, privateHalves: [RekeyPrivateKey]
    ) {
        store = context.store
        self.member = member
        self.part = part
        sealed = SealedIdentities(privateHalves)
    }

    /// The next rows, in the order in which their accounts came into the book; nil at the end. A
    /// page may be empty when its accounts are of other parts.
    ///
    /// - Throws: `StoreError`.
    public mutating func nextPage() async throws -> [ExportedRow]? {
        let page = try await store.heldRows(of: member, after: last, limit: Self.pageSize)
        guard let end = page.last else { return nil }
        last = end.id
        return page.filter { part == nil || $0.part == part }.map { export($0) }
    }

    private mutating func export(_ held: HeldRow) -> ExportedRow {
        let subject = held.sealedSubject.flatMap { bytes in
            held.subject.flatMap { sealed.subject(bytes, of: $0) }
        }
        let number = held.sealedAccount.flatMap {
            sealed.accountNumber($0, of: held.account.reference)
        }
        let row = ExportedRow(held, subject: subject, accountNumber: number)
        let isSealed = held.sealedSubject != nil && held.sealedAccount != nil
        count.accounts += 1
        count.unsealed += isSealed ? 0 : 1
        count.unopened += isSealed && !row.isOpened ? 1 : 0
        count.furtherConsents += row.furtherConsents.count
        return row
    }
}

/// What an export gave back.
public struct ExportCount: Sendable, Equatable {
    /// Accounts, once for each party.
    public var accounts = 0
    /// Of them, those of which nothing is sealed: they came before there was a rekey key.
    public var unsealed = 0
    /// Those whose sealed identifier or account number none of the private halves opened.
    public var unopened = 0
    /// Consents for which their rows had no room.
    public var furtherConsents = 0

    /// None.
    public init() {}
}
