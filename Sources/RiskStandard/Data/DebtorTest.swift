/// A test of all accounts of one debtor together.
struct DebtorTest: Equatable {
    /// What is looked for.
    enum Subject: Equatable {
        /// The part of the debt that is non-performing, in basis points, is more than `over`.
        case nonPerformingShare(over: Int)
        /// The part of the debt that is more than so many days past due is more than `over`.
        case overdueShare(moreThanDays: Int, over: Int)
        /// Another account than the one judged is non-performing.
        case otherNonPerforming
        /// Another account than the one judged is credit-impaired.
        case otherImpaired
    }

    /// Whose accounts count.
    enum Scope: String {
        /// Those of the institution whose account is judged.
        case institution
        /// Those of all institutions that take part.
        case allInstitutions = "all-institutions"
    }

    /// The whole debt, in basis points.
    static let shareMax = 10_000

    let subject: Subject
    let scope: Scope

    /// The same where the file counts the due date as the first day past due.
    var countedFromDueDate: DebtorTest {
        guard case .overdueShare(let days, let over) = subject else { return self }
        return DebtorTest(
            subject: .overdueShare(moreThanDays: max(0, days - 1), over: over), scope: scope)
    }
}
