import Book
import RiskStandard
import StrictJSON

/// Writes a survey for programs.
enum SurveyJSON {
    static func value(_ finding: SurveyFinding) -> JSONValue {
        let survey = finding.survey
        return [
            "file": .string(finding.file), "encoding": .string(finding.result.encoding.rawValue),
            "delimiter": .string(String(Character(Unicode.Scalar(finding.mapping.delimiter)))),
            "mapping": .string(finding.mapping.name),
            "mappingFrom": .string(finding.result.ground.rawValue),
            "asOf": .string("\(finding.result.asOf)"),
            "standard": .string("\(finding.standard.id)"),
            "columnsRead": .array(finding.usedColumns.map(JSONValue.string)),
            "columnsNotRead": .array(finding.ignoredColumns.map(JSONValue.string)),
            "rows": .integer(survey.counts.rows), "accounts": .integer(survey.accounts),
            "skipped": .integer(survey.counts.skipped),
            "superseded": .integer(survey.counts.superseded),
            "rejected": .integer(survey.rejected),
            "rejects": .array(finding.rejects.map(reject)),
            "classes": .array(classes(finding)), "atLeast": .integer(survey.atLeast),
            "tooGood": [
                "count": .integer(survey.tooGoodCount),
                "first": .array(survey.tooGood.map(tooGood)),
            ],
            "damagedIdentifiers": [
                "count": .integer(survey.damage.damaged), "rows": .integer(survey.damage.rows),
                "refused": .bool(survey.damage.refusesFile),
            ],
            "unjudgedSchemes": .array(finding.result.unjudgedSchemes.map(JSONValue.string)),
            "lookedForAllDoubles": .bool(survey.sawAllDoubles),
        ]
    }

    private static func reject(_ code: String, _ group: BookSurvey.RejectGroup) -> JSONValue {
        let mend = RejectMend(code: code)
        return [
            "code": .string(code), "count": .integer(group.count),
            "mend": .string(mend.english), "mendZh": .string(mend.chinese),
            "first": .array(
                group.places.map {
                    .members([
                        "line": .integer($0.line), "column": $0.column.map(JSONValue.string),
                    ])
                }),
        ]
    }

    private static func classes(_ finding: SurveyFinding) -> [JSONValue] {
        finding.ownClasses.flatMap { own in
            RiskClass.allCases.compactMap { riskClass -> JSONValue? in
                guard let sum = finding.sum(own, riskClass) else { return nil }
                let known = own.flatMap(finding.mapping.riskClass(ofOwn:))
                let balances = sum.balances.sorted { $0.key < $1.key }.map { currency, units in
                    JSONMember(currency, .string(SurveyFinding.amount(units, currency)))
                }
                return .members([
                    "own": own.map(JSONValue.string),
                    "ownClass": known.map { .string($0.rawValue) },
                    "class": .string(riskClass.rawValue), "count": .integer(sum.count),
                    "balances": .object(balances),
                ])
            }
        }
    }

    private static func tooGood(_ row: BookSurvey.TooGood) -> JSONValue {
        [
            "line": .integer(row.line), "ownClass": .string(row.own.rawValue),
            "class": .string(row.riskClass.rawValue), "rule": .string("\(row.rule)"),
        ]
    }
}
