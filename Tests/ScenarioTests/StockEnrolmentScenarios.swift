import Authority
import Crypto
import Foundation
import Membership
import TestSupport
import Testing

/// Enrolment as RFC 7030 has it, by programs that know nothing of us: the commands of
/// protocol/enrolment.md, "With OpenSSL and curl".
@Suite(
    "Scenario: a node enrols with OpenSSL and curl",
    .enabled(
        if: ["openssl", "curl", "bash"].allSatisfy(Command.isHere),
        "openssl, curl or bash is not on this machine"))
struct StockEnrolmentScenarios {
    @Test("by the commands of the page it gets a certificate, and the next one with that")
    func enrols() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let stock = try await StockClient(site, port: ports[0])
                try await stock.run("est-begin")
                #expect(try await stock.run("est-ask") == "202\n")
                #expect(try await stock.send(try stock.keys()) == "200\n")
                #expect(try await stock.run("est-ask") == "202\n")
                try await site.approve()
                #expect(try await stock.run("est-ask") == "200\n")
                #expect(try await stock.run("est-end") == "node.pem: OK\n")

                let certificate = try CertificateProfile.certificate(
                    fromDER: try await stock.der(of: "node.pem"), consortium: stock.token.consortium
                )
                #expect(certificate.identity.node == stock.token.node)

                // Used: another request gets nothing, with the right secret.
                try await stock.request(.good)
                #expect(try await stock.refusal() == "409 invitation-used")
                let renew = ["--cert", "node.pem", "--key", "node.key"]
                let again = try await stock.post("simplereenroll", renew, "node.b64")
                #expect(again == "200\n")
                #expect(try await stock.run("est-end") == "node.pem: OK\n")
                #expect(
                    try await stock.post("simplereenroll", [], "node.b64") == "401\n")
                #expect(site.log.lines.allSatisfy { !$0.contains(stock.token.password) })
            }
        }
    }

    @Test("what does not fit is refused with its code, and the right request is taken afterwards")
    func refuses() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let stock = try await StockClient(site, port: ports[0])
                try await stock.run("est-begin")
                for (request, refusal) in StockRequest.refused {
                    try await stock.request(request)
                    #expect(try await stock.refusal() == refusal, "\(request)")
                }
                // Stolen in part, or void since the node was invited again.
                let secret = try stock.exchangeSecret(String(repeating: "A", count: 43))
                try await stock.request(.good)
                #expect(try await stock.refusal() == "401 invitation-unknown")
                _ = try stock.exchangeSecret(secret)
                let newer = try await stock.inviteAgain()
                #expect(try await stock.refusal() == "401 invitation-unknown")
                _ = try stock.exchangeSecret(newer.password)
                // As other programs write it: one line, and the type in another case.
                let text = try String(contentsOf: stock.file("node.b64"), encoding: .utf8)
                try Data(text.replacing("\n", with: "").utf8).write(to: stock.file("line.b64"))
                let taken = try await stock.post(
                    "simpleenroll", ["--config", "secret"], "line.b64", type: "Application/PKCS10")
                #expect(taken == "202\n")
            }
        }
    }
}

/// What `openssl req` is told, and what the service says to it.
private struct StockRequest: CustomStringConvertible {
    let description: String
    var key = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    var subject = "/CN=$NODE"
    var names = "URI:spiffe://$CONSORTIUM/node/$NODE,$NAME"
    var more: [String] = []

    static let good = StockRequest(description: "good")
    private static let other = "URI:spiffe://$CONSORTIUM/node/cedar-node"

    static let refused: [(StockRequest, String)] = [
        (StockRequest(description: "RSA", key: ["rsa:2048"]), "422 request-key"),
        (StockRequest(description: "Ed25519", key: ["ed25519"]), "422 request-key"),
        (
            StockRequest(description: "P-384", key: ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"]),
            "422 request-key"
        ),
        (StockRequest(description: "SHA-512", more: ["-sha512"]), "422 request-key"),
        (
            StockRequest(
                description: "a curve by its numbers",
                key: good.key + ["-pkeyopt", "ec_param_enc:explicit"]), "400 request-malformed"
        ),
        (
            StockRequest(
                description: "another node", subject: "/CN=cedar-node", names: "\(other),$NAME"),
            "422 request-identity"
        ),
        (
            StockRequest(description: "another subject", subject: "/CN=cedar-node"),
            "422 request-identity"
        ),
        (
            StockRequest(description: "a longer subject", subject: "/O=Guild/CN=$NODE"),
            "422 request-identity"
        ),
        (
            StockRequest(
                description: "another consortium",
                names: "URI:spiffe://other.creditmesh/node/$NODE,$NAME"), "422 request-identity"
        ),
        (
            StockRequest(description: "two nodes", names: "\(good.names),\(other)"),
            "422 request-identity"
        ),
        (
            StockRequest(description: "another host", names: "\(good.names),DNS:other.example"),
            "422 request-names"
        ),
        (
            StockRequest(description: "a mailbox", names: "\(good.names),email:a@other.example"),
            "422 request-names"
        ),
        (
            StockRequest(
                description: "an authority", more: ["-addext", "basicConstraints=CA:TRUE"]),
            "422 request-names"
        ),
    ]

    /// The command line that makes it: a request in `node.b64`.
    var script: String {
        let arguments = (key + more).map { "'\($0)'" }.joined(separator: " ")
        return """
            openssl req -new -nodes -keyout other.key -newkey \(arguments) -subj "\(subject)" \
            -addext "subjectAltName=\(names)" -outform DER -out node.csr || exit 1
            openssl base64 -in node.csr -out node.b64
            """
    }
}

/// A node's administrator with a token, a shell, and the page.
private struct StockClient {
    let token: InvitationToken
    private let site: EnrolmentSite
    private let invitation: Invitation
    private let folder: URL
    private let environment: [String: String]

    init(_ site: EnrolmentSite, port: Int) async throws {
        self.site = site
        token = try await site.invite("guild-node", members: ["maple"], port: port)
        let node = token.node
        invitation = try #require(try site.authority.enrolment(of: node)).invitation
        folder = site.folder.appending(path: "stock")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        environment = [
            "AUTHORITY": token.authority.description, "CONSORTIUM": token.consortium.text,
            "NODE": node.text, "NAME": "IP:127.0.0.1",
            "CERTIFICATE": Self.base64URL(token.certificate), "SECRET": token.password,
        ]
    }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    /// Runs a block of the page; what it printed.
    @discardableResult
    func run(_ block: String) async throws -> String {
        try await shell(try Page.block(block))
    }

    /// Makes a request with another key.
    func request(_ request: StockRequest) async throws { _ = try await shell(request.script) }

    /// Asks for a certificate; status and code of the refusal.
    func refusal() async throws -> String {
        let status = try await run("est-ask").trimmingCharacters(in: .whitespacesAndNewlines)
        let document = try JSONDecoder().decode(
            Problem.self, from: Data(contentsOf: file("answer")))
        return "\(status) \(document.code)"
    }

    /// Sends a request in base64 as told; the status and a line break.
    func post(
        _ path: String, _ options: [String], _ name: String, type: String = "application/pkcs10"
    ) async throws -> String {
        try await Command.run(
            tool: "curl",
            [
                "--silent", "--cacert", "ca.pem", "--header", "content-type: \(type)",
                "--data-binary", "@\(name)", "--output", "answer", "--write-out", "%{http_code}\n",
            ] + options + ["\(token.authority)/.well-known/est/\(path)"], in: folder
        ).text
    }

    /// Sends the document of keys.
    func send(_ keys: EnrolledKeys) async throws -> String {
        try Data(keys.json.encoded).write(to: file("keys.json"))
        return try await Command.run(
            tool: "curl",
            [
                "--silent", "--config", "secret", "--cacert", "ca.pem", "--json", "@keys.json",
                "--output", "answer", "--write-out", "%{http_code}\n",
                "\(token.authority)/v1/enrolment/keys",
            ], in: folder
        ).text
    }

    /// Invented keys, bound to the request.
    func keys() throws -> EnrolledKeys {
        let key = {
            try #require(
                PublicKeyBytes(Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)))
        }
        let signing = { (name: String) in
            SigningKeyEntry(keyID: try #require(KeyName(name)), publicKey: try key())
        }
        let origin = NodeLog.origin(of: invitation.node, in: invitation.consortium)
        let verifier = VerifierKey(name: origin, algorithm: .ed25519, publicKey: try key())
        let member = try #require(invitation.members.first).id
        return try EnrolledKeys(
            of: invitation,
            request: Array(SHA256.hash(data: try Data(contentsOf: file("node.csr")))),
            answerKeys: [signing("guild-node-1")],
            voprfKeys: [
                VOPRFKeyEntry(
                    kid: try #require(KeyName("k1")), state: .current, publicKey: try key())
            ],
            log: NodeLog(origin: origin, verifierKeys: [try #require(verifier)]),
            members: [member: MemberKeys(request: [try signing("maple-1")])])
    }

    /// Writes another secret; the one of before.
    func exchangeSecret(_ secret: String) throws -> String {
        let before = try String(contentsOf: file("secret"), encoding: .utf8)
        try Data("user = \"\(token.node):\(secret)\"\n".utf8).write(to: file("secret"))
        return String(before.split(separator: ":")[1].prefix { $0 != "\"" })
    }

    func inviteAgain() async throws -> InvitationToken {
        try await site.invite("guild-node", members: ["maple"], port: invitation.endpoint.port)
    }

    func der(of name: String) async throws -> [UInt8] {
        _ = try await shell("openssl x509 -in \(name) -outform DER -out shown.der")
        return Array(try Data(contentsOf: file("shown.der")))
    }

    private func shell(_ script: String) async throws -> String {
        let output = try await Command.run(
            tool: "bash", ["-euo", "pipefail", "-c", script], in: folder, environment: environment)
        try #require(output.status == 0, "\(output.errors)")
        return output.text
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private struct Problem: Decodable {
        let code: String
    }
}

/// protocol/enrolment.md.
private enum Page {
    private static let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "protocol/enrolment.md")

    /// The lines of the code block ```` ```sh <name> ````.
    static func block(_ name: String) throws -> String {
        let lines = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "```sh \(name)"))
        return lines[(start + 1)...].prefix { $0 != "```" }.joined(separator: "\n")
    }
}
