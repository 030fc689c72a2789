import GRDB

/// How the tokens of the store move within one write (`TokenPosition`).
///
/// All subjects that one write adds get the same number: a write is seen whole or not at all, so
/// "after this number" never cuts one in two.
final class TokenMovement {
    /// The number of this write; greater than that of every earlier one.
    let addition: Int64
    private var hasAdditions = false
    private var removals = 0

    init(_ db: Database) throws {
        let last = try Int64.fetchOne(db, sql: "SELECT additions FROM position")
        guard let last else { throw UnreadableColumn() }
        addition = last + 1
    }

    /// Notes that a token was given the number of this write.
    func noteAddition() {
        hasAdditions = true
    }

    /// Notes that so many subjects left the filters.
    func noteRemovals(_ count: Int) {
        removals += count
    }

    /// Writes the new position, if it is one.
    func save(_ db: Database) throws {
        guard hasAdditions || removals > 0 else { return }
        try db.execute(
            sql: "UPDATE position SET additions = additions + ?, removals = removals + ?",
            arguments: [hasAdditions ? 1 : 0, removals])
    }
}
