import Exchange
import Foundation
import Membership
import Pseudonym

/// Makes the parts of a local consortium.
struct LocalConsortiumBuilder {
    let folder: URL
    let plan: ConsortiumPlan
    let now: Timestamp

    private var date: Date { Date(timeIntervalSince1970: Double(now.secondsSinceEpoch)) }

    /// A node's home and its keys.
    struct MadeHome {
        let home: NodeHome
        let keys: NewKeys
        /// Where and with which key it is a witness; nil for one that is none.
        let witness: (port: Int, key: PublicKeyBytes)?
    }

    /// Makes the home of every node.
    func homes(ports: [Int]) throws(NodeError) -> [NodeID: MadeHome] {
        var homes: [NodeID: MadeHome] = [:]
        for (node, port) in zip(plan.nodes, ports) {
            let home = NodeHome(folder.appending(path: "nodes/\(node.id)"))
            let witnessPort = witnessPort(of: node.id, in: ports)
            let configuration = NodeConfiguration(
                node: node.id, directory: folder.appending(path: "directory/members.json"),
                listenHost: "127.0.0.1", listenPort: port, localPort: 0,
                witnessHost: "127.0.0.1", witnessPort: witnessPort, logLevel: "warning")
            let keys = try NewHome.make(
                home, configuration: configuration, members: node.members.map(\.id), now: now)
            let witness = try witnessPort.map { port throws(NodeError) in
                (port, try SigningKeys.createWitnessKey(home: home, node: node.id))
            }
            homes[node.id] = MadeHome(home: home, keys: keys, witness: witness)
        }
        return homes
    }

    /// The ports of witnesses come behind those of nodes.
    private func witnessPort(of node: NodeID, in ports: [Int]) -> Int? {
        plan.witnesses.firstIndex(of: node).map { ports[plan.nodes.count + $0] }
    }

    private func witnesses(_ homes: [NodeID: MadeHome]) throws(NodeError) -> [WitnessEntry] {
        var entries: [WitnessEntry] = []
        for node in plan.nodes {
            guard let witness = homes[node.id]?.witness else { continue }
            let name = SigningKeys.witnessName(of: node.id, in: plan.consortium)
            guard
                let key = VerifierKey(
                    name: name, algorithm: .cosignature, publicKey: witness.key)
            else { throw .failed("a witness cannot be named '\(name)'") }
            entries.append(
                WitnessEntry(
                    verifierKey: key, url: "https://127.0.0.1:\(witness.port)",
                    operatorName: node.operatorName))
        }
        return entries
    }

    /// The directory that lists the homes' keys.
    func directory(
        ports: [Int], homes: [NodeID: MadeHome], opening: [OpeningKeyEntry]
    ) throws(NodeError) -> Directory {
        let keys = homes.mapValues(\.keys)
        var nodes: [NodeEntry] = []
        for (node, port) in zip(plan.nodes, ports) {
            guard let host = EndpointHost("127.0.0.1"),
                let endpoint = Endpoint(host: host, port: port), let made = keys[node.id],
                let kid = KeyName(made.pseudonym.kid.rawValue),
                let publicKey = PublicKeyBytes(made.pseudonym.secret.publicKey.bytes)
            else { throw .failed("node \(node.id) has no port or key") }
            nodes.append(
                NodeEntry(
                    id: node.id, operatorName: node.operatorName, endpoint: endpoint,
                    features: PeerFeature.allCases.map(\.rawValue),
                    answerKeys: [made.answer],
                    voprfKeys: [VOPRFKeyEntry(kid: kid, state: .current, publicKey: publicKey)],
                    log: try made.nodeLog(of: node.id, in: plan.consortium)))
        }
        let witnesses = try witnesses(homes)
        do {
            return try Directory(
                version: 1, consortium: plan.consortium, charter: plan.charter, nodes: nodes,
                members: plan.nodes.flatMap { node in
                    node.members.map { member in
                        let isOpening = member.id == plan.charter.openingRegulator
                        return entry(
                            member, of: node, keys: keys[node.id], opening: isOpening ? opening : []
                        )
                    }
                }, witnesses: witnesses)
        } catch {
            throw .directory("\(error)")
        }
    }

    private func entry(
        _ member: ConsortiumPlan.Member, of node: ConsortiumPlan.Node, keys: NewKeys?,
        opening: [OpeningKeyEntry]
    ) -> MemberEntry {
        let lenders = plan.nodes.flatMap(\.members).filter { $0.role == .lender }.map(\.id)
        return MemberEntry(
            id: member.id, legalName: member.legalName, node: node.id, role: member.role,
            requestKeys: keys?.requests[member.id].map { [$0] } ?? [],
            supervises: member.role == .regulator ? lenders : [], openingKeys: opening)
    }

    /// Months for which the opening regulator has keys: a demo that is kept goes on for a while.
    static let openingMonths = 12

    /// The opening keys of the regulator that the charter names; none where it names none.
    func openingKeys() throws(NodeError) -> [OpeningKeyEntry] {
        guard plan.charter.openingRegulator != nil,
            let months = OpeningKeys.months(from: now.month, count: Self.openingMonths)
        else { return [] }
        let place = folder.appending(path: "opening-keys")
        var keys: [OpeningKeyEntry] = []
        for month in months { keys.append(try OpeningKeys.create(in: place, month: month)) }
        return keys
    }

    /// Makes the authority, every node's certificate, and one of another authority for the first.
    func issueCertificates(homes: [NodeID: NodeHome]) throws(NodeError) -> CertificateAuthority {
        do {
            let authority = try CertificateAuthority.create(
                commonName: "\(plan.consortium) root", now: date,
                life: LocalConsortium.certificateLife + .seconds(86_400))
            let roots = Array(authority.certificatePEM.utf8)
            try PrivateFile.write(roots, to: folder.appending(path: "ca/roots.pem"))
            for (id, home) in homes {
                try issue(id, by: authority, to: (home.certificate, home.certificateKey))
                try PrivateFile.write(roots, to: home.roots)
            }
            if let first = plan.nodes.first {
                let stranger = try CertificateAuthority.create(
                    commonName: "another root", now: date,
                    life: LocalConsortium.certificateLife + .seconds(86_400))
                let outside = folder.appending(path: "outsider")
                try issue(
                    first.id, by: stranger,
                    to: (outside.appending(path: "node.pem"), outside.appending(path: "node.key")))
            }
            return authority
        } catch let error as NodeError {
            throw error
        } catch {
            throw .failed("a certificate cannot be issued: \(error)")
        }
    }

    private func issue(
        _ node: NodeID, by authority: CertificateAuthority, to files: (certificate: URL, key: URL)
    ) throws {
        let issued = try authority.issueNodeCertificate(
            for: NodeIdentity(consortium: plan.consortium, node: node),
            hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) }, now: date,
            life: LocalConsortium.certificateLife)
        try PrivateFile.write(issued.certificatePEM.utf8, to: files.certificate)
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: files.key)
    }
}
