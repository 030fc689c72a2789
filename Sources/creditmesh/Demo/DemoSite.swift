import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// The demo on disk: a certificate authority, a directory and the home of every node.
struct DemoSite {
    /// Life of the demo's certificates.
    static let certificateLife: Duration = .seconds(29 * 86_400)

    /// The folder of everything.
    let folder: URL
    /// The homes, by node.
    let homes: [String: NodeHome]
    /// The ports of the peer API, by node.
    let ports: [String: Int]
    /// The pseudonym keys, by node.
    let keys: [String: PseudonymKey]

    var caFile: URL { folder.appending(path: "ca/roots.pem") }
    var directoryFile: URL { folder.appending(path: "directory/members.json") }
    var outsider: (certificate: URL, key: URL) {
        (folder.appending(path: "outsider/node.pem"), folder.appending(path: "outsider/node.key"))
    }

    /// Makes certificates, keys, homes and the directory in a folder.
    static func make(in folder: URL, now: Timestamp) throws -> DemoSite {
        let date = Date(timeIntervalSince1970: Double(now.secondsSinceEpoch))
        let nodes = DemoConsortium.nodes
        let ports = try FreePorts.take(nodes.count)
        let site = DemoSite(
            folder: folder,
            homes: Dictionary(
                uniqueKeysWithValues: nodes.map { node in
                    (node.id, NodeHome(folder.appending(path: "nodes/\(node.id)")))
                }),
            ports: Dictionary(uniqueKeysWithValues: zip(nodes.map(\.id), ports)), keys: [:])
        for path in ["ca", "directory", "outsider", "books"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: path), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        let keys = try site.makeHomes(now: now)
        let made = DemoSite(folder: folder, homes: site.homes, ports: site.ports, keys: keys)
        try made.issueCertificates(at: date)
        try PrivateFile.write(DemoDirectory(site: made).directory().encoded(), to: made.directoryFile)
        return made
    }

    private func makeHomes(now: Timestamp) throws -> [String: PseudonymKey] {
        var keys: [String: PseudonymKey] = [:]
        for (id, home) in homes {
            guard let node = NodeID(id) else { throw CommandFailure("demo", "bad node id \(id)") }
            keys[id] = try NewHome.make(
                home,
                configuration: NodeConfiguration(
                    node: node, directory: directoryFile, listenHost: "127.0.0.1",
                    listenPort: ports[id] ?? 0, localPort: 0, logLevel: "warning"),
                now: now)
        }
        return keys
    }

    private func issueCertificates(at now: Date) throws {
        let authority = try CertificateAuthority.create(
            commonName: "CreditMesh demo root", now: now, life: Self.certificateLife)
        try PrivateFile.write(authority.certificatePEM.utf8, to: caFile)
        for (id, home) in homes {
            let issued = try Self.issue(id, by: authority, now: now)
            try PrivateFile.write(issued.certificatePEM.utf8, to: home.certificate)
            try PrivateFile.write(issued.privateKeyPEM.utf8, to: home.certificateKey)
            try PrivateFile.write(authority.certificatePEM.utf8, to: home.roots)
        }
        let stranger = try CertificateAuthority.create(
            commonName: "Another root", now: now, life: Self.certificateLife)
        let issued = try Self.issue("harbor-node", by: stranger, now: now)
        try PrivateFile.write(issued.certificatePEM.utf8, to: outsider.certificate)
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: outsider.key)
    }

    private static func issue(
        _ node: String, by authority: CertificateAuthority, now: Date
    ) throws -> IssuedCertificate {
        guard let consortium = ConsortiumID(DemoConsortium.id), let id = NodeID(node) else {
            throw CommandFailure("demo", "bad id \(node)")
        }
        return try authority.issueNodeCertificate(
            for: NodeIdentity(consortium: consortium, node: id),
            hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) }, now: now,
            life: certificateLife)
    }
}
