/// What a law leaves open, as a standard's file settles it (protocol/standards/README.md).
///
/// A choice with one value today stands here all the same: whoever reads the file sees that it was
/// a choice, and another value is refused rather than passed over.
public struct Settings: Sendable, Equatable {
    /// Which day the file counts as the first day past due.
    public enum FirstDay: String, Sendable {
        /// The day after the due date.
        case afterDueDate = "after-due-date"
        /// The due date itself.
        case dueDate = "due-date"
    }

    /// What of an overdue debt counts in the share of overdue debt.
    public enum OverduePart: String, Sendable {
        /// Its whole balance.
        case wholeBalance = "whole-balance"
        /// The amount past due.
        case overdueAmount = "overdue-amount"
    }

    /// Which institutions "all institutions" are.
    public enum AllInstitutions: String, Sendable {
        /// The members of the consortium.
        case members
    }

    /// When a technical or operational cause counts.
    public enum TechnicalCause: String, Sendable {
        /// Where it is documented.
        case documented
    }

    /// Which day is the first day past due.
    public let firstDay: FirstDay
    /// What of an overdue debt counts.
    public let overduePart: OverduePart
    /// Which institutions are all.
    public let allInstitutions: AllInstitutions
    /// When a technical cause counts.
    public let technicalCause: TechnicalCause
}
