import AsyncHTTPClient
import Authority
import Exchange
import Foundation
import Membership
import NIOCore
import NIOSSL
import PeerHTTP
import Testing

@testable import NodeAssembly

@Suite("Scenario: a node joins")
struct JoinScenarios {
    private struct PowerCut: Error {}

    @Test("cut off at any point, the same command goes on", arguments: JoinStep.allCases)
    func cutOff(at step: JoinStep) async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite(
                    "guild-node", members: ["maple", "birch"], port: ports[0])
                await #expect(throws: PowerCut.self) {
                    _ = try await site.joining(token) { if $0 == step { throw PowerCut() } }.run()
                }
                let directory = try await site.joining(token).run()
                #expect(directory.node(token.node)?.status == .active)
                try checkHome(of: site, token)
                // Once more there is nothing left to do.
                #expect(try await site.joining(token).run() == directory)
            }
        }
    }

    /// The home opens with the keys that the directory lists, everything is the owner's alone, and
    /// nothing lies beside it.
    private func checkHome(of site: EnrolmentSite, _ token: InvitationToken) throws {
        let home = site.home()
        let configuration = try NodeConfiguration(home: home)
        #expect(configuration.origin?.authority == "\(site.service)/directory/")
        let node = try OfflineNode(
            home: home, configuration: configuration, clock: SystemClock(),
            logger: site.log.logger)
        defer { node.close() }
        let keys = try SigningKeys(home: home)
        let directory = node.context.directory.current
        #expect(Set(keys.requests.keys) == Set(directory.members.map(\.id)))
        _ = try CertificateFiles(
            home: home,
            identity: NodeIdentity(consortium: token.consortium, node: token.node)
        ).load()
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
        #expect(Set(names) == ["authority", "home"])
        let walker = FileManager.default.enumerator(atPath: home.folder.path)
        for case let name as String in walker ?? FileManager.DirectoryEnumerator() {
            var status = stat()
            try #require(stat(home.folder.appending(path: name).path, &status) == 0)
            #expect(status.st_mode & 0o077 == 0, "\(name)")
        }
    }

    @Test("of two joins on one home at a time the second is told so, and the first goes on")
    func twice() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                let arguments = ["join", token.text, "--home", site.home().folder.path, "--json"]
                let first = Joining(
                    token, home: site.home(), report: { _ in },
                    pause: {
                        let second = try await Command.run(arguments)
                        #expect(second.status == 1 && second.errorCode == "in-use")
                        try await site.approve()
                    }, reached: { _ in })
                #expect(try await first.run().node(token.node)?.status == .active)
                try checkHome(of: site, token)
            }
        }
    }

    @Test("joined, the node runs; killed, the same command starts it, the authority being away")
    func runs() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            var arguments = ["join"]
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                arguments += [
                    token.text, "--home", site.home().folder.path, "--local-port", "0",
                ]
                let first = try RunningCommand.start(arguments)
                try await eventually("it is approved and runs") {
                    try await site.approve()
                    return try first.textSoFar().contains("Joined; the node runs")
                }
                first.send(SIGKILL)
                let killed = try await first.output()
                #expect(killed.status == -SIGKILL)
                #expect(killed.text.contains("Read this fingerprint out"))
                #expect(killed.text.contains("There are no other nodes yet"))
            }
            let again = try RunningCommand.start(arguments)
            try await eventually("it runs again, without the authority") {
                try again.textSoFar().contains("Joined; the node runs")
            }
            let second = try await Command.run(arguments)
            #expect(second.status == 1 && second.errors.contains("[in-use]"), "\(second.errors)")
            again.send(SIGTERM)
            let ended = try await again.output()
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.text.contains("serves peers on port \(ports[0])"))
            #expect(!ended.text.contains("fingerprint"))
        }
    }

    @Test("whoever is not the authority of the token gets no secret, and makes no home")
    func impostors() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                let changed = { (root: [UInt8], certificate: [UInt8], secret: [UInt8]) in
                    InvitationToken(
                        consortium: token.consortium, node: token.node,
                        authority: token.authority, root: root, certificate: certificate,
                        secret: secret)
                }
                let other = [UInt8](repeating: 7, count: 32)
                let cases: [(InvitationToken, JoinError)] = [
                    (changed(token.root, other, token.secret), .authority(.untrusted)),
                    (changed(other, token.certificate, token.secret), .otherRoot),
                    (
                        changed(token.root, token.certificate, other),
                        .authority(.refused(code: "invitation-unknown"))
                    ),
                ]
                for (token, error) in cases {
                    await #expect(throws: error) { _ = try await site.joining(token).run() }
                }
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(names == ["authority"])
            }
        }
    }

    @Test("a token that was used elsewhere is refused, and the first holder goes on")
    func stolen() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                await #expect(throws: PowerCut.self) {
                    _ = try await site.joining(token) {
                        if $0 == .requestSent { throw PowerCut() }
                    }.run()
                }
                await #expect(throws: JoinError.authority(.refused(code: "invitation-used"))) {
                    _ = try await site.joining(token, into: "thief").run()
                }
                _ = try await site.joining(token).run()
                #expect(site.log.lines.contains { $0.contains("invitation-used") })
                #expect(site.log.lines.allSatisfy { !$0.contains(token.password) })
            }
        }
    }

    @Test("a home of another node stays as it is")
    func occupied() async throws {
        try await ScenarioRooms.use(ports: 2) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let first = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                _ = try await site.joining(first).run()
                let second = try await site.invite("oak-node", members: ["oak"], port: ports[1])
                let path = site.home().folder.path
                await #expect(
                    throws: JoinError.home(.file(path, "is the home of another node"))
                ) {
                    _ = try await site.joining(second).run()
                }
                _ = try await site.joining(second, into: "oak").run()
            }
        }
    }

    @Test("a regulator's opening keys and its denial key lie beside its home, and are listed")
    func regulator() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite(
                    "regulator-node", members: ["regulator"], port: ports[0], role: .regulator)
                let directory = try await site.joining(token).run()
                let place = folder.appending(path: "home.regulator/regulator/opening")
                let keys = try OpeningKeys.load(place)
                #expect(
                    Set(keys.keys)
                        == Set(directory.members.flatMap(\.openingKeys).map(\.kid.text)))
                #expect(keys.count == 12)
                let member = try #require(directory.members.first)
                let denial = try DenialKey(
                    file: folder.appending(path: "home.regulator/regulator/denial.key"),
                    of: member.id, in: directory.consortium)
                #expect(member.denialKey?.description == denial.publicHalf)
            }
        }
    }

    @Test("a node renews from two thirds of its certificate's life on, with a new key")
    func renewal() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                let directory = try await site.joining(token).run()
                let files = CertificateFiles(
                    home: site.home(),
                    identity: NodeIdentity(consortium: token.consortium, node: token.node))
                let first = try files.load()
                let clock = ScenarioClock()
                let renewal = CertificateRenewal(
                    home: site.home(), node: token.node,
                    origin: try #require(try NodeConfiguration(home: site.home()).origin),
                    directory: OneDirectory(current: directory), tls: TLSInForce(first),
                    clock: clock, logger: site.log.logger)
                clock.advance(by: .seconds(19 * 86_400))
                await renewal.renewIfDue()
                #expect(try files.load().showsSame(as: first))
                clock.advance(by: .seconds(2 * 86_400))
                await renewal.renewIfDue()
                let second = try files.load()
                #expect(!second.showsSame(as: first))
                #expect(site.log.lines.contains { $0.contains("the certificate was renewed") })
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: site.home().nextCertificateKey.deletingLastPathComponent().path)
                #expect(names == [])

                // Put out of the directory, it gets no other; the one in place stays.
                try await site.suspend(token.node)
                await renewal.renewIfDue()
                #expect(site.log.lines.contains { $0.contains("not-listed") })
                #expect(try files.load().showsSame(as: second))
            }
        }
    }

    @Test("a certificate is asked for and issued by files that are carried by hand")
    func byHand() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                _ = try await site.joining(token).run()
                let file = { (name: String) in folder.appending(path: name).path }
                let home = ["--home", site.home().folder.path, "--json"]
                let asking = ["node", "certificate", "request", "--out", file("node.csr")] + home
                let first = try await Command.run(asking)
                #expect(first.status == 0, "\(first.errors)")
                let request = try String(contentsOfFile: file("node.csr"), encoding: .utf8)
                let again = try await Command.run(asking)
                #expect(again.status == 0, "\(again.errors)")
                let other = try String(contentsOfFile: file("node.csr"), encoding: .utf8)
                #expect(
                    try CertificateRequest(pem: request).hosts
                        == CertificateRequest(pem: other).hosts)

                try PrivateFile.write(
                    EnrolmentSite.passphrase.utf8, to: folder.appending(path: "passphrase"))
                let certifying = [
                    "authority", "certify", file("authority"), file("node.csr"), "--out",
                    file("node.pem"), "--ca-passphrase-file", file("passphrase"), "--json",
                ]
                let unasked = try await Command.run(certifying)
                #expect(unasked.errorCode == "draft", "\(unasked.errors)")
                let certified = try await Command.run(certifying + ["--yes"])
                #expect(certified.status == 0, "\(certified.errors)")
                let said = try JSONDecoder().decode(
                    [String: String].self, from: Data(certified.text.utf8))
                #expect(said["fingerprint"] == (try CertificateRequest(pem: other).fingerprint))
                let install = ["node", "certificate", "install", "--certificate", file("node.pem")]
                let installed = try await Command.run(install + home)
                #expect(installed.status == 0, "\(installed.errors)")
                #expect(
                    try Data(contentsOf: site.home().certificate)
                        == Data(contentsOf: URL(filePath: file("node.pem"))))

                try await site.suspend(token.node)
                let late = try await Command.run(certifying + ["--yes"])
                #expect(late.errorCode == "not-listed", "\(late.errors)")
                try Data("no request".utf8).write(to: URL(filePath: file("node.csr")))
                let broken = try await Command.run(certifying + ["--yes"])
                #expect(broken.errorCode == "request-malformed", "\(broken.errors)")
            }
        }
    }

    @Test("the service renews its own certificate: new connections get it, open ones live on")
    func serviceCertificate() async throws {
        try await ScenarioRooms.use(ports: 0) { folder, _ in
            let clock = ScenarioClock()
            // Begun 25 days ago, so that both certificates hold by the machine's clock.
            clock.advance(by: .seconds(-25 * 86_400))
            try await EnrolmentSite.run(in: folder, clock: clock) { site in
                let caller = try ServiceCaller(site)
                let path = "/.well-known/est/cacerts"
                #expect(try await caller.send("GET", path, [], nil).status == 200)
                let first = try await caller.shown()
                clock.advance(by: .seconds(19 * 86_400))
                #expect(try !site.running.certificate.renewIfDue())
                #expect(try await caller.shown() == first)
                clock.advance(by: .seconds(6 * 86_400))
                #expect(try site.running.certificate.renewIfDue())
                #expect(try await caller.send("GET", path, [], nil).status == 200)
                let second = try await caller.shown()
                #expect(second != first && second.contains("BEGIN CERTIFICATE"))
                #expect(try !site.running.certificate.renewIfDue())
                try await caller.end()
            }
        }
    }

    @Test("the service refuses by stable codes, and OpenSSL reads what it hands out")
    func service() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                let caller = try ServiceCaller(site)
                let basic =
                    "Basic " + Data("guild-node:\(token.password)".utf8).base64EncodedString()
                let large = [UInt8](repeating: 0x41, count: 20_000)
                let enrol = "/.well-known/est/simpleenroll"
                let cases: [(String, String, [(String, String)], [UInt8]?, UInt, String)] = [
                    ("GET", "/v1/enrolment", [], nil, 401, "invitation-unknown"),
                    ("GET", "/v1/other", [], nil, 404, "not-found"),
                    ("GET", "/directory/../ca/ca.key", [], nil, 404, "not-found"),
                    ("GET", "/directory/7.root.json", [], nil, 404, "not-found"),
                    ("GET", enrol, [("authorization", basic)], nil, 405, "method"),
                    ("POST", enrol, [("authorization", basic)], large, 413, "too-large"),
                    ("POST", enrol, [("authorization", basic)], [0x41], 415, "media-type"),
                    (
                        "POST", enrol,
                        [("authorization", basic), ("content-type", "application/pkcs10")],
                        [0x21], 400, "request-malformed"
                    ),
                    (
                        "POST", "/.well-known/est/simplereenroll",
                        [("content-type", "application/pkcs10")], [0x41], 401,
                        "certificate-missing"
                    ),
                ]
                for (method, path, headers, body, status, code) in cases {
                    let answer = try await caller.send(method, path, headers, body)
                    #expect(answer.status == status, "\(method) \(path)")
                    #expect(answer.text.contains("\"code\":\"\(code)\""), "\(path): \(answer.text)")
                }
                let bundle = try await caller.send("GET", "/.well-known/est/cacerts", [], nil)
                try await caller.end()
                let file = folder.appending(path: "ca.p7")
                let pem = "-----BEGIN PKCS7-----\n\(bundle.text)-----END PKCS7-----\n"
                try Data(pem.utf8).write(to: file)
                let shown = try await Command.run(
                    tool: "openssl", ["pkcs7", "-print_certs", "-in", file.path]
                ).text
                #expect(shown.contains("CN=scenario.creditmesh") || shown.contains("CN = scenario"))
                #expect(shown.contains("BEGIN CERTIFICATE"))
            }
        }
    }
}

/// A directory that does not change.
private struct OneDirectory: DirectorySource {
    let current: Directory
    var issued: Directory { current }
    var expires: Timestamp? { nil }
}

/// Sends anything to an authority's service.
private struct ServiceCaller {
    private let client: HTTPClient
    private let base: String
    private let service: Endpoint
    private let authority: URL

    init(_ site: EnrolmentSite) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        let pem = try site.authority.certificatePEM()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
        client = HTTPClient(
            eventLoopGroup: .singletonMultiThreadedEventLoopGroup,
            configuration: HTTPClient.Configuration(tlsConfiguration: tls))
        base = site.service.description
        service = site.service
        authority = site.authority.certificates.folder.appending(path: "ca.pem")
    }

    /// The certificate that a new connection gets, PEM, as OpenSSL takes it.
    func shown() async throws -> String {
        let output = try await Command.run(
            tool: "openssl",
            [
                "s_client", "-connect", "127.0.0.1:\(service.port)", "-CAfile", authority.path,
                "-verify_return_error", "-verify_ip", "127.0.0.1",
            ])
        try #require(output.status == 0, "\(output.errors)")
        let start = try #require(output.text.range(of: "-----BEGIN"))
        let end = try #require(output.text.range(of: "-----END"))
        return String(output.text[start.lowerBound..<end.lowerBound])
    }

    func send(
        _ method: String, _ path: String, _ headers: [(String, String)], _ body: [UInt8]?
    ) async throws -> (status: UInt, text: String) {
        var request = HTTPClientRequest(url: base + path)
        request.method = .RAW(value: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return (response.status.code, String(buffer: bytes))
    }

    func end() async throws { try await client.shutdown() }
}
