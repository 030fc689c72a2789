import StrictJSON

extension RepaymentAbility {
    /// The block as JSON (protocol/schemas/report.json).
    var json: JSONValue {
        [
            "lenders": .integer(lenders),
            "exposure": .array(exposure.map(Report.json)),
            "overdueShare": .array(
                overdueShare.map {
                    [
                        "currency": .string($0.currency),
                        "atLeastBasisPoints": .integer($0.atLeast),
                        "atMostBasisPoints": .integer($0.atMost),
                    ]
                }),
            "newAccounts": [
                "days30": .integer(newAccounts.days30), "days90": .integer(newAccounts.days90),
                "days365": .integer(newAccounts.days365),
            ],
            "hardInquiries": [
                "days30": .integer(inquiries.days30), "days90": .integer(inquiries.days90),
                "days365": .integer(inquiries.days365),
            ],
            "monthsSinceArrears": monthsSinceArrears.map(JSONValue.integer) ?? .null,
            "unknownMonths": .bool(hasUnknownMonths),
            "trend": .string(trend.rawValue),
        ]
    }
}
