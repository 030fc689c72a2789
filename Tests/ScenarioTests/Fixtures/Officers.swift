import Exchange
import Foundation
import Membership
import TUF

@testable import NodeAssembly

/// The officers of a scenario, who publish into a folder that only some nodes reach.
struct Officers {
    private let officers: LocalOfficers
    private let site: LocalConsortium
    private let clock: any Exchange.Clock

    var repository: MetadataFolder { officers.repository }

    init(_ folder: URL, _ site: LocalConsortium, _ clock: any Exchange.Clock) async throws {
        officers = try await LocalOfficers(
            in: folder, publishing: site.directory, now: clock.now)
        self.site = site
        self.clock = clock
    }

    /// Signs and publishes another directory.
    func publish(version: Int, _ change: (inout DirectoryDraft) throws -> Void) async throws {
        var draft = DirectoryDraft(site.directory, version: version)
        try change(&draft)
        try await officers.publish(draft.directory(), now: clock.now)
    }

    /// Signs and publishes the suspension of nodes and members, by their ids alone.
    func suspend(_ ids: [String]) async throws {
        try await officers.publish(.suspend, of: ids, now: clock.now)
    }

    /// Brings what is published to a home whose node does not run, as if it had reached the authority.
    func tell(_ home: NodeHome) async throws { try await officers.tell(home, now: clock.now) }

    /// Lets a home take its directory from an authority that it does not reach, with what is
    /// published now to begin with.
    func found(
        _ home: NodeHome, gossipInterval: Duration = .seconds(30),
        authority: String = LocalOfficers.nowhere
    ) async throws {
        try await officers.found(
            home, gossipInterval: gossipInterval, authority: authority, now: clock.now)
    }
}

extension Officers {
    /// A consortium of which no node runs yet, and whose homes take their directory from an authority
    /// that accepts connections and says nothing, as does the node of that name: it sits there.
    static func withSilentAuthority(
        at name: String, plan: ConsortiumPlan,
        _ body: (ScenarioConsortium, Officers) async throws -> Void
    ) async throws {
        try await ScenarioRooms.use(ports: plan.portCount) { folder, ports in
            let clock = ScenarioClock()
            let site = try await LocalConsortium.make(
                in: folder, plan: plan, now: clock.now, ports: ports)
            let officers = try await Officers(folder.appending(path: "authority"), site, clock)
            let consortium = ScenarioConsortium(
                site: site, clock: clock, log: LogCollector(), nodes: [])
            let silent = try consortium.entry(name)
            for home in site.homes.values {
                try await officers.found(home, authority: silent.endpoint.description)
            }
            try await RogueNode.run(at: silent, .silentConnection) {
                try await body(consortium, officers)
            }
        }
    }
}
