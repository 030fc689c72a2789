import StrictJSON

@testable import Membership

extension Mutation {
    /// Values that are right by themselves and wrong together.
    static let relations = [
        Mutation("nodes[1].id", .set(.string("harbor-node")), .duplicate),
        Mutation("members[0].id", .set(.string("guild-node")), .duplicate),
        Mutation("members[1].id", .set(.string("harbor")), .duplicate),
        Mutation("nodes[1].endpoint", .set(.string("https://harbor.example:8443")), .duplicate),
        Mutation("members[0].node", .set(.string("no-such-node")), .noSuchNode),
        Mutation("members[0].node", .set(.string("lakeside")), .noSuchNode),
        Mutation("nodes[0].voprfKeys[1].state", .set(.string("current")), .secondCurrentKey),
        Mutation("nodes[0].voprfKeys[1].kid", .set(.string("k1")), .duplicate),
        Mutation("members[0].requestKeys[0].keyid", .set(.string("harbor-a1")), .duplicate),
        Mutation("nodes[0].voprfKeys[1].publicKey", .set(.string(key(2))), .keyReused),
        Mutation("nodes[1].voprfKeys[0].publicKey", .set(.string(key(2))), .keyReused),
        Mutation("members[0].requestKeys[0].publicKey", .set(.string(key(1))), .keyReused),
        Mutation("members[2].openingKeys[1].publicKey", .set(.string(key(7))), .keyReused),
        Mutation("members[0].requestKeys[0].publicKey", .set(.string(key(4))), .keyReused),
        Mutation("members[2].openingKeys[0].publicKey", .set(.string(key(6))), .keyReused),
        Mutation(
            "nodes[0].answerKeys[0].publicKey", .set(.string(key(9))), .keyReused,
            at: "members[2].denialKey"),
        Mutation(
            "nodes[0].answerKeys[0].publicKey", .set(.string(key(10))), .keyReused,
            at: "witnesses[0].vkey"),
        Mutation("nodes[0].log.vkeys", .grow(to: 2), .duplicate, at: "nodes[0].log.vkeys[1]"),
        Mutation("members[2].supervises[1]", .set(.string("nobody")), .noSuchMember),
        Mutation("members[2].supervises[1]", .set(.string("harbor-node")), .noSuchMember),
        Mutation("members[2].supervises[1]", .set(.string("watchdog")), .supervisesItself),
        Mutation("members[2].supervises[1]", .set(.string("harbor")), .duplicate),
        Mutation("members[2].openingKeys[1].kid", .set(.string("o1")), .duplicate),
        Mutation("members[2].openingKeys[1].month", .set(.string("2026-11")), .duplicate),
        Mutation(
            "members[0].supervises", .set(.array([.string("lakeside")])), .regulatorsOnly),
        Mutation(
            "members[0].openingKeys",
            .set(
                .array([
                    .members([
                        "kid": .string("o"), "month": .string("2026-11"),
                        "publicKey": .string(SampleDirectory.unusedKey),
                    ])
                ])), .regulatorsOnly),
        Mutation(
            "members[2].role", .set(.string("lender")), .regulatorsOnly,
            at: "members[2].supervises"),
        Mutation("witnesses", .grow(to: 2), .duplicate, at: "witnesses[1].name"),
        Mutation("charter.witnessQuorum", .set(.integer(2)), .quorum),
        Mutation("witnesses", .remove, .quorum, at: "charter.witnessQuorum"),
        Mutation("charter.openingRegulator", .set(.string("nobody")), .noSuchMember),
        Mutation("charter.openingRegulator", .set(.string("harbor")), .notARegulator),
    ]

    /// The key of 32 times this byte, as the sample has them.
    private static func key(_ byte: UInt8) -> String {
        Base64.encodeURL([UInt8](repeating: byte, count: 32))
    }
}
