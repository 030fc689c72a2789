import Authority
import Crypto
import Exchange
import Foundation
import Membership
import TUF
import Testing

@testable import NodeAssembly

/// The officers of a scenario, who publish into a folder that only some nodes reach.
struct Officers {
    private let authority: AuthorityFolder
    private let site: LocalConsortium
    private let clock: any Exchange.Clock
    private let keys = ["alice", "bruno"].map(Self.signer)
    private let online = ["online-1", "online-2"].map(Self.signer)

    var repository: MetadataFolder { authority.repository }

    init(_ folder: URL, _ site: LocalConsortium, _ clock: any Exchange.Clock) async throws {
        authority = AuthorityFolder(folder)
        self.site = site
        self.clock = clock
        let root = try await authority.draftFirstRoot(
            SigningRules(officers: keys.map(\.key), threshold: 2, online: online.map(\.key)),
            now: clock.metadataTime)
        for key in keys { try await authority.sign(root, by: key) }
        try await publish(version: 1) { _ in }
    }

    /// Signs and publishes another directory.
    func publish(version: Int, _ change: (inout DirectoryDraft) throws -> Void) async throws {
        var draft = DirectoryDraft(site.directory, version: version)
        try change(&draft)
        let name = try await authority.draftTargets(
            draft.directory().encoded(), now: clock.metadataTime)
        for key in keys { try await authority.sign(name, by: key) }
        _ = try await authority.publish(by: online[0], now: clock.metadataTime)
    }

    /// Signs and publishes the suspension of nodes and members, by their ids alone.
    func suspend(_ ids: [String]) async throws {
        let name = try await authority.draft(.suspend, of: ids, now: clock.metadataTime)
        for key in keys { try await authority.sign(name, by: key) }
        _ = try await authority.publish(by: online[0], now: clock.metadataTime)
    }

    /// Brings what is published to a home whose node does not run, as if it had reached the authority.
    func tell(_ home: NodeHome) async throws {
        let origin = try #require(try NodeConfiguration(home: home).origin)
        let vault = try DirectoryVault(home: home, origin: origin)
        let held = try vault.held()
        _ = try await vault.update(from: repository, at: clock.metadataTime, unless: held)
    }

    /// Lets a home take its directory from an authority that it does not reach, with what is
    /// published now to begin with.
    func found(
        _ home: NodeHome, gossipInterval: Duration = .seconds(30),
        authority: String = "http://127.0.0.1:1/"
    ) async throws {
        var configuration = try NodeConfiguration(home: home)
        let origin = DirectoryOrigin(
            authority: authority, root: repository.folder.appending(path: "1.root.json"))
        configuration.origin = origin
        configuration.gossipInterval = gossipInterval
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
        let vault = try DirectoryVault(home: home, origin: origin)
        _ = try await vault.update(from: repository, at: clock.metadataTime, unless: nil)
    }

    private static func signer(_ owner: String) -> MetadataSigner {
        MetadataSigner(Curve25519.Signing.PrivateKey(), owner: owner)
    }
}
