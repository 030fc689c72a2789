import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing

@Suite("Scenario: an operator exchanges a node's certificate")
struct CertificateScenarios {
    @Test("a running node takes a new certificate, loses no request, and refuses what does not fit")
    func running() async throws {
        try await ScenarioConsortium.run { consortium in
            let home = try consortium.home("lakeside-node")
            let scene = try CertificateScene(consortium, home: home)
            let before = try Data(contentsOf: home.certificate)

            let wrongNode = try scene.pair(for: "harbor-node", named: "wrong-node")
            #expect(try await scene.install(wrongNode).errorCode == "certificate")
            let foreign = try scene.pair(
                for: "lakeside-node", named: "foreign", by: scene.stranger)
            let refused = try await scene.install(foreign)
            #expect(refused.errorCode == "certificate")
            #expect(refused.errors.contains("does not lead to a root"))
            let good = try scene.pair(for: "lakeside-node", named: "good")
            let mixed = CertificateScene.Pair(certificate: good.certificate, key: foreign.key)
            #expect(try await scene.install(mixed).errorCode == "certificate")
            #expect(try Data(contentsOf: home.certificate) == before)

            #expect(try await scene.install(good).status == 0)
            try await eventually("the node says that it has a new certificate") {
                consortium.log.lines.contains { $0.contains("a new certificate is in force") }
            }
            let report = try await consortium.ask(about: .behind)
            #expect(report.story["lakeside"] == "record")
            let asked = try await consortium.ask(about: .behind, as: "lakeside")
            #expect(asked.story["harbor"] != "error unreachable")

            // By hand, and wrong: what is in force stays.
            try FileManager.default.removeItem(at: home.certificate)
            try FileManager.default.copyItem(at: foreign.certificate, to: home.certificate)
            try await eventually("the node says that it is of no use") {
                consortium.log.lines.contains { $0.contains("the last good one stays in force") }
            }
            try await consortium.settle()
            #expect(try await consortium.ask(about: .behind).story["lakeside"] == "record")
        }
    }

    @Test(
        "the authority for certificates is exchanged while nodes run, in the three steps of the page"
    )
    func exchangedAuthority() async throws {
        try await ScenarioConsortium.run { consortium in
            let count = consortium.nodes.count
            let said = { (words: String) in
                consortium.log.lines.count { $0.contains(words) }
            }
            let old = consortium.site.authority.certificatePEM
            let scenes = try consortium.nodes.map {
                try CertificateScene(consortium, home: $0.home)
            }
            let next = try #require(scenes.first).stranger

            // Too early: a node whose own certificate the new root does not carry keeps the old one.
            let lakeside = try consortium.home("lakeside-node")
            try PrivateFile.write(next.certificatePEM.utf8, to: lakeside.roots)
            try await eventually("the node says that it is of no use") {
                said("the last good one stays in force") > 0
            }
            #expect(try await consortium.ask(about: .behind).story["lakeside"] == "record")

            for node in consortium.nodes {
                try PrivateFile.write((old + next.certificatePEM).utf8, to: node.home.roots)
            }
            try await eventually("all nodes trust both") {
                said("other roots are in force") == count
            }
            for (node, scene) in zip(consortium.nodes, scenes) {
                try scene.replace(by: next, at: node.parts.offline.context.node)
            }
            try await eventually("all have new certificates") {
                said("a new certificate is in force") == count
            }
            for node in consortium.nodes {
                try PrivateFile.write(next.certificatePEM.utf8, to: node.home.roots)
            }
            try await eventually("no node trusts the old one") {
                said("other roots are in force") == 2 * count
            }
            try await consortium.settle()
            #expect(try await consortium.ask(about: .behind).story["lakeside"] == "record")
            let asked = try await consortium.ask(about: .behind, as: "lakeside")
            #expect(asked.story["harbor"] != "error unreachable")
        }
    }

    @Test("what a crash cut off, the next start ends", arguments: [0, 1, 2])
    func crash(_ movesDone: Int) async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("lakeside-node")
            let scene = try CertificateScene(consortium, home: home)
            let pair = try scene.pair(for: "lakeside-node", named: "next")
            let wanted = try Data(contentsOf: pair.certificate)
            try NodeHome.createFolder(home.nextCertificate.deletingLastPathComponent())
            let key = movesDone > 0 ? home.certificateKey : home.nextCertificateKey
            try PrivateFile.write(Array(Data(contentsOf: pair.key)), to: key)
            let place = movesDone > 1 ? home.certificate : home.nextCertificate
            try PrivateFile.write(Array(wanted), to: place)

            let shown = try await Command.run([
                "node", "certificate", "show", "--home", home.folder.path,
            ])
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(try Data(contentsOf: home.certificate) == wanted)
            #expect(!FileManager.default.fileExists(atPath: home.nextCertificate.path))
            #expect(!FileManager.default.fileExists(atPath: home.nextCertificateKey.path))
        }
    }
}

/// Certificates for a node of a consortium.
private struct CertificateScene {
    let stranger: CertificateAuthority
    private let consortium: ScenarioConsortium
    private let home: NodeHome

    struct Pair {
        let certificate: URL
        let key: URL
    }

    init(_ consortium: ScenarioConsortium, home: NodeHome) throws {
        self.consortium = consortium
        self.home = home
        stranger = try .create(
            commonName: "Another root", now: Date(), life: .seconds(40 * 86_400))
    }

    func pair(
        for node: String, named name: String, by authority: CertificateAuthority? = nil
    ) throws -> Pair {
        let identity = NodeIdentity(
            consortium: consortium.site.directory.consortium, node: try #require(NodeID(node)))
        let issued = try (authority ?? consortium.site.authority).issueNodeCertificate(
            for: identity, hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) },
            now: Date(), life: .seconds(20 * 86_400))
        let pair = Pair(
            certificate: consortium.site.folder.appending(path: "\(name).pem"),
            key: consortium.site.folder.appending(path: "\(name).key"))
        try PrivateFile.write(issued.certificatePEM.utf8, to: pair.certificate)
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: pair.key)
        return pair
    }

    /// Puts a certificate by another authority in place.
    func replace(by authority: CertificateAuthority, at node: NodeID) throws {
        let identity = NodeIdentity(
            consortium: consortium.site.directory.consortium, node: node)
        let issued = try authority.issueNodeCertificate(
            for: identity, hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) },
            now: Date(), life: .seconds(20 * 86_400))
        _ = try CertificateFiles(home: home, identity: identity).install(
            certificate: Array(issued.certificatePEM.utf8), key: Array(issued.privateKeyPEM.utf8),
            now: consortium.clock.now)
    }

    func install(_ pair: Pair) async throws -> Command.Output {
        try await Command.run([
            "node", "certificate", "install", "--home", home.folder.path, "--json",
            "--certificate", pair.certificate.path, "--key", pair.key.path,
        ])
    }
}
