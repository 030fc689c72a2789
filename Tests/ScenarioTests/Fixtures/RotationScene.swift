import Crypto
import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing
import TransparencyLog

/// The node of lakeside, whose keys an operator and the officers change by commands while it serves.
struct RotationScene {
    private let consortium: ScenarioConsortium
    private let change: KeyChangeScene
    private var home: NodeHome { change.home }

    init(_ consortium: ScenarioConsortium, _ change: KeyChangeScene) {
        self.consortium = consortium
        self.change = change
    }

    func changeCertificate() async throws {
        let identity = NodeIdentity(
            consortium: consortium.site.directory.consortium,
            node: try #require(NodeID("lakeside-node")))
        let issued = try consortium.site.authority.issueNodeCertificate(
            for: identity, hosts: ["localhost", "127.0.0.1"].compactMap { EndpointHost($0) },
            now: Date(), life: .seconds(20 * 86_400))
        let certificate = try consortium.write(issued.certificatePEM, to: "next.pem")
        let key = consortium.site.folder.appending(path: "next.key")
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: key)
        try await run(
            ["certificate", "install", "--certificate", certificate, "--key", key.path])
        try await eventually("the new certificate is in force") {
            consortium.log.lines.contains { $0.contains("a new certificate is in force") }
        }
    }

    func changeSigningKeys() async throws {
        let old = try SigningKeys(home: home).answers.map(\.keyID)
        try await publish(rotate("signing"))
        let leaving = try await rotate("signing", "--leave")
        // The new ones sign by themselves when they have stood there for a while.
        try await eventually("the new keys sign") {
            let directory = try node().parts.offline.directory.current
            let own = try #require(directory.node(node().parts.offline.context.node))
            let signer = try node().parts.signers.signer(ofAnswersBy: own)
            return signer.map { !old.contains($0.keyID) } ?? false
        }
        try await publish(leaving)
        try await run(["rotate", "signing", "--retire"])
    }

    func changeLogKey() async throws {
        try await publish(rotate("log"))
        try await eventually("both keys sign the log") { try await logSignatures() == 2 }
        let leaving = try await rotate("log", "--leave")
        #expect(try await rotateOutput("log", "--retire").errorCode == "directory")
        try await publish(leaving)
        try await eventually("the new key signs the log alone") {
            try await logSignatures() == 1
        }
        try await run(["rotate", "log", "--retire"])
    }

    func changePseudonymKey() async throws {
        let prepared = try await change.prepare()
        #expect(prepared.ready && prepared.kid == "k2")
        try await publish(rotate("voprf"))
        try await eventually("the node uses the new key") {
            try node().parts.offline.context.keys.current.kid.rawValue == "k2"
        }
        try await publish(rotate("voprf"))
        try await publish(rotate("voprf", "--leave"))
        let retired = try await change.step("--retire")
        #expect(retired.status == 0, "\(retired.errors)")
        #expect(try change.keyFiles() == ["k2.json"])
    }

    /// Both sides' copies fit together over all changes, and what the key that has left signs now is no
    /// checkpoint any more.
    func reconcile(forgingBy old: Curve25519.Signing.PrivateKey) async throws {
        let copies = consortium.site.folder.appending(path: "copies")
        for node in ["harbor-node", "lakeside-node"] {
            let mirrored = try await Command.run([
                "audit", "mirror", node, copies.appending(path: node).path, "--home",
                consortium.home("regulator-node").folder.path, "--json",
            ])
            #expect(mirrored.status == 0, "\(mirrored.errors)")
        }
        let reconciled = try await Command.run(
            ["audit", "reconcile"]
                + ["harbor-node", "lakeside-node"].map { copies.appending(path: $0).path }
                + ["--json"])
        #expect(reconciled.status == 0, "\(reconciled.text)")

        let copy = copies.appending(path: "lakeside-node")
        let file = copy.appending(path: "checkpoint")
        let signed = try SignedCheckpoint(bytes: Array(Data(contentsOf: file)))
        let signer = try #require(
            NoteSigner(name: signed.checkpoint.origin, privateKey: old))
        let forged = try SignedCheckpoint(signed.checkpoint, signedBy: [signer])
        try Data(forged.note.bytes).write(to: file)
        let verified = try await Command.run(["audit", "verify", copy.path, "--json"])
        #expect(verified.status == 3)
        #expect(verified.text.contains("checkpoint-unsigned"))
    }

    /// A regulator's copy goes on over all changes, and checks.
    func audit() async throws {
        let behind =
            Int64(Date().timeIntervalSince1970) - consortium.clock.now.secondsSinceEpoch
        consortium.clock.advance(by: .seconds(max(0, behind)))
        let copy = consortium.site.folder.appending(path: "copies/lakeside-node").path
        let mirrored = try await Command.run([
            "audit", "mirror", "lakeside-node", copy, "--home",
            consortium.home("regulator-node").folder.path, "--json",
        ])
        #expect(mirrored.status == 0, "\(mirrored.errors)")
        let verified = try await Command.run(["audit", "verify", copy, "--json"])
        #expect(verified.status == 0, "\(verified.text)\(verified.errors)")
    }

    private func node() throws -> ScenarioNode { try consortium.node("lakeside-node") }

    private func logSignatures() async throws -> Int {
        let signed = try await node().parts.offline.context.log.checkpoint()
        return signed.note.signatures.count
    }

    @discardableResult
    private func run(_ arguments: [String]) async throws -> Command.Output {
        let output = try await Command.run(
            ["node"] + arguments + ["--home", home.folder.path, "--json"])
        try #require(output.status == 0, "\(output.errors)")
        return output
    }

    private func rotateOutput(_ arguments: String...) async throws -> Command.Output {
        try await Command.run(
            ["node", "rotate"] + arguments + ["--home", home.folder.path, "--json"])
    }

    private func rotate(_ arguments: String...) async throws -> SignedKeyStatement {
        let file = consortium.site.folder.appending(path: "lakeside.keys")
        try await run(["rotate"] + arguments + ["--out", file.path])
        return try SignedKeyStatement(json: Array(Data(contentsOf: file)))
    }

    /// Puts the directory of a statement in force, as officers would.
    private func publish(_ statement: SignedKeyStatement) async throws {
        let current = try DirectoryFile.load(consortium.site.directoryFile)
        let next = try statement.applied(to: current)
        try consortium.site.publish(next)
        try await eventually("all nodes read the new directory") {
            consortium.nodes.allSatisfy {
                $0.parts.offline.directory.current.version == next.version
            }
        }
    }
}
