import Membership

/// What a member takes along to another node (protocol/leaving.md, "To another node"). A part of
/// `Store`.
public protocol MovingStore: Sendable {
    /// In which form rows are handed over and taken.
    func moveForm() async throws -> MoveForm

    /// Hands over every row of a member, as of one moment, those that others hang on first.
    func handOver(_ member: MemberID, to body: (MovedRow) throws -> Void) throws

    /// Takes a member's rows, all of them or none, and keeps that they came. A move that came before
    /// changes nothing and gives what it gave then.
    ///
    /// - Parameters:
    ///   - rows: the next ones; nil at the end. Its errors are rethrown.
    ///   - approve: is told what came before it is kept; when it throws, nothing is.
    /// - Throws: `MoveFault.form` for rows that cannot be a member's book, `.notEmpty` where there is a
    ///   book of the member already.
    func take(
        _ move: MoveStamp, rows: () throws -> [ArrivingRow]?, approve: (Arrival) throws -> Void
    ) throws -> Arrival
}

/// Why a move is not taken. Nothing was changed then.
public enum MoveFault: Error, Equatable, Sendable {
    /// The rows cannot be a member's book; the fault of whoever wrote them.
    case form
    /// The node has a book of the member already.
    case notEmpty
    /// Of so many borrowers and accounts nothing is sealed, or the private halves do not open it.
    case unopened(Int)
}
