import Book
import Exchange
import Membership
import RiskStandard
import StrictJSON

/// One figure that a lender states of its book: of what, and in which currency.
struct FigureKey: Hashable, Comparable {
    /// What is counted (protocol/statement.md, "Against a supervisory return").
    enum Item: String, CaseIterable {
        case riskClass = "class"
        case subjects
        case hiddenAccounts = "hidden-accounts"
        case withheld
        case rejects
    }

    let item: Item
    /// The class, or a code; empty for a total.
    let name: String
    /// Empty for none.
    let currency: String

    static func < (left: FigureKey, right: FigureKey) -> Bool {
        (left.order, left.name, left.currency) < (right.order, right.name, right.currency)
    }

    /// Items in their order, classes best first.
    private var order: Int {
        let classes = RiskClass.allCases.count
        let place = Item.allCases.firstIndex(of: item) ?? 0
        let step = RiskClass(rawValue: name).flatMap(RiskClass.allCases.firstIndex) ?? 0
        return place * classes + step
    }
}

/// What is said of one of them.
struct Figure: Hashable {
    let count: Int
    /// In minor units; nil where there is no currency.
    let balance: Int64?
}

/// The figures of a statement that stands in a log.
struct StatedFigures {
    let member: MemberID
    /// The oldest as-of date over the parts, `YYYY-MM-DD`.
    let asOf: String
    let index: Int
    let isComplete: Bool
    let figures: [FigureKey: Figure]

    /// Reads a statement in its canonical form; nil when it is none.
    init?(_ bytes: [UInt8], at index: Int) {
        let limits = JSONLimits(documentBytesMax: LogStatement.bytesMax)
        guard let json = try? JSONValue(parsing: bytes, limits: limits),
            var reader = try? JSONObjectReader(json),
            let member = reader.optional("member")?.text.flatMap(MemberID.init),
            let asOf = reader.optional("bookAsOf")?.text,
            let isComplete = reader.optional("complete")?.bool,
            let subjects = reader.optional("subjects")?.integer,
            let hidden = reader.optional("hiddenAccounts")?.integer,
            let totals = reader.optional("totals")?.elements,
            let parts = reader.optional("parts")?.elements
        else { return nil }
        self.member = member
        self.asOf = asOf
        self.index = index
        self.isComplete = isComplete
        var figures: [FigureKey: Figure] = [:]
        for total in totals {
            guard let (key, figure) = Self.total(total) else { return nil }
            figures[key] = figure
        }
        let rejects = parts.map { part -> [(String, Int)] in
            var reader = try? JSONObjectReader(part)
            return Self.counts(reader?.optional("rejects"))
        }
        Self.add(rejects.flatMap(\.self), of: .rejects, to: &figures)
        Self.add(Self.counts(reader.optional("withheld")), of: .withheld, to: &figures)
        figures[FigureKey(item: .subjects, name: "", currency: "")] =
            Figure(count: subjects, balance: nil)
        figures[FigureKey(item: .hiddenAccounts, name: "", currency: "")] =
            Figure(count: hidden, balance: nil)
        self.figures = figures
    }

    private static func total(_ json: JSONValue) -> (FigureKey, Figure)? {
        guard var reader = try? JSONObjectReader(json),
            let name = reader.optional("class")?.text, let riskClass = RiskClass(rawValue: name),
            let count = reader.optional("accounts")?.integer,
            let balance = reader.optional("balance")?.text.flatMap({ Int64($0) })
        else { return nil }
        let currency = reader.optional("currency")?.text
        return (
            FigureKey(item: .riskClass, name: riskClass.rawValue, currency: currency ?? ""),
            Figure(count: count, balance: currency == nil ? nil : balance)
        )
    }

    private static func counts(_ json: JSONValue?) -> [(String, Int)] {
        guard case .object(let members)? = json else { return [] }
        return members.compactMap { member in member.value.integer.map { (member.name, $0) } }
    }

    /// Counts by code, and their total.
    private static func add(
        _ counts: [(String, Int)], of item: FigureKey.Item, to figures: inout [FigureKey: Figure]
    ) {
        for (name, count) in counts + [("", counts.reduce(0) { $0 + $1.1 })] {
            let key = FigureKey(item: item, name: name, currency: "")
            figures[key] = Figure(count: (figures[key]?.count ?? 0) + count, balance: nil)
        }
    }
}
