import Book
import Exchange
import StrictJSON

extension StatementResult {
    /// The result as JSON.
    public var json: JSONValue {
        [
            "node": .string(node.description),
            "compared": .integer(compared),
            "differenceCount": .integer(differences.count),
            "differences": .array(differences.map(\.json)),
            "unreadable": .array(unreadable.map(JSONValue.integer)),
            "notReturned": .array(notReturned.map(JSONValue.string)),
        ]
    }
}

extension StatementDifference {
    var json: JSONValue {
        .members([
            "code": .string(code.rawValue),
            "member": .string(key.member.description),
            "asOf": .string(key.asOf),
            "item": .string(figure.item.rawValue),
            "name": .string(figure.name),
            "currency": .string(figure.currency),
            "stated": stated.map(Self.json),
            "returned": returned.map(Self.json),
            "index": index.map(JSONValue.integer),
        ])
    }

    private static func json(_ figure: Figure) -> JSONValue {
        .members([
            "count": .integer(figure.count),
            "balance": figure.balance.map { .string("\($0)") },
        ])
    }
}

extension AuditText {
    /// A comparison of a lender's statements with its return.
    public func text(of result: StatementResult) -> String {
        var lines = [
            say(
                "Statements of \(result.node) that were compared: \(result.compared)",
                "已比对 \(result.node) 的报表声明：\(result.compared) 份")
        ]
        lines += result.differences.map(line)
        if !result.unreadable.isEmpty {
            let places = result.unreadable.map { "#\($0)" }.joined(separator: " ")
            lines.append(
                say("Not in the log as a whole: \(places)", "日志中没有全文的声明：\(places)"))
        }
        if !result.notReturned.isEmpty {
            let names = result.notReturned.joined(separator: ", ")
            lines.append(
                say("In the log, and not in the return: \(names)", "日志中有而报表中没有：\(names)"))
        }
        if result.differences.isEmpty {
            lines.append(say("No figure differs.", "数字一致。"))
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ difference: StatementDifference) -> String {
        let (figure, key) = (difference.figure, difference.key)
        let place = difference.index.map { " (#\($0))" } ?? ""
        let head = "[\(difference.code.rawValue)] \(key.member) \(key.asOf)\(place)"
        guard difference.code != .noStatement else {
            return head + ": "
                + say("no statement of this date is in the log", "日志中没有该日期的声明")
        }
        let name = [figure.item.rawValue, figure.name, figure.currency].filter { !$0.isEmpty }
            .joined(separator: " ")
        let stated = written(difference.stated, figure.currency)
        let returned = written(difference.returned, figure.currency)
        return head + " \(name): "
            + say("published \(stated), returned \(returned)", "公布 \(stated)，报送 \(returned)")
    }

    private func written(_ figure: Figure?, _ currency: String) -> String {
        guard let figure else { return say("nothing", "无") }
        guard let balance = figure.balance, let known = Currency(code: currency) else {
            return "\(figure.count)"
        }
        return "\(figure.count) / \(Self.decimal(balance, known.exponent)) \(currency)"
    }

    /// Minor units as a decimal number.
    private static func decimal(_ amount: Int64, _ exponent: Int) -> String {
        guard exponent > 0 else { return "\(amount)" }
        let digits = "\(amount.magnitude)"
        let filled = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        return (amount < 0 ? "-" : "") + filled.dropLast(exponent) + "." + filled.suffix(exponent)
    }
}
