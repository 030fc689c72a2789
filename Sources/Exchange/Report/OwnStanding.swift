import Book
import RiskStandard

/// What the class of one of the asker's own accounts must be, with everyone's facts.
public struct OwnStanding: Sendable, Equatable {
    /// Which account of the asker's own record, from 0.
    public let account: Int
    /// The class that the asker has it in by what itself knows.
    public let held: RiskClass
    /// The class with everyone's facts, and how it came about. While lenders are missing it is "at
    /// least" wherever they could make it worse.
    public let derivation: Derivation

    /// The class with everyone's facts.
    public var classification: Classification { derivation.classification }
    /// Whether the asker's class is too good by what others hold.
    public var mustFall: Bool { classification.riskClass > held }
}

extension Report {
    /// The asker's own accounts, each judged with all accounts of the subject that were received.
    ///
    /// An account that several members disclose under one reference counts once. By the report's
    /// standard, whatever standards the members publish by: the facts are the same.
    func standings(classes: DebtorClasses) -> [OwnStanding] {
        guard let own, let standard = StandardID(terms.standard).flatMap(classes.standards.standard)
        else { return [] }
        var accounts = own.debtorAccounts(institution: 0)
        guard accounts.count == own.accounts.count else { return [] }
        var seen = Set(own.accounts.map(\.reference))
        for (index, record) in records.enumerated() {
            let institution = index + 1
            let received = zip(
                record.summary.accounts,
                record.summary.debtorAccounts(institution: institution))
            accounts += received.filter { seen.insert($0.0.reference).inserted }.map(\.1)
            accounts += classes.hidden(of: record.summary, institution: institution)
        }
        let derivations = classes.derivations(accounts, standard, isComplete: isComplete)
        return zip(own.accounts, derivations).enumerated().compactMap { index, pair in
            pair.1.map { OwnStanding(account: index, held: pair.0.riskClass, derivation: $0) }
        }
    }
}
