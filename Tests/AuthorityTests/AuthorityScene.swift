import Crypto
import Foundation
import Membership
import TUF

@testable import Authority

/// Three officers, of whom two must sign, two online keys, and a folder that goes with the scene.
final class AuthorityScene {
    static let now = MetadataTime(seconds: 1_795_000_000)

    let authority: AuthorityFolder
    let officers = ["alice", "bruno", "chen"].map(AuthorityScene.signer)
    let online = ["online-1", "online-2"].map(AuthorityScene.signer)
    private let place: URL

    init() {
        place = FileManager.default.temporaryDirectory
            .appending(path: "authority-\(UUID().uuidString)")
        authority = AuthorityFolder(place)
    }

    deinit { try? FileManager.default.removeItem(at: place) }

    static func signer(_ owner: String) -> MetadataSigner {
        MetadataSigner(Curve25519.Signing.PrivateKey(), owner: owner)
    }

    var rules: SigningRules {
        SigningRules(officers: officers.map(\.key), threshold: 2, online: online.map(\.key))
    }

    /// Root and a first directory, signed and published.
    func found() async throws {
        _ = try await authority.draftFirstRoot(rules, now: Self.now)
        _ = try await authority.draftTargets(Self.directory(version: 1).encoded(), now: Self.now)
        for name in ["1.root.json", "1.targets.json"] { try await sign(name, 0, 1) }
        _ = try await authority.publish(by: online[0], now: Self.now)
    }

    func sign(_ name: String, _ signers: Int...) async throws {
        for index in signers { try await authority.sign(name, by: officers[index]) }
    }

    /// A client that begins with the first root.
    func client(at moment: MetadataTime = now) async throws -> TrustedMetadata {
        let store = MemoryStore()
        let root = try authority.repository.read("1.root.json", bytesMax: 100_000)
        try store.write(root ?? [], as: .root)
        var update = try Update(from: authority.repository, to: store, startTime: moment)
        return try await update.run()
    }

    /// A directory of two lenders on one node.
    static func directory(
        version: Int, status: MemberEntry.Status = .active, quota: Int = 1_000
    ) throws -> Directory {
        guard let consortium = ConsortiumID("test.creditmesh"), let node = NodeID("harbor-node"),
            let endpoint = Endpoint("https://harbor.example:8443"),
            let harbor = MemberID("harbor"), let maple = MemberID("maple")
        else { throw AuthorityError.draft("the sample's names") }
        var charter = Charter(
            name: "Test", standard: "cn-2023@1", schemes: [Charter.Scheme(name: "cn-rid")],
            purposes: ["loan-approval"])
        charter.quotas.elementsPerMemberDay = quota
        return try Directory(
            version: version, consortium: consortium, charter: charter,
            nodes: [NodeEntry(id: node, operatorName: "Harbor Bank", endpoint: endpoint)],
            members: [
                MemberEntry(id: harbor, legalName: "Harbor Bank Ltd", node: node, role: .lender),
                MemberEntry(
                    id: maple, legalName: "Maple Credit Ltd", node: node, role: .lender,
                    status: status),
            ])
    }
}
