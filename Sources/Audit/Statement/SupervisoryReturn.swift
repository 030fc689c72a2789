import Book
import Exchange
import Membership
import RiskStandard

/// What lenders reported to their supervisor: a CSV file (protocol/statement.md, "Against a supervisory
/// return").
public struct SupervisoryReturn: Sendable {
    /// Which lender at which date.
    struct Key: Hashable, Comparable {
        let member: MemberID
        /// `YYYY-MM-DD`.
        let asOf: String

        static func < (left: Key, right: Key) -> Bool {
            (left.member, left.asOf) < (right.member, right.asOf)
        }
    }

    static let columns = ["member", "as_of", "item", "name", "currency", "count", "balance"]

    let figures: [Key: [FigureKey: Figure]]

    /// Reads the file.
    ///
    /// - Throws: `AuditFailure.file` with the line at fault; no value of it is repeated.
    public init(csv bytes: [UInt8], named name: String) throws(AuditFailure) {
        do throws(CSVFault) {
            let table = try CSVTable(bytes, columns: Self.columns)
            var figures: [Key: [FigureKey: Figure]] = [:]
            for row in table.rows {
                let (key, figure, value) = try Self.read(row.cells, line: row.line)
                guard figures[key, default: [:]].updateValue(value, forKey: figure) == nil else {
                    throw CSVFault(line: row.line, what: "says again what a line before says")
                }
            }
            self.figures = figures
        } catch {
            throw .file(name, "line \(error.line) \(error.what)")
        }
    }

    private static func read(
        _ cells: [String: String], line: Int
    ) throws(CSVFault) -> (Key, FigureKey, Figure) {
        let cell = { (name: String) in cells[name] ?? "" }
        guard let member = MemberID(cell("member")) else {
            throw CSVFault(line: line, what: "has no member's id")
        }
        guard let asOf = CalendarDate(cell("as_of")) else {
            throw CSVFault(line: line, what: "has no date YYYY-MM-DD in as_of")
        }
        guard let item = FigureKey.Item(rawValue: cell("item")) else {
            throw CSVFault(line: line, what: "has an item that is none of the list")
        }
        guard item != .riskClass || RiskClass(rawValue: cell("name")) != nil else {
            throw CSVFault(line: line, what: "has a class that is none of the five")
        }
        guard let count = Int(cell("count")), count >= 0 else {
            throw CSVFault(line: line, what: "has no count")
        }
        let balance = try balance(
            cell("balance"), currency: cell("currency"), isClass: item == .riskClass, line: line)
        return (
            Key(member: member, asOf: "\(asOf)"),
            FigureKey(item: item, name: cell("name"), currency: cell("currency")),
            Figure(count: count, balance: balance)
        )
    }

    /// An amount in the currency's major unit, `1234.5`, in minor units.
    private static func balance(
        _ text: String, currency: String, isClass: Bool, line: Int
    ) throws(CSVFault) -> Int64? {
        guard !currency.isEmpty else {
            guard text.isEmpty else {
                throw CSVFault(line: line, what: "has a balance without a currency")
            }
            return nil
        }
        guard isClass, let known = Currency(code: currency) else {
            throw CSVFault(line: line, what: "has a currency that cannot be")
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : ""
        guard (1...2).contains(parts.count), decimals.count <= known.exponent,
            parts.count == 1 || !decimals.isEmpty, let whole = parts.first,
            !whole.drop(while: { $0 == "-" }).isEmpty,
            whole.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }),
            decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let amount = Int64(
                whole + decimals
                    + String(repeating: "0", count: known.exponent - decimals.count))
        else { throw CSVFault(line: line, what: "has a balance that cannot be read") }
        return amount
    }
}
