import Exchange
import GRDB
import RiskStandard
import StrictJSON

/// Reads the accounts of debtors whose classes may be others together than one by one: with several
/// accounts, of which one has facts beyond being paid on time.
struct DebtorReader {
    private let accounts: AccountReader

    init(_ db: Database) throws {
        accounts = try AccountReader(
            db, columns: "subjectID, id", from: Self.tables, where: "TRUE", withHistory: false)
    }

    /// Hands over the numbers and accounts of one debtor after the other.
    func each(
        of member: Int64, _ body: ([Int64], [HeldAccount]) throws -> Void
    ) throws {
        var debtor: Int64?
        var ids: [Int64] = []
        var held: [HeldAccount] = []
        let arguments: StatementArguments = [member] + StatementArguments(Self.plainFacts)
        try accounts.each(arguments) { columns, account in
            let subject: Int64 = try columns.take()
            if subject != debtor, !ids.isEmpty {
                try body(ids, held)
                ids.removeAll(keepingCapacity: true)
                held.removeAll(keepingCapacity: true)
            }
            debtor = subject
            ids.append(try columns.take())
            held.append(account)
        }
        if !ids.isEmpty { try body(ids, held) }
    }

    /// The accounts of one subject come together, since the join keeps its order. The `+` keeps
    /// SQLite from finding the accounts by part, which it would have to sort.
    private static let tables = """
        (
            SELECT subjectID AS debtor FROM account
            WHERE +partID IN (SELECT id FROM part WHERE memberID = ?)
            GROUP BY subjectID HAVING count(*) > 1 AND max(facts NOT IN (?, ?))
        ) CROSS JOIN account ON account.subjectID = debtor
        """

    /// The facts of an account that is paid and of which nothing else is to be said.
    private static let plainFacts: [String] = {
        var paid = LoanFacts()
        paid.daysPastDue = .known(0)
        return [LoanFacts(), paid].map(\.json.stored)
    }()
}
