import Exchange
import Foundation
import GRDB
import RiskStandard

/// Counts the accounts of a member by class and currency, each once, however many are parties to it.
struct ClassTally {
    private let db: Database
    private let pulled: PulledAccounts
    private let accounts: Statement
    private let rows: Statement

    init(_ db: Database, pulled: PulledAccounts) throws {
        self.db = db
        self.pulled = pulled
        accounts = try db.cachedStatement(sql: Self.accountsSQL)
        rows = try db.cachedStatement(sql: Self.rowsSQL)
    }

    /// The totals, best class first.
    func totals(of member: Int64) throws -> [ClassTotal] {
        var sums: [Place: Sum] = [:]
        let found = try Row.fetchCursor(accounts, arguments: [member])
        while let row = try found.next() {
            var columns = ColumnReader(row)
            var account = try Account(&columns)
            let reference: Data = try columns.take()
            if try columns.take() as Int > 1 {
                guard let whole = try merged(reference, of: member, at: account.id)
                else { continue }
                account = whole
            }
            try add(account, to: &sums)
        }
        return sums.map { place, sum in
            ClassTotal(
                riskClass: place.riskClass, currency: place.currency, accounts: sum.accounts,
                balance: sum.balance)
        }.sorted { left, right in
            (left.riskClass, left.currency ?? "") < (right.riskClass, right.currency ?? "")
        }
    }
}

extension ClassTally {
    private struct Place: Hashable {
        let riskClass: RiskClass
        let currency: String?
    }

    private struct Sum {
        var accounts = 0
        var balance: Int64 = 0
    }

    /// What counts of an account, for one of its parties.
    private struct Account {
        let id: Int64
        var riskClass: RiskClass
        var currency: String?
        var balance: Int64?

        init(_ columns: inout ColumnReader) throws {
            id = try columns.take()
            riskClass = try columns.take(RiskClass.init(rawValue:))
            currency = try columns.take()
            balance = try columns.take()
        }
    }

    private func add(_ account: Account, to sums: inout [Place: Sum]) throws {
        let riskClass = max(account.riskClass, pulled.riskClass(of: account.id) ?? .normal)
        let place = Place(riskClass: riskClass, currency: account.currency)
        var sum = sums[place] ?? Sum()
        sum.accounts += 1
        let (balance, overflows) = sum.balance.addingReportingOverflow(account.balance ?? 0)
        guard !overflows else {
            throw StoreError.failed(
                code: Int(ResultCode.SQLITE_TOOBIG.rawValue),
                message: "balances of one class add up to more than 64 bits hold")
        }
        sum.balance = balance
        sums[place] = sum
    }

    /// An account over all its parties; nil but for the party of the lowest number, at which it is
    /// counted.
    private func merged(
        _ reference: Data, of member: Int64, at id: Int64
    ) throws -> Account? {
        var whole: Account?
        let found = try Row.fetchCursor(rows, arguments: [reference, member])
        while let row = try found.next() {
            var columns = ColumnReader(row)
            var party = try Account(&columns)
            party.riskClass = max(party.riskClass, pulled.riskClass(of: party.id) ?? .normal)
            guard var known = whole else {
                guard party.id == id else { return nil }
                whole = party
                continue
            }
            known.riskClass = max(known.riskClass, party.riskClass)
            if let balance = party.balance, balance > known.balance ?? .min {
                known.balance = balance
                known.currency = party.currency
            }
            whole = known
        }
        return whole
    }

    private static let members = "(SELECT id FROM part WHERE memberID = ?)"

    private static let accountsSQL = """
        SELECT id, riskClass, balanceCurrency, balance, reference,
            (SELECT count(*) FROM account AS other WHERE other.reference = account.reference)
        FROM account WHERE partID IN \(members)
        """

    private static let rowsSQL = """
        SELECT id, riskClass, balanceCurrency, balance
        FROM account WHERE reference = ? AND +partID IN \(members) ORDER BY id
        """
}
