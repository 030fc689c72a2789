import StrictJSON

@testable import Membership

extension Mutation {
    private static let id = DirectoryRule.pattern("[a-z0-9-]{3,40}")
    private static let keyName = DirectoryRule.pattern("[A-Za-z0-9_-]{1,32}")
    private static let term = DirectoryRule.pattern("[a-z0-9-]{2,40}")

    /// Values that break a rule by themselves.
    static let values: [Mutation] = charter + terms + display + entries

    private static let charter = [
        Mutation("version", .set(.integer(0)), .range(1...JSONLimits.integerMax)),
        Mutation("consortium", .set(.string("Test")), .pattern("[a-z0-9.-]{3,60}")),
        Mutation("charter.name", .set(.string("")), .plainText(1...256)),
        Mutation("charter.name", .set(.string(" A")), .plainText(1...256)),
        Mutation("charter.name", .set(.string("A\u{202E}B")), .plainText(1...256)),
        Mutation("charter.standard", .set(.string("cn-2023")), standard),
        Mutation("charter.standard", .set(.string("cn-2023@0")), standard),
        Mutation("charter.standard", .set(.string("cn-2023@01")), standard),
        Mutation("charter.standard", .set(.string("cn-2023@1@1")), standard),
        Mutation("charter.standard", .set(.string("cn-2023@10000")), standard),
        Mutation("charter.standard", .set(.string("CN@1")), standard),
        Mutation(
            "charter.scope", .set(.string("all")), .choice(["full-file", "negative-only"])),
        Mutation("charter.nameCheck", .set(.string("no")), .choice(["required", "optional"])),
        Mutation("charter.masking", .set(.string("none")), .choice(["named", "masked"])),
        Mutation("charter.schemes", .set(.array([])), .count(1...Charter.schemesMax)),
        Mutation(
            "charter.schemes", .grow(to: Charter.schemesMax + 1), .count(1...Charter.schemesMax)),
        Mutation("charter.schemes[0].scheme", .set(.string("CN")), term),
        Mutation("charter.schemes[1].scheme", .set(.string("cn-rid")), .duplicate),
        Mutation("charter.schemes[1].pattern", .set(.string("")), .plainText(1...256)),
        Mutation(
            "charter.schemes[1].pattern", .set(.string(String(repeating: "a", count: 257))),
            .plainText(1...256)),
        Mutation("charter.purposes", .set(.array([])), .count(1...Charter.purposesMax)),
        Mutation(
            "charter.purposes", .grow(to: Charter.purposesMax + 1),
            .count(1...Charter.purposesMax)),
        Mutation("charter.purposes[0]", .set(.string("loan approval")), term),
        Mutation("charter.purposes[1]", .set(.string("loan-approval")), .duplicate),
        Mutation("charter.openingRegulator", .set(.string("Watchdog")), id),
        Mutation(
            "charter.witnessQuorum", .set(.integer(-1)), .range(0...Directory.witnessesMax)),
    ]

    private static let standard = DirectoryRule.pattern("[a-z0-9-]{2,40}@[1-9][0-9]{0,3}")

    private static let terms =
        outOfRange("charter.quotas.elementsPerMemberDay", Charter.Quotas.range)
        + outOfRange("charter.quotas.elementsPerNodeDay", Charter.Quotas.range)
        + outOfRange(
            "charter.intervals.manifestMaxAgeHardSeconds", Charter.Intervals.secondsRange)
        + outOfRange(
            "charter.intervals.manifestMaxAgeSoftSeconds", Charter.Intervals.secondsRange)
        + outOfRange("charter.intervals.filterAdditionsSeconds", Charter.Intervals.secondsRange)
        + outOfRange("charter.intervals.bookMaxAgeDays", Charter.Intervals.daysRange)
        + outOfRange("charter.retention.negativeYears", Charter.Retention.yearsRange)
        + outOfRange("charter.retention.settledMonths", Charter.Retention.monthsRange)
        + outOfRange("charter.retention.inquiryMonths", 12...120)
        + outOfRange("charter.retention.evidenceMonths", Charter.Retention.monthsRange)
        + outOfRange("charter.retention.filterDays", Charter.Retention.daysRange)
        + outOfRange("charter.retention.pseudonymKeyMonths", Charter.Retention.monthsRange)
        + [
            Mutation(
                "charter.intervals.manifestMaxAgeSoftSeconds", .set(.integer(59)), .softBelowHard),
            Mutation("charter.withdrawal.consent.unpaid", .set(.string("keep")), .keepsWithdrawn),
            Mutation("charter.withdrawal.consent.settled", .set(.string("keep")), .keepsWithdrawn),
            Mutation(
                "charter.withdrawal.legal-duty.unpaid", .set(.string("forget")),
                .choice(["keep", "refuse", "leave"])),
        ]

    private static func outOfRange(_ path: String, _ range: ClosedRange<Int>) -> [Mutation] {
        [range.lowerBound - 1, range.upperBound + 1].map {
            Mutation(path, .set(.integer($0)), .range(range))
        }
    }

    private static let entries = [
        Mutation("nodes", .set(.array([])), .count(1...Directory.nodesMax)),
        Mutation(
            "nodes", .grow(to: Directory.nodesMax + 1), .count(1...Directory.nodesMax)),
        Mutation("nodes[0].id", .set(.string("no")), id),
        Mutation("nodes[0].operator", .set(.string("Harbor\u{0}")), .plainText(1...256)),
        Mutation("nodes[0].operator", .set(.string("Harbor ")), .plainText(1...256)),
        Mutation("nodes[0].endpoint", .set(.string("https://harbor.example/")), .endpoint),
        Mutation("nodes[0].endpoint", .set(.string("http://harbor.example")), .endpoint),
        Mutation(
            "nodes[0].status", .set(.string("trial")),
            .choice(["active", "suspended", "withdrawn"])),
        Mutation("nodes[0].features[0]", .set(.string("Watch")), term),
        Mutation(
            "nodes[0].features", .append(.string("watch-list")), .duplicate,
            at: "nodes[0].features[1]"),
        Mutation("nodes[0].features", .grow(to: 33), .count(0...32)),
        Mutation("nodes[0].answerKeys", .grow(to: 9), .count(0...8)),
        Mutation("nodes[0].answerKeys[0].keyid", .set(.string("a b")), keyName),
        Mutation("nodes[0].answerKeys[0].publicKey", .set(.string("AAAA")), .publicKey),
        Mutation("nodes[0].answerKeys[0].publicKey", .set(.string(orderOne)), .weakKey),
        Mutation("nodes[0].answerKeys[0].publicKey", .set(.string(orderEight)), .weakKey),
        Mutation("nodes[0].answerKeys[0].publicKey", .set(.string(notReduced)), .weakKey),
        Mutation("nodes[0].voprfKeys", .grow(to: 9), .count(0...8)),
        Mutation("nodes[0].voprfKeys[0].kid", .set(.string("")), keyName),
        Mutation(
            "nodes[0].voprfKeys[0].state", .set(.string("old")),
            .choice(["next", "current", "retiring"])),
        Mutation(
            "nodes[0].voprfKeys[0].publicKey",
            .set(.string(String(repeating: "A", count: 43))), .publicKey),
        Mutation("nodes[0].log.origin", .set(.string("test.creditmesh/log/guild-node")), .origin),
        Mutation("nodes[0].log.vkeys", .set(.array([])), .count(1...2)),
        Mutation("nodes[0].log.vkeys", .grow(to: 3), .count(1...2)),
        Mutation("nodes[0].log.vkeys[0]", .set(.string("harbor+00000000+AA==")), .verifierKey),
        Mutation("nodes[0].log.vkeys[0]", .set(.string(golangKey)), .verifierKeyName),
        Mutation("members", .set(.array([])), .count(1...Directory.membersMax)),
        Mutation(
            "members", .grow(to: Directory.membersMax + 1), .count(1...Directory.membersMax)),
        Mutation("members[0].id", .set(.string("Harbor")), id),
        Mutation(
            "members[0].legalName", .set(.string(String(repeating: "湖", count: 86))),
            .plainText(1...256)),
        Mutation("members[0].legalName", .set(.string("A\u{2028}B")), .plainText(1...256)),
        Mutation("members[0].node", .set(.string("x")), id),
        Mutation(
            "members[0].role", .set(.string("bank")),
            .choice(["lender", "regulator", "servicer"])),
        Mutation(
            "members[0].status", .set(.string("gone")),
            .choice(["trial", "active", "suspended", "withdrawn"])),
        Mutation("members[0].requestKeys", .grow(to: 9), .count(0...8)),
        Mutation("members[0].requestKeys[0].keyid", .set(.string("ä")), keyName),
        Mutation("members[0].requestKeys[0].publicKey", .set(.string("")), .publicKey),
        Mutation("members[0].requestKeys[0].publicKey", .set(.string(orderTwo)), .weakKey),
        Mutation("members[0].requestKeys[0].publicKey", .set(.string(otherOrderEight)), .weakKey),
        Mutation("members[2].supervises[0]", .set(.string("*")), id),
        Mutation("members[2].openingKeys", .grow(to: 37), .count(0...36)),
        Mutation("members[2].openingKeys[0].kid", .set(.string("o.1")), keyName),
        Mutation("members[2].openingKeys[0].month", .set(.string("2026-13")), month),
        Mutation("members[2].openingKeys[0].month", .set(.string("2026-00")), month),
        Mutation("members[2].openingKeys[0].month", .set(.string("2026-1")), month),
        Mutation("members[2].openingKeys[0].month", .set(.string("2026-11-01")), month),
        Mutation("members[2].openingKeys[0].month", .set(.string("2026+11")), month),
        Mutation("members[2].openingKeys[0].publicKey", .set(.string("=")), .publicKey),
        Mutation("members[2].denialKey", .set(.string("x")), .verifierKey),
        Mutation("members[2].denialKey", .set(.string(golangKey)), .verifierKeyName),
        Mutation("witnesses", .grow(to: 65), .count(0...64)),
        Mutation(
            "witnesses[0].name", .set(.string("witness.example/w2")), .verifierKeyName,
            at: "witnesses[0].vkey"),
        Mutation("witnesses[0].vkey", .set(.string(golangKey)), .verifierKey),
        Mutation("witnesses[0].url", .set(.string("http://witness.example/w1")), .url),
        Mutation("witnesses[0].url", .set(.string("https://witness.example/w1?x=1")), .url),
        Mutation("witnesses[0].url", .set(.string("https://")), .url),
        Mutation(
            "witnesses[0].url",
            .set(.string("https://w.example/" + String(repeating: "w", count: 512))), .url),
        Mutation("witnesses[0].operator", .set(.string("")), .plainText(1...256)),
    ]

    /// Ed25519 keys under which anybody could sign: points of order 1, 2 and 8 (the last with the sign
    /// set), and a coordinate that is not below 2^255 − 19.
    private static let orderOne = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    private static let orderTwo = "7P_______________________________________38"
    private static let orderEight = "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU"
    private static let otherOrderEight = "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA_o"
    private static let notReduced = "8P_______________________________________38"
    private static let month = DirectoryRule.pattern("[0-9]{4}-(0[1-9]|1[0-2])")
    private static let golangKey =
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
}
