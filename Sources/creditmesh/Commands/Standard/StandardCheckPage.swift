import Exchange
import RiskStandard
import StrictJSON

/// The result of a check, for people and for programs.
struct StandardCheckPage {
    let result: StandardCheckResult
    let standard: Standard
    let language: ReportLanguage

    private var isChinese: Bool { language == .chinese }

    /// Head, the classes side by side, and every row that is too good.
    func text(of file: String) -> String {
        ([head(of: file)] + table + tooGood + faults).joined(separator: "\n")
    }

    /// The same as JSON (protocol/standards/README.md, commands).
    var json: JSONValue {
        [
            "standard": .string(result.standard.description),
            "rows": .integer(result.rows),
            "classified": .integer(result.classified.count),
            "rejected": .integer(result.rejected),
            "unreadableOwnClasses": .integer(result.unreadable),
            "classes": counts(result.classes),
            "ownClasses": result.hasOwnClasses ? counts(result.ownClasses) : .null,
            "tooGood": .array(result.tooGood.map(json)),
            "faults": .array(
                result.faults.map {
                    [
                        "line": .integer($0.line), "code": .string($0.code),
                        "reason": .string($0.reason),
                    ]
                }),
        ]
    }

    private func json(_ row: StandardCheckResult.Row) -> JSONValue {
        [
            "line": .integer(row.line),
            "own": row.own.riskClass.map { .string($0.rawValue) } ?? .null,
            "class": .string(row.riskClass.rawValue),
            "decidedBy": .string(row.decidedBy.description),
            "atLeast": .bool(row.isAtLeast),
        ]
    }

    private func counts(_ counts: [RiskClass: Int]) -> JSONValue {
        .object(
            RiskClass.allCases.map { JSONMember($0.rawValue, .integer(counts[$0, default: 0])) })
    }

    private func head(of file: String) -> String {
        let (rows, classified) = (result.rows, result.classified.count)
        return isChinese
            ? "\(file)，按 \(result.standard)：\(rows) 行，\(classified) 行已分类，"
                + "\(result.rejected) 行无法分类"
            : "\(file) by \(result.standard): \(rows) rows, \(classified) classified, "
                + "\(result.rejected) not"
    }

    private var table: [String] {
        let words = DerivationText(standard: standard, language: language)
        let own = result.ownClasses
        return RiskClass.allCases.map { riskClass in
            let count = result.classes[riskClass, default: 0]
            let line = "  \(words.name(riskClass)): \(count)"
            guard result.hasOwnClasses else { return line }
            let theirs = own[riskClass, default: 0]
            return line + (isChinese ? "（机构自评 \(theirs)）" : " (the lender says \(theirs))")
        }
    }

    private var tooGood: [String] {
        guard result.hasOwnClasses else {
            return [isChinese ? "文件未提供机构自评分类" : "The file brings no classes of its own."]
        }
        let words = DerivationText(standard: standard, language: language)
        let rows = result.tooGood
        let head =
            isChinese
            ? "\(rows.count) 行的自评分类优于标准要求"
            : "\(rows.count) rows are classed better than the standard allows"
        let unreadable =
            isChinese
            ? "\(result.unreadable) 行的自评分类无法识别（映射的 ownClasses）"
            : "\(result.unreadable) rows have a class that the mapping's ownClasses does not name"
        return [head]
            + rows.map { row in
                let own = row.own.riskClass.map(words.name) ?? ""
                let place = isChinese ? "第 \(row.line) 行" : "line \(row.line)"
                return "  \(place): \(own) → \(words.name(row.riskClass)), \(row.decidedBy): "
                    + words.title(row.decidedBy)
            } + (result.unreadable > 0 ? [unreadable] : [])
    }

    private var faults: [String] {
        result.faults.map { fault in
            (isChinese ? "  第 \(fault.line) 行无法分类" : "  line \(fault.line) not classified")
                + ": \(fault.reason) [\(fault.code)]"
        }
    }
}
