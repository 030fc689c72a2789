extension BookMigration {
    // The words of the wire (protocol/messages.md) as they were when the step was made; a test holds
    // them against the types.
    static let roles = ["borrower", "co-borrower", "guarantor", "joint-liability"]
    static let accountKinds = [
        "instalment", "revolving-line", "card", "guarantee", "acquired-debt",
    ]
    static let accountStatuses = [
        "open", "settled", "written-off-still-claimed", "transferred-out", "ended",
    ]
    static let riskClasses = ["normal", "special-mention", "substandard", "doubtful", "loss"]
    static let disputes = ["not-mine", "identity-theft", "amount", "paid", "other"]

    /// A condition that a column holds one of the words, or NULL.
    ///
    /// Not `IN`: from three words on SQLite makes a temporary table of them at every insert, which
    /// costs more than the insert itself.
    static func oneOf(_ words: [String], _ column: String) -> String {
        words.map { "\(column) = '\($0)'" }.joined(separator: " OR ")
    }
}
