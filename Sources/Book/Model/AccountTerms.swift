// The closed lists of the account record; raw values are the words of the summary on the wire
// (protocol/messages.md).

/// What kind of borrower a record is about.
public enum SubjectKind: String, Sendable, CaseIterable {
    /// A natural person, sole traders (USCC beginning 92) included.
    case person
    /// Any other legal entity.
    case enterprise
}

/// A standing of the borrower itself that outweighs any single account.
public enum SubjectStatus: String, Sendable, CaseIterable {
    /// The person has died.
    case deceased
    /// A court has opened bankruptcy.
    case bankrupt
}

/// In which part the borrower stands in the account.
public enum AccountRole: String, Sendable, CaseIterable {
    /// Owes the debt alone or first.
    case borrower
    /// Owes the same debt beside the borrower.
    case coBorrower = "co-borrower"
    /// Answers for another's debt.
    case guarantor
    /// Bears joint and several liability without being a borrower.
    case jointLiability = "joint-liability"
}

/// The form of the credit.
public enum AccountKind: String, Sendable, CaseIterable {
    /// A loan paid back by a schedule.
    case instalment
    /// A line that may be drawn again after repayment.
    case revolvingLine = "revolving-line"
    /// A credit card.
    case card
    /// A guarantee given for another's debt.
    case guarantee
    /// A debt bought from another lender.
    case acquiredDebt = "acquired-debt"
}

/// Where the account is in its life.
public enum AccountStatus: String, Sendable, CaseIterable {
    /// In force.
    case open
    /// Paid in full.
    case settled
    /// Written off in the books, still claimed from the borrower.
    case writtenOffStillClaimed = "written-off-still-claimed"
    /// Sold or handed to another creditor.
    case transferredOut = "transferred-out"
    /// Ended in another way.
    case ended
}

/// What the borrower disputes about the account.
public enum DisputeKind: String, Sendable, CaseIterable {
    /// The account is another's.
    case notMine = "not-mine"
    /// The account was opened by an impostor.
    case identityTheft = "identity-theft"
    /// The amount is wrong.
    case amount
    /// The debt has been paid.
    case paid
    /// Anything else.
    case other
}
