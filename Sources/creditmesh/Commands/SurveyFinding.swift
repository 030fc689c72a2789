import Book
import Exchange
import RiskStandard

/// The result of checking a file, as text and JSON show it.
struct SurveyFinding {
    let file: String
    let standard: Standard
    let result: BookCheckResult

    var mapping: ColumnMapping { result.mapping }
    var survey: BookSurvey { result.survey }

    /// The file's columns that the mapping reads, in their order.
    var usedColumns: [String] { result.columns.filter(mapping.columnNames.contains) }
    /// Those that it passes over.
    var ignoredColumns: [String] {
        let names = mapping.columnNames
        return result.columns.filter { !names.contains($0) && !$0.isEmpty }
    }

    /// Rejects, the most frequent first.
    var rejects: [(code: String, group: BookSurvey.RejectGroup)] {
        survey.rejects.map { (code: $0.key, group: $0.value) }
            .sorted { ($1.group.count, $0.code) < ($0.group.count, $1.code) }
    }

    /// The lender's own classes, best first, those of unknown meaning and none at the end.
    var ownClasses: [String?] {
        let all = Set(survey.classes.keys.map(\.own))
        let rank = { (own: String?) -> (Int, String) in
            guard let own else { return (9, "") }
            let known = mapping.riskClass(ofOwn: own).flatMap(RiskClass.allCases.firstIndex)
            return (known ?? 8, own)
        }
        return all.sorted { rank($0) < rank($1) }
    }

    /// The accounts of one own class in one class of the standard.
    func sum(_ own: String?, _ riskClass: RiskClass) -> BookSurvey.Sum? {
        survey.classes[BookSurvey.ClassPair(own: own, riskClass: riskClass)]
    }

    /// An amount in the currency's own unit: 1234.56.
    static func amount(_ minorUnits: Int128, _ currency: String) -> String {
        let decimals = Currency(code: currency)?.exponent ?? 0
        let digits = String(minorUnits)
        guard decimals > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
