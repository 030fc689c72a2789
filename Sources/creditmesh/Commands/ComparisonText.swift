import Exchange
import RiskStandard
import StrictJSON

/// What `creditmesh book diff` says, for people and for programs.
struct ComparisonText {
    let member: String
    let from: CalendarDate
    let to: CalendarDate
    let comparison: BookComparison
    let language: SpokenLanguage

    func lines() -> [String] {
        let counts = table(BookComparison.Destination.allCases) { $0.accounts.description }
        return [summary()]
            + [language.say("Accounts, from class to class:", "账户数（分类迁徙）：")] + counts
            + [language.say("Of each row, percent of the accounts:", "占该行账户数百分比：")] + rates()
            + comparison.currencies.flatMap(balances)
    }

    private func summary() -> String {
        let sum = comparison
        let new = sum.new.values.reduce(0) { $0 + $1.accounts }
        let more = sum.newAndClosed
        return language.say(
            """
            \(member), \(from) to \(to): \(new) new (\(sum.reopened) reopened), \
            \(sum.closed.accounts) closed, \(sum.vanished.accounts) vanished, \
            \(sum.unchanged) in the same class, \(sum.worse) worse, \(sum.better) better; \
            \(more) came and were closed between the two
            """,
            """
            \(member)，\(from) 至 \(to)：新增 \(new)（其中恢复 \(sum.reopened)），\
            结清或终止 \(sum.closed.accounts)，未见 \(sum.vanished.accounts)，\
            分类不变 \(sum.unchanged)，下迁 \(sum.worse)，上迁 \(sum.better)；期间新增又结清 \(more)
            """)
    }

    /// Rows by class of the earlier day, then what is new, then what stands on the later day.
    private func table(
        _ columns: [BookComparison.Destination], _ cell: (AccountTally) -> String
    ) -> [String] {
        var table = TextTable()
        let all = language.say("all", "合计")
        table.add([language.say("from \\ to", "由 \\ 至")] + columns.map(title) + [all])
        for from in RiskClass.allCases {
            let cells = columns.map { comparison.moves[.init(from: from, to: $0)] }
            table.add(
                [title(.inClass(from))] + cells.map { $0.map(cell) ?? "-" }
                    + [cell(comparison.stood(in: from))])
        }
        for (name, row) in [
            (language.say("new", "新增"), comparison.new),
            (language.say("on the later day", "期末"), comparison.standing),
        ] {
            table.add([name] + RiskClass.allCases.map { row[$0].map(cell) ?? "-" })
        }
        return table.lines()
    }

    private func rates() -> [String] {
        var table = TextTable()
        let columns = BookComparison.Destination.allCases
        table.add([language.say("from \\ to", "由 \\ 至")] + columns.map(title))
        for from in RiskClass.allCases {
            let whole = comparison.stood(in: from).accounts
            table.add(
                [title(.inClass(from))]
                    + columns.map { to in
                        let part = comparison.moves[.init(from: from, to: to)]?.accounts
                        return part.map { Self.percent($0, of: whole) } ?? "-"
                    })
        }
        return table.lines()
    }

    private func balances(in currency: String) -> [String] {
        [language.say("Balances, \(currency):", "余额（\(currency)）：")]
            + table(BookComparison.Destination.allCases) { tally in
                tally.balances[currency].map { SurveyFinding.amount($0, currency) } ?? "-"
            }
    }

    /// One decimal, rounded half up; exact, since accounts are whole.
    private static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = (part * 2000 + whole) / (2 * whole)
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func title(_ destination: BookComparison.Destination) -> String {
        switch destination {
        case .inClass(.normal): language.say("normal", "正常")
        case .inClass(.specialMention): language.say("special-mention", "关注")
        case .inClass(.substandard): language.say("substandard", "次级")
        case .inClass(.doubtful): language.say("doubtful", "可疑")
        case .inClass(.loss): language.say("loss", "损失")
        case .closed: language.say("closed", "结清或终止")
        case .vanished: language.say("vanished", "未见")
        }
    }
}

extension ComparisonText {
    var json: JSONValue {
        [
            "member": .string(member), "from": .string(from.description),
            "to": .string(to.description), "unchanged": .integer(comparison.unchanged),
            "better": .integer(comparison.better), "worse": .integer(comparison.worse),
            "closed": comparison.closed.json, "vanished": comparison.vanished.json,
            "reopened": .integer(comparison.reopened),
            "newAndClosed": .integer(comparison.newAndClosed),
            "moves": .object(
                RiskClass.allCases.map { from in
                    JSONMember(
                        from.rawValue,
                        .object(
                            BookComparison.Destination.allCases.compactMap { to in
                                comparison.moves[.init(from: from, to: to)].map {
                                    JSONMember(to.word, $0.json)
                                }
                            }))
                }),
            "new": Self.json(comparison.new), "standing": Self.json(comparison.standing),
        ]
    }

    private static func json(_ row: [RiskClass: AccountTally]) -> JSONValue {
        .object(
            RiskClass.allCases.compactMap { riskClass in
                row[riskClass].map { JSONMember(riskClass.rawValue, $0.json) }
            })
    }
}

extension BookComparison.Destination {
    fileprivate var word: String {
        switch self {
        case .inClass(let riskClass): riskClass.rawValue
        case .closed: "closed"
        case .vanished: "vanished"
        }
    }
}

extension AccountTally {
    /// Balances in minor units; as a text, since a sum may be more than a JSON number holds.
    fileprivate var json: JSONValue {
        [
            "accounts": .integer(accounts),
            "balances": .object(
                balances.sorted { $0.key < $1.key }.map {
                    JSONMember($0.key, .string($0.value.description))
                }),
        ]
    }
}
