import Foundation
import Testing

@testable import Membership

@Suite("Directory of a large consortium")
struct DirectoryLoadTests {
    /// The target is one second in a release build; a debug build is some ten times slower.
    #if DEBUG
    private static let loadMax = Duration.seconds(20)
    #else
    private static let loadMax = Duration.seconds(1)
    #endif

    @Test("5,000 members on 500 nodes under one regulator load within the target")
    func load() throws {
        let json = try Self.directory(nodes: 500, members: 5_000).encoded()
        var loaded: Directory?
        let elapsed = try ContinuousClock().measure {
            loaded = try Directory(json: json)
        }
        let directory = try #require(loaded)
        #expect(elapsed < Self.loadMax)
        #expect(directory.members.count == 5_001)
        let last = try #require(MemberID("member-4999"))
        #expect(directory.member(last)?.node == NodeID("node-499"))
        let node = try #require(NodeID("node-7"))
        #expect(directory.members(servedBy: node).count == 10)
        print("5,000 members, \(json.count) bytes: loaded in \(elapsed)")
    }

    @Test("the largest directory fits into its limits")
    func largest() throws {
        let directory = try Self.directory(
            nodes: Directory.nodesMax, members: Directory.membersMax - 1)
        #expect(directory.members.count == Directory.membersMax)
        #expect(directory.encoded().count < Directory.bytesMax)
    }

    private static func directory(nodes: Int, members: Int) throws -> Directory {
        var keys = KeySource()
        let nodeIDs = try (0..<nodes).map { try #require(NodeID("node-\($0)")) }
        let memberIDs = try (0..<members).map { try #require(MemberID("member-\($0)")) }
        let nodeEntries = try nodeIDs.map { id in
            NodeEntry(
                id: id, operatorName: "Operator",
                endpoint: try #require(Endpoint("https://\(id).example:8443")),
                answerKeys: [try keys.signing()],
                voprfKeys: [
                    VOPRFKeyEntry(
                        kid: try #require(KeyName("k1")), state: .current, publicKey: try keys.raw()
                    )
                ])
        }
        var memberEntries = try memberIDs.enumerated().map { index, id in
            MemberEntry(
                id: id, legalName: "某某小额贷款有限公司 \(index)", node: nodeIDs[index % nodes],
                role: .lender, requestKeys: [try keys.signing()])
        }
        memberEntries.append(
            MemberEntry(
                id: try #require(MemberID("regulator")), legalName: "Authority", node: nodeIDs[0],
                role: .regulator, supervises: memberIDs))
        return try Directory(
            version: 1, consortium: try #require(ConsortiumID("large.example")),
            charter: Charter(
                name: "Large", standard: "cn-2023@1",
                schemes: [Charter.Scheme(name: "cn-rid")], purposes: ["loan-approval"]),
            nodes: nodeEntries, members: memberEntries)
    }
}

/// Public keys that all differ.
private struct KeySource {
    private var count: UInt32 = 0

    mutating func raw() throws -> PublicKeyBytes {
        count += 1
        let tail = withUnsafeBytes(of: count.bigEndian) { Array($0) }
        return try #require(PublicKeyBytes([UInt8](repeating: 0xA5, count: 28) + tail))
    }

    mutating func signing() throws -> SigningKeyEntry {
        let key = try raw()
        return SigningKeyEntry(keyID: try #require(KeyName("key-\(count)")), publicKey: key)
    }
}
