import Book
import RiskStandard
import StrictJSON

/// Shows rows as they were understood, without telling who the borrower is.
enum RowText {
    /// The rows as a table.
    static func lines(_ rows: [BookRow]) -> [String] {
        rows.map { row in
            switch row {
            case .rejected(let reject): "  \(reject.line): \(reject.code): \(reject.reason)"
            case .record(let record):
                "  \(record.line): "
                    + cells(record).map { "\($0.name) \($0.text)" }.joined(separator: ", ")
            }
        }
    }

    /// A row as JSON, masked alike.
    static func json(_ row: BookRow) -> JSONValue {
        switch row {
        case .rejected(let reject):
            [
                "line": .integer(reject.line), "code": .string(reject.code),
                "reason": .string(reject.reason),
            ]
        case .record(let record):
            .object(
                [JSONMember("line", .integer(record.line))]
                    + cells(record).map { JSONMember($0.name, .string($0.text)) })
        }
    }

    /// The first three and the last two characters; of a short text less, so that something stays
    /// hidden.
    static func masked(_ text: String) -> String {
        switch text.count {
        case 8...: "\(text.prefix(3))…\(text.suffix(2))"
        case 2...: "\(text.prefix(1))…"
        default: "…"
        }
    }

    private static func cells(_ record: AccountRecord) -> [(name: String, text: String)] {
        let days: String =
            switch record.facts.daysPastDue {
            case .known(let days): "\(days)"
            case .unknown: "unknown"
            case .absent: "0"
            }
        let all: [(String, String?)] = [
            ("scheme", record.scheme), ("identifier", masked(record.identifier)),
            ("name", record.name.map(masked)), ("accountNumber", masked(record.accountNumber)),
            ("role", record.role.rawValue), ("kind", record.kind.rawValue),
            ("product", record.product), ("retail", "\(record.retail)"),
            ("status", record.status.rawValue),
            ("openedMonth", record.openedMonth.map { "\($0)" }),
            ("closedMonth", record.closedMonth.map { "\($0)" }), ("daysPastDue", days),
            ("overdue", amount(record.overdue)), ("balance", amount(record.balance)),
            ("limit", amount(record.limit)), ("monthlyDue", amount(record.monthlyDue)),
            ("ownClass", record.ownClass),
        ]
        return all.compactMap { name, text in text.map { (name, $0) } }
    }

    private static func amount(_ money: Money?) -> String? {
        money.map {
            "\(SurveyFinding.amount(Int128($0.minorUnits), $0.currency)) \($0.currency)"
        }
    }
}
