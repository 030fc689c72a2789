import Membership
import TransparencyLog

/// What of a book the log was not told yet. A part of `Store`.
///
/// Events are taken up, logged and settled, one lot after the other. What was taken up and not settled
/// is there after a crash, too, with what tells whether the log has it.
public protocol BookEventStore: Sendable {
    /// Says which log is told from now on. Where another one was told before, that counts for nothing:
    /// all that the books hold, and every published filter, is told anew.
    ///
    /// - Parameter origin: the log's name.
    func tellLog(named origin: String) async throws

    /// What was taken up and not settled; nil when nothing is.
    func takenEvents() async throws -> TakenEvents?

    /// Takes up events of one member and one kind of which the log was not told, in the order in which
    /// they came; nil when there are none. Nothing may be taken up already.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - logSize: of the log, now.
    ///   - root: makes the root over the commitments to the events.
    func takeEvents(
        limit: Int, logSize: Int, root: @escaping @Sendable ([BookEvent]) -> MerkleHash
    ) async throws -> (taken: TakenEvents, events: [BookEvent])?

    /// Settles what was taken up: the log has it, or it has to be taken up again. What changed
    /// meanwhile is told anew in either case.
    func settleEvents(areLogged: Bool) async throws

    /// Which of some accounts are disputed now, in whichever member's book.
    func disputedAccounts(
        among accounts: Set<AccountReference>
    ) async throws -> Set<AccountReference>

    /// Which of some consents, by their numbers, were given by whoever disputes an account now.
    func disputedConsents(among numbers: Set<Int>) async throws -> Set<Int>

    /// The random bytes behind digests of consents that a member's book states, and the accounts of
    /// whoever gave them. What is not known is left out.
    func bookConsents(
        of member: MemberID, digests: Set<[UInt8]>
    ) async throws -> [BookConsentEvidence]
}

/// What stands behind the digest of a consent that a book states.
public struct BookConsentEvidence: Sendable, Equatable {
    /// SHA-256 over salt ‖ evidence file, 32 bytes.
    public let digest: [UInt8]
    /// 32 random bytes; nil when the lender made the digest elsewhere.
    public let salt: [UInt8]?
    /// The accounts of the borrower who gave it, in the order of their bytes.
    public let accounts: [AccountReference]

    /// Makes a record.
    public init(digest: [UInt8], salt: [UInt8]?, accounts: [AccountReference]) {
        self.digest = digest
        self.salt = salt
        self.accounts = accounts
    }
}
