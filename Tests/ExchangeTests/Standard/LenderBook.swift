import Book
import RiskStandard

/// A lender's file with the lender's own classes, of a thousand loans of which twelve are classed
/// better than cn-2023@1 allows.
struct LenderBook {
    /// One row.
    struct Row {
        var debtor: String
        var isRetail = true
        var days = 0
        var balance = 1_000
        var own: String
        /// Further columns by name.
        var facts: [String: String] = [:]
    }

    private static let factColumns = [
        "creditImpaired", "expectedLossBasisPoints", "liquidation", "restructuredOn",
        "firstPaymentOn", "wasNonPerforming", "arrearsClearedOn", "periodsPaid", "ableToPerform",
    ]

    static let rowsCount = 1_000

    private(set) var rows: [Row] = []
    /// The lines of the planted rows with the rule that each breaks.
    private(set) var planted: [Int: String] = [:]

    /// Rows that say what the standard says, or worse, with the planted ones between them.
    init() {
        let plan = Self.plan
        let honest = Self.rowsCount - plan.reduce(0) { $0 + $1.rows.count }
        for index in 0..<honest {
            rows.append(Self.honest(index))
            guard index % 70 == 35, index / 70 < plan.count else { continue }
            for (row, rule) in plan[index / 70].rows {
                rows.append(row)
                // Line 1 is the header.
                if let rule { planted[rows.count + 1] = rule }
            }
        }
    }

    /// The file, plain layout.
    var csv: String {
        let header =
            "scheme,identifier,accountNumber,role,kind,product,retail,status,currency,balance,"
            + "ownClass,daysPastDue," + Self.factColumns.joined(separator: ",")
        let lines = rows.enumerated().map { index, row in
            let facts = Self.factColumns.map { row.facts[$0] ?? "" }.joined(separator: ",")
            return
                "demo,\(row.debtor),A-\(index),borrower,instalment,loan,\(row.isRetail),open,CNY,"
                + "\(row.balance),\(row.own),\(row.days),\(facts)"
        }
        return ([header] + lines).joined(separator: "\n") + "\n"
    }

    func reader() throws -> BookReader {
        try BookReader(
            mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(csv.utf8)),
            asOf: CalendarDate("2026-10-31"))
    }

    private static func honest(_ index: Int) -> Row {
        let cases: [(days: Int, own: String)] = [
            (0, "正常"), (0, "normal"), (5, "关注"), (90, "special-mention"), (91, "次级"),
            (271, "可疑"), (400, "损失"), (0, "关注"), (30, "次级"),
        ]
        let found = cases[index % cases.count]
        return Row(debtor: "H-\(index)", days: found.days, own: found.own)
    }

    private typealias Debtor = (rows: [(Row, rule: String?)], ())

    /// Twelve debtors, each with one row that is too good; nil beside those that are not.
    private static var plan: [Debtor] {
        func one(_ row: Row, _ rule: String) -> Debtor { ([(row, rule)], ()) }
        func firm(_ name: String, _ days: Int, _ balance: Int, _ own: String) -> Row {
            Row(debtor: name, isRetail: false, days: days, balance: balance, own: own)
        }
        return [
            one(Row(debtor: "P-1", days: 91, own: "正常"), "11.1"),
            one(Row(debtor: "P-2", days: 1, own: "normal"), "10.1"),
            one(Row(debtor: "P-3", days: 271, own: "次级"), "12"),
            one(Row(debtor: "P-4", days: 361, own: "doubtful"), "13"),
            one(Row(debtor: "P-5", own: "关注", facts: ["creditImpaired": "yes"]), "11.2"),
            one(
                Row(
                    debtor: "P-6", own: "可疑",
                    facts: ["creditImpaired": "yes", "expectedLossBasisPoints": "9000"]), "13"),
            // More than a tenth of what the firm owes is non-performing.
            (
                [
                    (firm("P-7", 0, 8_999, "关注"), "7"), (firm("P-7", 91, 1_001, "次级"), nil),
                ], ()
            ),
            // A tenth exactly.
            (
                [
                    (firm("P-8", 91, 1_000, "次级"), nil), (firm("P-8", 0, 9_000, "正常"), "10.4"),
                ], ()
            ),
            one(
                Row(
                    debtor: "P-9", own: "正常",
                    facts: ["restructuredOn": "2026-01-10", "firstPaymentOn": "2026-02-01"]), "21"),
            one(
                Row(
                    debtor: "P-10", isRetail: false, own: "关注",
                    facts: [
                        "wasNonPerforming": "yes", "arrearsClearedOn": "2026-05-01",
                        "periodsPaid": "6", "ableToPerform": "yes",
                    ]), "14.1"),
            one(Row(debtor: "P-11", own: "可疑", facts: ["liquidation": "yes"]), "13"),
            // The lender itself calls the other loan a loss.
            (
                [
                    (firm("P-12", 0, 500, "损失"), nil), (firm("P-12", 0, 500, "正常"), "7"),
                ], ()
            ),
        ]
    }
}
