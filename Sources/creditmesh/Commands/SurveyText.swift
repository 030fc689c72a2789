import Book
import RiskStandard

/// Writes a survey for people.
struct SurveyText {
    let finding: SurveyFinding
    let language: SpokenLanguage

    private var survey: BookSurvey { finding.survey }

    func lines() -> [String] {
        file() + counts() + rejects() + classes() + tooGood() + notes()
    }

    private func file() -> [String] {
        let encoding = finding.result.encoding == .utf8 ? "UTF-8" : "GB 18030"
        let byte = finding.mapping.delimiter
        let delimiter = byte == 0x09 ? "tab" : "'\(Character(Unicode.Scalar(byte)))'"
        let ground =
            switch finding.result.ground {
            case .given: language.say("given", "指定")
            case .plain:
                language.say("none given; the headers are those of the plain layout", "未指定；表头即标准格式")
            case .proposed:
                language.say(
                    "none given; proposed from the headers, see 'creditmesh book map' and check it",
                    "未指定；按表头自动推定，请用 creditmesh book map 查看并核对")
            }
        return [
            "\(finding.file): \(encoding), \(language.say("separated by", "分隔符")) \(delimiter)",
            "  \(language.say("mapping", "映射")): \(finding.mapping.name) (\(ground))",
            "  \(language.say("as of", "截止日期")): \(finding.result.asOf)",
            "  \(language.say("columns read", "已读取的列")): \(finding.usedColumns.joined(separator: ", "))",
            "  \(language.say("not read", "未读取的列")): "
                + (finding.ignoredColumns.isEmpty
                    ? language.say("none", "无") : finding.ignoredColumns.joined(separator: ", ")),
        ]
    }

    private func counts() -> [String] {
        [
            language.say(
                "\(survey.counts.rows) rows: \(survey.accounts) accounts, "
                    + "\(survey.counts.skipped) left out by the mapping, "
                    + "\(survey.rejected) rejected",
                "共 \(survey.counts.rows) 行：账户 \(survey.accounts) 个，按映射略过 "
                    + "\(survey.counts.skipped) 行，拒绝 \(survey.rejected) 行")
        ]
    }

    private func rejects() -> [String] {
        finding.rejects.flatMap { code, group -> [String] in
            let places = group.places.map { place in
                language.say("line \(place.line)", "第 \(place.line) 行")
                    + (place.column.map { " (\($0))" } ?? "")
            }
            let more = group.count > group.places.count ? ", …" : ""
            let mend = RejectMend(code: code)
            return [
                "  \(code) \(group.count): \(places.joined(separator: ", "))\(more)",
                "    \(language.say(mend.english, mend.chinese))",
            ]
        }
    }

    private func classes() -> [String] {
        guard survey.accounts > 0 else { return [] }
        var counts = TextTable()
        counts.add([language.say("own class", "自有分类")] + finding.standard.classes.map(title))
        for own in finding.ownClasses {
            let cells = RiskClass.allCases.map { finding.sum(own, $0)?.count ?? 0 }
            counts.add([name(of: own)] + cells.map { $0 == 0 ? "-" : "\($0)" })
        }
        let totals = RiskClass.allCases.map { riskClass in
            finding.ownClasses.reduce(0) { $0 + (finding.sum($1, riskClass)?.count ?? 0) }
        }
        counts.add([language.say("all", "合计")] + totals.map { "\($0)" })
        return [language.say("Accounts by class:", "账户数（按分类）：")] + counts.lines() + balances()
    }

    private func balances() -> [String] {
        let currencies = Set(survey.classes.values.flatMap(\.balances.keys)).sorted()
        return currencies.flatMap { currency -> [String] in
            var table = TextTable()
            table.add(
                [language.say("own class", "自有分类")] + finding.standard.classes.map(title))
            for own in finding.ownClasses {
                let cells = RiskClass.allCases.map { riskClass in
                    finding.sum(own, riskClass)?.balances[currency].map {
                        SurveyFinding.amount($0, currency)
                    } ?? "-"
                }
                table.add([name(of: own)] + cells)
            }
            return [language.say("Balances by class, \(currency):", "余额（按分类，\(currency)）：")]
                + table.lines()
        }
    }

    private func tooGood() -> [String] {
        guard survey.tooGoodCount > 0 else { return [] }
        let head = language.say(
            "\(survey.tooGoodCount) rows are classed better than \(finding.standard.id) allows:",
            "有 \(survey.tooGoodCount) 行的自有分类优于 \(finding.standard.id) 所允许的分类：")
        return [head]
            + survey.tooGood.map { row in
                language.say(
                    "  line \(row.line): \(title(row.own)), at least \(title(row.riskClass)) by "
                        + "\(row.rule)",
                    "  第 \(row.line) 行：\(title(row.own))，按 \(row.rule) 至少为 \(title(row.riskClass))")
            } + (survey.tooGoodCount > survey.tooGood.count ? ["  …"] : [])
    }

    private func notes() -> [String] {
        var notes: [String] = []
        if survey.atLeast > 0 {
            notes.append(
                language.say(
                    "Of \(survey.atLeast) accounts a fact is not known: their class may be worse.",
                    "有 \(survey.atLeast) 个账户的部分事实未知，其分类可能更差。"))
        }
        let unknown = finding.ownClasses.compactMap(\.self).filter {
            finding.mapping.riskClass(ofOwn: $0) == nil
        }
        if !unknown.isEmpty {
            notes.append(
                language.say(
                    "Not compared, as 'ownClasses' of the mapping lacks them: ",
                    "未对照（映射的 ownClasses 未列）：") + unknown.joined(separator: ", "))
        }
        if !finding.result.unjudgedSchemes.isEmpty {
            notes.append(
                language.say(
                    "Identifiers of these schemes were not judged, a charter knows them (--home): ",
                    "以下证件类型只有章程知道，未作校验（--home）：")
                    + finding.result.unjudgedSchemes.joined(separator: ", "))
        }
        if !survey.sawAllDoubles {
            notes.append(
                language.say(
                    "Doubles were looked for among the first accounts only.", "仅在前面部分账户中查找重复。"))
        }
        return notes
    }

    private func name(of own: String?) -> String {
        guard let own else { return language.say("(none)", "（无）") }
        return finding.mapping.riskClass(ofOwn: own).map { "\(own) = \(title($0))" } ?? own
    }

    private func title(_ riskClass: RiskClass) -> String {
        finding.standard.classes.first { $0.riskClass == riskClass }.map(title)
            ?? riskClass.rawValue
    }

    private func title(_ title: ClassTitle) -> String {
        language.say(title.title, title.titleZh)
    }
}
