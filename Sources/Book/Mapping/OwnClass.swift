import RiskStandard

/// One of the lender's own classes and what it is in the standard's terms.
struct OwnClass: Sendable, Equatable {
    let text: String
    let riskClass: RiskClass

    /// The mapping's block `ownClasses`, without which there are none.
    static func all(_ node: MappingNode?) throws(MappingError) -> [OwnClass] {
        var classes: [OwnClass] = []
        for (text, value) in try node?.pairs() ?? [] {
            classes.append(OwnClass(text: text, riskClass: try value.term(RiskClass.self)))
        }
        return classes
    }
}

extension ColumnMapping {
    /// What a class of the lender's own is in the standard's terms, nil when nobody says. Without a
    /// block `ownClasses` the standard's own words count: `normal` to `loss`, 正常 to 损失.
    public func riskClass(ofOwn text: String) -> RiskClass? {
        if !ownClasses.isEmpty { return ownClasses.first { $0.text == text }?.riskClass }
        return RiskClass(rawValue: text) ?? Self.commonClasses[text]
    }

    /// The five classes as Chinese lenders write them.
    static let commonClasses: [String: RiskClass] = [
        "正常": .normal, "正常类": .normal, "关注": .specialMention, "关注类": .specialMention,
        "次级": .substandard, "次级类": .substandard, "可疑": .doubtful, "可疑类": .doubtful,
        "损失": .loss, "损失类": .loss,
    ]
}
