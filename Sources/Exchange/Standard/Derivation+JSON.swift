import RiskStandard
import StrictJSON

extension Classification {
    /// The result as JSON (protocol/schemas/derivation.json).
    public var json: JSONValue {
        [
            "class": .string(riskClass.rawValue),
            "decidedBy": .string(decidedBy.description),
            "atLeast": .bool(isAtLeast),
            "couldBe": .string(couldBe.rawValue),
            "observation": .text(observation?.rawValue),
            "watch": .array(watch.map { .string($0.description) }),
            "floors": .array(
                floors.map {
                    [
                        "rule": .string($0.rule.description),
                        "class": .string($0.riskClass.rawValue),
                    ]
                }),
        ]
    }
}

extension Derivation {
    /// The result and every rule as JSON (protocol/schemas/derivation.json).
    public var json: JSONValue {
        guard case .object(let members) = classification.json else { return .null }
        return .object(members + [JSONMember("rules", .array(steps.map(\.json)))])
    }
}

extension DerivationStep {
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule.id.description),
            "class": .string(rule.riskClass.rawValue),
            "title": .string(rule.title),
            "titleZh": .string(rule.titleZh),
            "outcome": .string(outcome.rawValue),
            "inputs": .array(inputs.map(\.json)),
        ]
    }
}

extension DerivationInput {
    fileprivate var json: JSONValue {
        switch self {
        case .fact(let name, let value): Self.object(name, value, [])
        case .months(let name, let value, let age):
            Self.object(name, value, [JSONMember("monthsAgo", age.map(JSONValue.integer) ?? .null)])
        case .days(let name, let value, let age):
            Self.object(name, value, [JSONMember("daysAgo", age.map(JSONValue.integer) ?? .null)])
        case .segment(let segment): ["segment": .string(segment.rawValue)]
        case .other(let part, let isAtAll, let holds):
            [
                "debtorHas": .string(part.word), "at": .string(DerivedShare.place(isAtAll)),
                "holds": .string(holds.rawValue),
            ]
        case .share(let share): share.json
        }
    }

    /// A fact that is not stated has no value; null would say that it is unknown.
    private static func object(
        _ name: LoanFacts.Name, _ value: FactValue?, _ more: [JSONMember]
    ) -> JSONValue {
        let stated = value.map { [JSONMember("value", $0.json)] } ?? []
        return .object([JSONMember("fact", .string(name.rawValue))] + stated + more)
    }
}

extension DerivedShare {
    fileprivate var json: JSONValue {
        [
            "debtorShare": .string(part.word), "at": .string(Self.place(isAtAllInstitutions)),
            "overBasisPoints": .integer(overBasisPoints),
            "holds": .string(isExceeded.rawValue),
            "amounts": .array(amounts.map(\.json)),
        ]
    }

    fileprivate static func place(_ isAtAll: Bool) -> String {
        isAtAll ? "all-institutions" : "institution"
    }
}

extension DerivedShare.Part {
    fileprivate var word: String {
        switch self {
        case .nonPerforming: "non-performing"
        case .overdue(let days): "overdue-more-than-\(days)"
        case .creditImpaired: "credit-impaired"
        }
    }
}

extension DerivedShare.Amounts {
    /// Amounts beyond what JSON can carry are as good as open.
    fileprivate var json: JSONValue {
        func integer(_ amount: Int64) -> JSONValue {
            .integer(Int(min(amount, Int64(JSONLimits.integerMax))))
        }
        func bound(_ amount: Int64?) -> JSONValue {
            amount.flatMap { $0 > Int64(JSONLimits.integerMax) ? nil : integer($0) } ?? .null
        }
        return [
            "currency": .string(currency.description),
            "partAtLeast": integer(partAtLeast), "partAtMost": bound(partAtMost),
            "restAtLeast": integer(restAtLeast), "restAtMost": bound(restAtMost),
        ]
    }
}

extension FactValue {
    /// The value on the wire.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .date(let value): .string(value.description)
        }
    }
}
