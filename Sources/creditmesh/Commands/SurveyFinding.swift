import Book
import RiskStandard

/// A survey and what it was made of.
struct SurveyFinding {
    /// Where the mapping came from.
    enum Ground: String {
        case given, plain, proposed
    }

    let file: String
    let mapping: ColumnMapping
    let ground: Ground
    let asOf: CalendarDate
    let encoding: TextEncoding
    let columns: [String]
    let standard: Standard
    let survey: BookSurvey
    let unjudgedSchemes: [String]

    /// The file's columns that the mapping reads, in their order.
    var usedColumns: [String] { columns.filter(mapping.columnNames.contains) }
    /// Those that it passes over.
    var ignoredColumns: [String] {
        let names = mapping.columnNames
        return columns.filter { !names.contains($0) && !$0.isEmpty }
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
