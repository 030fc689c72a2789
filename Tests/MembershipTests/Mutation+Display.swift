import StrictJSON

@testable import Membership

extension Mutation {
    /// Values of the charter's notices and display rules that break a rule by themselves.
    static let display =
        [
            Mutation(
                "charter.negativeNotice", .set(.string("no")),
                .choice(["required", "not-required"])),
            Mutation(
                "charter.displayRules", .grow(to: Charter.displayRulesMax + 1),
                .count(0...Charter.displayRulesMax)),
            Mutation(
                "charter.displayRules", .grow(to: 2), .duplicate, at: "charter.displayRules[1].id"),
            Mutation(
                "\(rule).id", .set(.string("Repair")), .pattern("[a-z0-9-]{2,40}")),
            Mutation("\(rule).effect", .set(.string("delete")), .choice(["hide"])),
            Mutation("\(rule).subjects", .set(.string("none")), .choice(["persons", "all"])),
            Mutation("\(rule).event.to", .set(.string("2019-12-31")), .beforeBeginning),
            Mutation("\(rule).repaidBy", .set(.string("2019-12-31")), .beforeBeginning),
            Mutation("\(rule).amountMax.currency", .set(.string("cny")), .pattern("[A-Z]{3}")),
            Mutation("\(rule).amountMax.currency", .set(.string("CNYX")), .pattern("[A-Z]{3}")),
            Mutation(
                "\(rule).amountMax.amount", .set(.integer(-1)), .range(0...JSONLimits.integerMax)),
        ]
        + ["event.from", "event.to", "repaidBy", "effectiveFrom"].flatMap { place in
            noDays.map { Mutation("\(rule).\(place)", .set(.string($0)), .day) }
        }

    private static let rule = "charter.displayRules[0]"
    private static let noDays = [
        "2025-02-29", "2025-13-01", "2025-04-31", "2025-1-01", "2025/01/01", "1899-12-31",
        "3000-01-01", "2025-01-00", "+025-01-01", "",
    ]
}
