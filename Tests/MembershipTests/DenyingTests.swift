import Crypto
import Membership
import Testing

@Suite("A directory with denials")
struct DenyingTests {
    @Test("who takes part counts as suspended; who does not, stays as it is")
    func statuses() throws {
        let directory = try Directory(json: SampleDirectory.bytes)
        let regulator = try #require(MemberID("some-regulator"))
        let ids = directory.nodes.map(\.id.text) + directory.members.map(\.id.text)
        let denying = directory.denying(
            Dictionary(uniqueKeysWithValues: ids.map { ($0, [regulator]) }))
        for (before, after) in zip(directory.nodes, denying.nodes) {
            #expect(after == (before.status == .active ? before.with(.suspended) : before))
        }
        for (before, after) in zip(directory.members, denying.members) {
            let takesPart = before.status == .active || before.status == .trial
            #expect(after == (takesPart ? before.with(.suspended) : before))
        }
        #expect(denying.denials.count == ids.count)
        #expect(denying.denying([:]).denials.isEmpty)
    }

    @Test("ids that nobody has, or that can be nobody's, change nothing but what is known of them")
    func unknown() throws {
        let directory = try Directory(json: SampleDirectory.bytes)
        let regulator = try #require(MemberID("some-regulator"))
        let denying = directory.denying(["nobody": [regulator], "Not An Id": [regulator]])
        #expect(denying.nodes == directory.nodes)
        #expect(denying.members == directory.members)
        #expect(denying.denials.count == 2)
    }

    @Test("a copy is told from another directory in constant time")
    func identity() throws {
        let directory = try Directory(json: SampleDirectory.bytes)
        let copy = directory
        #expect(copy.isTriviallyIdentical(to: directory))
        #expect(try !Directory(json: SampleDirectory.bytes).isTriviallyIdentical(to: directory))
        #expect(!directory.closed().isTriviallyIdentical(to: directory))
    }

    @Test("at most 64 regulators have denial keys", arguments: [64, 65])
    func keys(count: Int) throws {
        let sample = try Directory(json: SampleDirectory.bytes)
        let node = try #require(sample.nodes.first?.id)
        let others = sample.members.filter { $0.denialKey == nil }
        let regulators = try (0..<count).map { index in
            let id = try #require(MemberID("denier-\(index)"))
            let name = MemberEntry.denialKeyName(of: id, in: sample.consortium)
            let key = Curve25519.Signing.PrivateKey().publicKey.rawRepresentation
            return MemberEntry(
                id: id, legalName: "Regulator (invented)", node: node, role: .regulator,
                denialKey: VerifierKey(
                    name: name, algorithm: .ed25519,
                    publicKey: try #require(PublicKeyBytes(Array(key)))))
        }
        var charter = sample.charter
        charter.openingRegulator = nil
        let make = { () throws(DirectoryError) in
            try Directory(
                version: 1, consortium: sample.consortium, charter: charter, nodes: sample.nodes,
                members: others.filter { $0.role == .lender } + regulators,
                witnesses: sample.witnesses)
        }
        if count <= Directory.denialKeysMax {
            #expect(try make().members.count { $0.denialKey != nil } == count)
        } else {
            #expect(throws: DirectoryError.invalid(path: "members", rule: .denialKeys)) {
                try make()
            }
        }
    }
}
