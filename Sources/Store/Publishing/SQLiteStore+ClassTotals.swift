import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// The accounts of one member by class and currency, as one state of the store.
    ///
    /// Memory does not grow with the book: debtors are judged one at a time, of the accounts that
    /// they pull down a bit each is kept, and every account is counted where it is first met.
    public func classTotals(
        of member: MemberID, judged: @escaping @Sendable ([HeldAccount]) -> [HeldAccount]
    ) async throws -> [ClassTotal] {
        try await read { db in
            guard let id = try MemberTable.find(member, db) else { return [] }
            var pulled = PulledAccounts()
            let debtors = try DebtorReader(db)
            try debtors.each(of: id) { ids, accounts in
                for (id, (own, found)) in zip(ids, zip(accounts, judged(accounts)))
                where found.riskClass > own.riskClass {
                    pulled.insert(id, found.riskClass)
                }
            }
            return try ClassTally(db, pulled: pulled).totals(of: id)
        }
    }
}
