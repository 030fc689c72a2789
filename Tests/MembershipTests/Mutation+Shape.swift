@testable import Membership

extension Mutation {
    /// Where the sample has objects.
    static let objects = [
        "", "charter", "charter.schemes[0]", "charter.quotas", "charter.intervals",
        "charter.withdrawal", "charter.withdrawal.consent", "charter.withdrawal.legal-duty",
        "charter.retention", "nodes[0]", "nodes[0].answerKeys[0]", "nodes[0].voprfKeys[0]",
        "nodes[0].log", "members[0]", "members[0].requestKeys[0]", "members[2].openingKeys[0]",
        "witnesses[0]", "charter.displayRules[0]", "charter.displayRules[0].event",
        "charter.displayRules[0].amountMax",
    ]

    /// Where the sample has members that must be there, with their kinds.
    static let requiredKinds: [(String, JSONKind)] = [
        ("version", .integer), ("consortium", .string), ("charter", .object), ("nodes", .array),
        ("members", .array), ("charter.name", .string), ("charter.standard", .string),
        ("charter.scope", .string), ("charter.schemes", .array), ("charter.purposes", .array),
        ("charter.nameCheck", .string), ("charter.masking", .string),
        ("charter.witnessQuorum", .integer), ("charter.quotas", .object),
        ("charter.intervals", .object), ("charter.withdrawal", .object),
        ("charter.retention", .object), ("charter.schemes[0].scheme", .string),
        ("charter.quotas.elementsPerMemberDay", .integer),
        ("charter.quotas.elementsPerNodeDay", .integer),
        ("charter.intervals.manifestMaxAgeHardSeconds", .integer),
        ("charter.intervals.manifestMaxAgeSoftSeconds", .integer),
        ("charter.intervals.filterAdditionsSeconds", .integer),
        ("charter.intervals.bookMaxAgeDays", .integer),
        ("charter.withdrawal.consent", .object), ("charter.withdrawal.legal-duty", .object),
        ("charter.withdrawal.consent.unpaid", .string),
        ("charter.withdrawal.legal-duty.settled", .string),
        ("charter.retention.negativeYears", .integer),
        ("charter.retention.settledMonths", .integer),
        ("charter.retention.inquiryMonths", .integer),
        ("charter.retention.evidenceMonths", .integer),
        ("charter.retention.filterDays", .integer),
        ("charter.retention.pseudonymKeyMonths", .integer), ("nodes[0].id", .string),
        ("nodes[0].operator", .string), ("nodes[0].endpoint", .string),
        ("nodes[0].status", .string), ("nodes[0].answerKeys[0].keyid", .string),
        ("nodes[0].answerKeys[0].publicKey", .string), ("nodes[0].voprfKeys[0].kid", .string),
        ("nodes[0].voprfKeys[0].state", .string),
        ("nodes[0].voprfKeys[0].publicKey", .string), ("nodes[0].log.origin", .string),
        ("nodes[0].log.vkeys", .array), ("members[0].id", .string),
        ("members[0].legalName", .string), ("members[0].node", .string),
        ("members[0].role", .string), ("members[0].status", .string),
        ("members[0].requestKeys[0].keyid", .string), ("members[2].openingKeys[0].kid", .string),
        ("members[2].openingKeys[0].month", .string),
        ("members[2].openingKeys[0].publicKey", .string), ("witnesses[0].name", .string),
        ("witnesses[0].vkey", .string), ("witnesses[0].url", .string),
        ("witnesses[0].operator", .string), ("charter.displayRules[0].id", .string),
        ("charter.displayRules[0].effect", .string),
        ("charter.displayRules[0].subjects", .string),
        ("charter.displayRules[0].event", .object),
        ("charter.displayRules[0].event.from", .string),
        ("charter.displayRules[0].event.to", .string),
        ("charter.displayRules[0].amountMax", .object),
        ("charter.displayRules[0].amountMax.amount", .integer),
        ("charter.displayRules[0].amountMax.currency", .string),
        ("charter.displayRules[0].repaidBy", .string),
        ("charter.displayRules[0].effectiveFrom", .string),
    ]

    /// The paths of ``requiredKinds``.
    static let required = requiredKinds.map(\.0)

    /// All members of the sample with their kinds, those that may be absent included.
    static let kinds: [(String, JSONKind)] =
        requiredKinds + [
            ("witnesses", .array), ("charter.schemes[1].pattern", .string),
            ("charter.openingRegulator", .string), ("nodes[0].features", .array),
            ("nodes[0].features[0]", .string), ("nodes[0].answerKeys", .array),
            ("nodes[0].voprfKeys", .array), ("nodes[0].log", .object),
            ("nodes[0].log.vkeys[0]", .string), ("members[0].requestKeys", .array),
            ("members[2].supervises", .array), ("members[2].supervises[0]", .string),
            ("members[2].openingKeys", .array), ("members[2].denialKey", .string),
            ("charter.negativeNotice", .string), ("charter.displayRules", .array),
        ]
}
