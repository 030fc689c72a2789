import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// Founds the demo's consortium as a real one is founded: officers make the authority, every node is
/// invited and joins by its token, officers approve. Then three nodes become witnesses.
struct DemoFounding {
    let folder: URL
    let voice: DemoVoice

    private static let address = "127.0.0.1"

    /// Founds it; returns it with the authority's service, which runs.
    func found() async throws -> (site: DemoSite, authority: DemoAuthority) {
        for name in ["invitations", "books", "nodes"] {
            try NodeHome.createFolder(folder.appending(path: name))
        }
        let plan = try DemoConsortium.plan()
        let ports = try await FreePorts.take(plan.portCount + 1)
        let authority = DemoAuthority(in: folder, port: ports[plan.portCount])
        voice.say("Three officers found \(plan.consortium); two of them sign for it.")
        do {
            try await authority.found(plan.consortium)
            let homes = try await join(plan, ports: ports, by: authority)
            guard let joined = try await fetch(homes) else {
                throw CommandFailure("demo", "no directory")
            }
            try authority.propose(witnessed(joined, plan, ports: ports, homes: homes))
            guard let directory = try await fetch(homes) else {
                throw CommandFailure("demo", "no directory")
            }
            voice.say("Approved; \(plan.witnesses.count) nodes are witnesses of all logs.")
            let site = DemoSite(folder: folder, directory: directory, homes: homes)
            try makeOutsider(site)
            return (site, authority)
        } catch {
            authority.stop()
            throw error
        }
    }

    /// Every node joins by a process of its own; officers approve all of them at once.
    private func join(
        _ plan: ConsortiumPlan, ports: [Int], by authority: DemoAuthority
    ) async throws -> [NodeID: NodeHome] {
        var joining: [(node: NodeID, process: Process)] = []
        var homes: [NodeID: NodeHome] = [:]
        for (node, port) in zip(plan.nodes, ports) {
            let token = try authority.invite(try invitation(node, port: port, in: plan))
            let home = DemoSite.home(of: node.id, in: folder)
            homes[node.id] = home
            let process = try Subprocess.start(
                [
                    "join", token.path, "--home", home.folder.path, "--listen",
                    "\(Self.address):\(port)", "--local-port", "0", "--no-run", "--no-peer-test",
                ], log: log(of: node.id))
            joining.append((node.id, process))
        }
        try await authority.approve(plan.nodes.count, charter: plan.charter)
        for (node, process) in joining {
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                let text = try String(contentsOf: log(of: node), encoding: .utf8)
                throw CommandFailure("demo", "\(node) cannot join: \(text)")
            }
            voice.say("  \(node): invited, keys made, enrolled, approved, certificate installed")
        }
        return homes
    }

    private func log(of node: NodeID) -> URL {
        folder.appending(path: "invitations/\(node).log")
    }

    private func invitation(
        _ node: ConsortiumPlan.Node, port: Int, in plan: ConsortiumPlan
    ) throws -> Invitation {
        guard let host = EndpointHost(Self.address), let endpoint = Endpoint(host: host, port: port)
        else { throw CommandFailure("demo", "bad port") }
        let lenders = plan.nodes.flatMap(\.members).filter { $0.role == .lender }.map(\.id)
        return try Invitation(
            consortium: plan.consortium, node: node.id, operatorName: node.operatorName,
            endpoint: endpoint,
            members: node.members.map {
                InvitedMember(
                    id: $0.id, legalName: $0.legalName, role: $0.role,
                    supervises: $0.role == .regulator ? lenders : [])
            })
    }

    /// Brings the directory of every home up to date, as `directory fetch` does; nil without homes.
    private func fetch(_ homes: [NodeID: NodeHome]) async throws -> Directory? {
        var directory: Directory?
        for home in homes.values {
            guard let origin = try NodeConfiguration(home: home).origin else { continue }
            directory = try await SignedDirectory.prepare(home: home, origin: origin)
        }
        return directory
    }

    /// The next directory, which lists the witnesses; their keys are made here.
    private func witnessed(
        _ directory: Directory, _ plan: ConsortiumPlan, ports: [Int], homes: [NodeID: NodeHome]
    ) throws -> Directory {
        var entries: [WitnessEntry] = []
        for (node, port) in zip(plan.witnesses, ports[plan.nodes.count...]) {
            guard let home = homes[node], let entry = directory.node(node) else { continue }
            var configuration = try NodeConfiguration(home: home)
            (configuration.witnessHost, configuration.witnessPort) = (Self.address, port)
            try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
            let publicKey = try SigningKeys.createWitnessKey(home: home, node: node)
            guard
                let key = VerifierKey(
                    name: SigningKeys.witnessName(of: node, in: plan.consortium),
                    algorithm: .cosignature, publicKey: publicKey)
            else { throw CommandFailure("demo", "a witness cannot be named") }
            entries.append(
                WitnessEntry(
                    verifierKey: key, url: "https://\(Self.address):\(port)",
                    operatorName: entry.operatorName))
        }
        var charter = directory.charter
        // A node that is a witness does not count for its own log.
        charter.witnessQuorum = entries.count - 1
        return try Directory(
            version: directory.version + 1, consortium: directory.consortium, charter: charter,
            nodes: directory.nodes, members: directory.members, witnesses: entries)
    }

    /// What somebody has whom no officer let in: foreign clients try it.
    private func makeOutsider(_ site: DemoSite) throws {
        guard let first = site.directory.nodes.first else { return }
        let (now, life) = (Date(), LocalConsortium.certificateLife)
        let stranger = try CertificateAuthority.create(
            commonName: "another root", now: now, life: life)
        let issued = try stranger.issueNodeCertificate(
            for: NodeIdentity(consortium: site.directory.consortium, node: first.id),
            hosts: [first.endpoint.host], now: now, life: life)
        try NodeHome.createFolder(folder.appending(path: "outsider"))
        try PrivateFile.write(issued.certificatePEM.utf8, to: site.outsider.certificate)
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: site.outsider.key)
    }
}
