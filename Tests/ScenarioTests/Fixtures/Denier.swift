import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing

/// The regulator of a scenario with its denial key.
struct Denier {
    private let key: DenialKey
    private let home: NodeHome
    private let clock: ScenarioClock

    /// Makes the key, as `denial key` does, in the consortium's folder.
    init(_ consortium: ScenarioConsortium) throws {
        let regulator = try consortium.entry(ofMember: "regulator")
        key = try DenialKey.create(
            at: consortium.site.folder.appending(path: "denial.key"), of: regulator.id,
            in: consortium.site.directory.consortium)
        home = try consortium.home("regulator-node")
        clock = consortium.clock
    }

    /// The key as the directory lists it.
    func listed() throws -> VerifierKey { try #require(VerifierKey(key.publicHalf)) }

    /// A note.
    func note(_ version: Int, _ ids: [String]) throws -> [UInt8] {
        try key.note(version: version, ids: ids)
    }

    /// Signs a denial and gives it to one node; what that said.
    func deny(
        _ version: Int, _ ids: [String], at node: String
    ) async throws -> RemoteDenials.Reply {
        let remote = try RemoteDenials(
            home: home, as: nil, clock: clock, logger: LogCollector().logger)
        let replies = await remote.send(
            try note(version, ids), to: [try #require(NodeID(node))])
        await remote.close()
        return try #require(replies.first).reply
    }
}
