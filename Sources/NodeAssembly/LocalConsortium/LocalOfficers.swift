import Authority
import Crypto
import Exchange
import Foundation
import Membership
import TUF

/// The officers of a consortium on this machine, who sign its directory: two officers and two online
/// keys, all in this process. Like `LocalConsortium`, no way to found a real one.
package struct LocalOfficers: Sendable {
    /// What they publish, and what they are about to sign.
    package let authority: AuthorityFolder
    private let officers = ["alice", "bruno"].map(Self.signer)
    private let online = ["online-1", "online-2"].map(Self.signer)

    /// Where nobody serves: homes that name it hear of the directory from each other.
    package static let nowhere = "http://127.0.0.1:1/"

    /// The key that renews timestamps.
    package var renewing: MetadataSigner { online[0] }

    /// What is published.
    package var repository: MetadataFolder { authority.repository }

    /// Founds the authority in a folder and publishes a directory.
    package init(
        in folder: URL, publishing directory: Directory, now: Timestamp
    ) async throws(NodeError) {
        authority = AuthorityFolder(folder)
        let moment = Self.time(now)
        try await Self.naming { () throws(AuthorityError) in
            let rules = SigningRules(
                officers: officers.map(\.key), threshold: officers.count,
                online: online.map(\.key))
            let root = try await authority.draftFirstRoot(rules, now: moment)
            for officer in officers { try await authority.sign(root, by: officer) }
        }
        try await publish(directory, now: now)
    }

    /// Signs and publishes a directory.
    package func publish(_ directory: Directory, now: Timestamp) async throws(NodeError) {
        try await publish(now: now) { moment throws(AuthorityError) in
            try await authority.draftTargets(directory.encoded(), now: moment)
        }
    }

    /// Signs and publishes another status of nodes and members, by their ids alone.
    package func publish(
        _ change: StatusChange, of ids: [String], now: Timestamp
    ) async throws(NodeError) {
        try await publish(now: now) { moment throws(AuthorityError) in
            try await authority.draft(change, of: ids, now: moment)
        }
    }

    private func publish(
        now: Timestamp, _ draft: (MetadataTime) async throws(AuthorityError) -> String
    ) async throws(NodeError) {
        try await Self.naming { () throws(AuthorityError) in
            let name = try await draft(Self.time(now))
            for officer in officers { try await authority.sign(name, by: officer) }
            _ = try await authority.publish(by: renewing, now: Self.time(now))
        }
    }

    /// Lets a home take its directory from an authority, and begin with what is published now.
    ///
    /// - Parameter certificates: under which the authority's server must be, PEM; nil for those of
    ///   the system.
    package func found(
        _ home: NodeHome, gossipInterval: Duration = .seconds(30),
        authority address: String = Self.nowhere, certificates: URL? = nil, now: Timestamp
    ) async throws(NodeError) {
        var configuration = try NodeConfiguration(home: home)
        configuration.origin = DirectoryOrigin(
            authority: address, root: repository.folder.appending(path: "1.root.json"),
            certificates: certificates)
        configuration.gossipInterval = gossipInterval
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
        try await tell(home, now: now)
    }

    /// Brings what is published to a home whose node does not run, as if it had reached the authority.
    package func tell(_ home: NodeHome, now: Timestamp) async throws(NodeError) {
        guard let origin = try NodeConfiguration(home: home).origin else {
            throw .directory("the home takes no directory from an authority")
        }
        let vault = try DirectoryVault(home: home, origin: origin)
        let held = try vault.held()
        do {
            _ = try await vault.update(from: repository, at: Self.time(now), unless: held)
        } catch {
            throw .directory("\(error)")
        }
    }

    private static func naming(
        _ work: () async throws(AuthorityError) -> Void
    ) async throws(NodeError) {
        do { try await work() } catch { throw .failed("\(error)") }
    }

    private static func time(_ now: Timestamp) -> MetadataTime {
        MetadataTime(seconds: Int(now.secondsSinceEpoch))
    }

    private static func signer(_ owner: String) -> MetadataSigner {
        MetadataSigner(Curve25519.Signing.PrivateKey(), owner: owner)
    }
}
