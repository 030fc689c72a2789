import Foundation
import Testing

@testable import Membership

@Suite("Directory")
struct DirectoryTests {
    private let directory: Directory

    init() throws {
        directory = try Directory(json: SampleDirectory.bytes)
    }

    @Test("reads the charter")
    func charter() {
        let charter = directory.charter
        #expect(directory.version == 7)
        #expect(directory.consortium.text == "test.creditmesh")
        #expect(charter.name == "Test consortium 测试")
        #expect(charter.standard == "cn-2023@1")
        #expect(charter.scope == .fullFile)
        #expect(
            charter.schemes == [
                Charter.Scheme(name: "cn-rid"),
                Charter.Scheme(name: "demo-card", pattern: "[0-9]{1,6}"),
            ])
        #expect(charter.purposes == ["loan-approval", "post-loan"])
        #expect(charter.nameCheck == .required)
        #expect(charter.masking == .named)
        #expect(charter.openingRegulator == MemberID("watchdog"))
        #expect(charter.witnessQuorum == 1)
        #expect(charter.quotas == Charter.Quotas())
        #expect(charter.intervals == Charter.Intervals())
        #expect(charter.intervals.bookMaxAge == .seconds(7 * 86_400))
        #expect(charter.withdrawal == Charter.Withdrawal())
        #expect(charter.retention == Charter.Retention())
        #expect(charter.negativeNotice == .required)
        #expect(
            charter.displayRules == [
                Charter.DisplayRule(
                    id: "pboc-repair-2025", subjects: .persons,
                    event: .init(from: "2020-01-01", to: "2025-12-31"),
                    amountMax: .init(amount: 1_000_000, currency: "CNY"),
                    repaidBy: "2026-03-31", effectiveFrom: "2026-01-01")
            ])
    }

    @Test("a directory of before there were notices requires them and hides nothing")
    func withoutNotices() throws {
        let text = String(decoding: SampleDirectory.bytes, as: UTF8.self)
        let from = try #require(text.range(of: ",\n    \"negativeNotice\""))
        let to = try #require(text.range(of: "    ]\n  },\n  \"nodes\""))
        let old = text.replacingCharacters(
            in: from.lowerBound..<to.upperBound, with: "\n  },\n  \"nodes\"")
        #expect(!old.contains("displayRules"))
        let charter = try Directory(json: Array(old.utf8)).charter
        #expect(charter.negativeNotice == .required)
        #expect(charter.displayRules.isEmpty)
    }

    @Test("reads nodes and finds them by id")
    func nodes() throws {
        let harbor = try #require(try node("harbor-node"))
        #expect(harbor.operatorName == "Harbor Bank")
        #expect(harbor.endpoint == Endpoint("https://harbor.example:8443"))
        #expect(harbor.status == .active)
        #expect(harbor.features == ["watch-list"])
        #expect(harbor.answerKeys.map(\.keyID.text) == ["harbor-a1"])
        #expect(harbor.voprfKeys.map(\.state) == [.current, .next])
        #expect(harbor.currentVOPRFKey?.kid == KeyName("k1"))
        #expect(
            harbor.currentVOPRFKey?.publicKey.bytes == [UInt8](repeating: 2, count: 32))
        #expect(harbor.log?.verifierKeys.first?.publicKey.bytes.first == 4)

        let guild = try #require(try node("guild-node"))
        #expect(guild.status == .suspended)
        #expect(guild.currentVOPRFKey == nil)
        #expect(guild.log == nil)
        #expect(try node("harbor") == nil)
    }

    @Test("reads members and finds them by id and by node")
    func members() throws {
        let watchdog = try #require(try member("watchdog"))
        #expect(try member("harbor")?.requestKeys.first?.keyID == KeyName("harbor-r1"))
        #expect(watchdog.role == .regulator)
        #expect(watchdog.supervises.map(\.text) == ["harbor", "lakeside"])
        #expect(watchdog.openingKeys.map(\.month) == ["2026-11", "2026-12"])
        #expect(watchdog.denialKey?.name == "test.creditmesh/deny/watchdog")
        #expect(try member("harbor-node") == nil)

        let guild = try #require(NodeID("guild-node"))
        #expect(
            directory.members(servedBy: guild).map(\.id.text) == ["lakeside", "watchdog"])
        #expect(directory.members(servedBy: guild).map(\.status) == [.trial, .active])
        let stranger = try #require(NodeID("no-node"))
        #expect(directory.members(servedBy: stranger).isEmpty)
    }

    @Test("is written byte for byte as it was read")
    func encoded() throws {
        #expect(directory.encoded() == SampleDirectory.bytes)
        #expect(try Directory(json: directory.encoded()) == directory)
    }

    @Test("put together from its parts it is the same")
    func parts() throws {
        let copy = try Directory(
            version: directory.version, consortium: directory.consortium,
            charter: directory.charter, nodes: directory.nodes, members: directory.members,
            witnesses: directory.witnesses)
        #expect(copy == directory)
    }

    @Test("parts pass the same checks as a file")
    func badParts() throws {
        var charter = directory.charter
        charter.purposes = []
        #expect(
            throws: DirectoryError.invalid(
                path: "charter.purposes", rule: .count(1...Charter.purposesMax))
        ) {
            try Directory(
                version: 1, consortium: directory.consortium, charter: charter,
                nodes: directory.nodes, members: directory.members,
                witnesses: directory.witnesses)
        }
    }

    @Test("what may be absent may be null, and lists that are absent are empty")
    func absent() throws {
        let text = """
            {"version": 1, "consortium": "abc", "witnesses": null, "charter": {
              "name": "A", "standard": "cn-2023@1", "scope": "negative-only",
              "schemes": [{"scheme": "lei", "pattern": null}], "purposes": ["self"],
              "nameCheck": "optional", "masking": "masked", "openingRegulator": null,
              "witnessQuorum": 0,
              "quotas": {"elementsPerMemberDay": 1, "elementsPerNodeDay": 1},
              "intervals": {"manifestMaxAgeHardSeconds": 1, "manifestMaxAgeSoftSeconds": 1,
                "filterAdditionsSeconds": 1, "bookMaxAgeDays": 1},
              "withdrawal": {"consent": {"unpaid": "leave", "settled": "leave"},
                "legal-duty": {"unpaid": "keep", "settled": "refuse"}},
              "retention": {"negativeYears": 1, "settledMonths": 1, "inquiryMonths": 12,
                "evidenceMonths": 1, "filterDays": 1, "pseudonymKeyMonths": 1}},
             "nodes": [{"id": "node", "operator": "A", "endpoint": "https://localhost",
               "status": "active", "log": null}],
             "members": [{"id": "member", "legalName": "A", "node": "node", "role": "servicer",
               "status": "withdrawn", "denialKey": null}]}
            """
        let directory = try Directory(json: Array(text.utf8))
        #expect(directory.witnesses.isEmpty)
        #expect(directory.nodes[0].voprfKeys.isEmpty)
        #expect(directory.members[0].requestKeys.isEmpty)
        #expect(directory.charter.openingRegulator == nil)
        #expect(try Directory(json: directory.encoded()) == directory)
    }

    @Test("refuses a file over its limit before reading it")
    func tooLarge() {
        let spaces = [UInt8](repeating: 0x20, count: Directory.bytesMax + 1)
        #expect(throws: DirectoryError.tooLarge) { try Directory(json: spaces) }
        #expect(throws: DirectoryError.unreadable(.syntax, offset: Directory.bytesMax)) {
            try Directory(json: spaces.dropLast())
        }
    }

    @Test("a file cut anywhere is refused")
    func truncated() {
        let bytes = SampleDirectory.bytes
        // Without its last two bytes, a brace and a newline, the document is not closed.
        for count in stride(from: 0, through: bytes.count - 2, by: 17) {
            #expect(throws: DirectoryError.self, "cut at \(count)") {
                try Directory(json: Array(bytes.prefix(count)))
            }
        }
    }

    private func node(_ id: String) throws -> NodeEntry? {
        directory.node(try #require(NodeID(id)))
    }

    private func member(_ id: String) throws -> MemberEntry? {
        directory.member(try #require(MemberID(id)))
    }
}
