import Crypto
import Foundation
import Membership
import TUF
import Testing

@testable import Authority

@Suite("The way into the consortium")
struct EnrolmentOfficeTests {
    @Test("a certificate is issued when a threshold of officers published the node with its keys")
    func life() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        let keys = try scene.keys(for: request)
        try await scene.send(keys, token)
        #expect(try await scene.enrol(request, token) == .waiting(.enrolled))
        let standing = try await scene.office.standing(
            of: token.node.text, password: token.password)
        #expect(standing.state == .enrolled)
        #expect(standing.invitation == scene.invitation)

        // One signature is not enough, a draft is nothing.
        let draft = try await scene.authority.draftApproval(
            of: [scene.invitation.node], now: AuthorityScene.now)
        try await scene.scene.sign(draft, 0)
        #expect(try await scene.enrol(request, token) == .waiting(.enrolled))
        try await scene.scene.sign(draft, 1)
        _ = try await scene.authority.publish(
            by: scene.scene.online[0], now: AuthorityScene.now)
        guard case .issued(let certificate) = try await scene.enrol(request, token) else {
            Issue.record("nothing was issued")
            return
        }
        let read = try CertificateProfile.certificate(
            fromDER: certificate, consortium: EnrolmentScene.consortium)
        #expect(read.identity == scene.invitation.identity)
        #expect(read.hosts == [scene.invitation.endpoint.host])
        #expect(request.hasKey(ofCertificate: certificate))
        #expect(try scene.authority.authorityCertificate().hasIssued(certificate))
        // What got lost on its way comes again.
        #expect(try await scene.enrol(request, token) == .issued(certificate))
        try await scene.send(keys, token)
    }

    @Test("request and keys may come in either order, and the same ones again")
    func order() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        #expect(try await scene.enrol(request, token) == .waiting(.invited))
        #expect(try await scene.enrol(request, token) == .waiting(.invited))
        let keys = try scene.keys(for: request)
        try await scene.send(keys, token)
        try await scene.send(keys, token)
        #expect(try await scene.enrol(request, token) == .waiting(.enrolled))
    }

    @Test("a directory with another key than the enrolled one issues nothing")
    func otherKeys() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), token)
        _ = try await scene.enrol(request, token)
        let other = try scene.keys(for: request)
        let base = try AuthorityScene.directory(version: 2)
        let directory = try Directory(
            version: 2, consortium: base.consortium, charter: base.charter,
            nodes: base.nodes + [other.node], members: base.members + other.members)
        let draft = try await scene.authority.draftTargets(
            directory.encoded(), now: AuthorityScene.now)
        try await scene.scene.sign(draft, 0, 1)
        _ = try await scene.authority.publish(by: scene.scene.online[0], now: AuthorityScene.now)
        #expect(try await scene.enrol(request, token) == .waiting(.enrolled))
    }

    @Test("a wrong secret, another node's token and an unknown node are told apart for nobody")
    func strangers() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let other = try await scene.invite(
            EnrolmentScene.invitation(
                node: "cedar-node", members: ["cedar"], endpoint: "https://cedar.example"))
        let before = try scene.file
        let request = try scene.request().der
        let tries = [
            ("birch-node", other.password), ("nobody-node", token.password), ("birch-node", ""),
            ("../birch-node", token.password), ("birch-node", String(token.password.dropLast())),
        ]
        for (node, password) in tries {
            await #expect(
                throws: EnrolmentRefusal(.unknown, "no invitation of this node has this secret")
            ) {
                try await scene.office.enrol(request: request, for: node, password: password)
            }
        }
        #expect(try scene.file == before)
    }

    @Test("what does not fit the invitation is refused with its code, and nothing changes")
    func refusals() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let before = try scene.file
        let good = try scene.request()
        var broken = good.der
        broken[broken.count - 1] ^= 1
        let cases: [([UInt8], EnrolmentCode)] = [
            (try scene.request(node: "cedar-node").der, .requestIdentity),
            (try scene.request(hosts: ["birch.example", "other.example"]).der, .requestNames),
            (try scene.request(hosts: ["other.example"]).der, .requestNames),
            (broken, .requestSignature), (Array(good.der.dropLast()), .requestMalformed),
            (
                [UInt8](repeating: 0x30, count: CertificateRequest.derBytesMax + 1),
                .requestMalformed
            ),
            ([], .requestMalformed),
        ]
        for (der, code) in cases {
            let refused = await refusal {
                _ = try await scene.office.enrol(
                    request: der, for: token.node.text, password: token.password)
            }
            #expect(refused == code)
        }
        let keys = try scene.keys(for: good)
        let documents: [(String, EnrolmentCode)] = [
            (text(keys).replacing("\"birch\"", with: "\"cedar\""), .keysMalformed),
            (text(keys).replacing("/log/birch-node", with: "/log/cedar-node"), .keysMalformed),
            (text(keys).replacing("\"current\"", with: "\"next\""), .keysUnfit),
            ("{}", .keysMalformed), ("[", .keysMalformed),
        ]
        for (document, code) in documents {
            let refused = await refusal {
                _ = try await scene.office.take(
                    keys: Array(document.utf8), for: token.node.text, password: token.password)
            }
            #expect(refused == code, "\(document.prefix(40))")
        }
        #expect(try scene.file == before)
    }

    @Test("a used token takes no second key, and no other keys")
    func used() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), token)
        let between = try scene.file
        #expect(await refusal { _ = try await scene.enrol(scene.request(), token) } == .used)
        #expect(try scene.file == between)
        _ = try await scene.enrol(request, token)
        let before = try scene.file
        #expect(await refusal { _ = try await scene.enrol(scene.request(), token) } == .used)
        #expect(
            await refusal { try await scene.send(scene.keys(for: request), token) } == .used)
        #expect(try scene.file == before)
    }

    @Test("keys that are bound to another request than came are refused")
    func unbound() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        _ = try await scene.enrol(try scene.request(), token)
        let before = try scene.file
        #expect(
            await refusal { try await scene.send(scene.keys(for: scene.request()), token) }
                == .keysUnfit)
        #expect(try scene.file == before)
    }

    @Test("after 24 hours a token begins nothing, but what was begun goes on for 30 days")
    func expired() async throws {
        let scene = try await EnrolmentScene()
        let begun = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), begun)
        _ = try await scene.enrol(request, begun)
        let late = try await scene.invite(
            EnrolmentScene.invitation(
                node: "cedar-node", members: ["cedar"], endpoint: "https://cedar.example"))
        scene.clock.seconds += 86_401
        let cedar = try CertificateRequest.make(
            for: NodeIdentity(consortium: late.consortium, node: late.node),
            hosts: [EnrolmentScene.found(EndpointHost("cedar.example"))],
            key: P256.Signing.PrivateKey())
        #expect(await refusal { _ = try await scene.enrol(cedar, late) } == .expired)
        #expect(try await scene.enrol(request, begun) == .waiting(.enrolled))
        scene.clock.seconds += 30 * 86_400
        #expect(await refusal { _ = try await scene.enrol(request, begun) } == .expired)
    }

    @Test("a day after its issue a certificate is not handed out again")
    func repeated() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), token)
        _ = try await scene.enrol(request, token)
        try await scene.approve()
        guard case .issued = try await scene.enrol(request, token) else {
            Issue.record("nothing was issued")
            return
        }
        scene.clock.seconds += 86_401
        #expect(await refusal { _ = try await scene.enrol(request, token) } == .used)
    }

    @Test("a node renews with another key, as itself, while the directory lists it as active")
    func renewal() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), token)
        _ = try await scene.enrol(request, token)
        try await scene.approve()
        guard case .issued(let certificate) = try await scene.enrol(request, token) else {
            Issue.record("nothing was issued")
            return
        }
        let shown = try CertificateProfile.certificate(
            fromDER: certificate, consortium: EnrolmentScene.consortium)
        let next = try scene.request()
        let renewed = try await scene.office.renew(request: next.der, shown: shown)
        #expect(next.hasKey(ofCertificate: renewed))
        let wrong: [(CertificateRequest, EnrolmentCode)] = [
            (try scene.request(node: "cedar-node"), .requestIdentity),
            (try scene.request(hosts: ["birch.example", "other.example"]), .requestNames),
        ]
        for (request, code) in wrong {
            #expect(
                await refusal {
                    _ = try await scene.office.renew(request: request.der, shown: shown)
                } == code)
        }
        let base = try #require(
            try await scene.authority.published().members.map { try Directory(json: $0) })
        let suspended = base.closed()
        let directory = try Directory(
            version: base.version + 1, consortium: base.consortium, charter: base.charter,
            nodes: suspended.nodes, members: base.members)
        let draft = try await scene.authority.draftTargets(
            directory.encoded(), now: AuthorityScene.now)
        try await scene.scene.sign(draft, 0, 1)
        _ = try await scene.authority.publish(by: scene.scene.online[0], now: AuthorityScene.now)
        #expect(
            await refusal {
                _ = try await scene.office.renew(request: scene.request().der, shown: shown)
            } == .notListed)
    }

    @Test("a new invitation of a node that did not complete one voids the old token")
    func again() async throws {
        let scene = try await EnrolmentScene()
        let first = try await scene.invite()
        let second = try await scene.invite()
        #expect(await refusal { _ = try await scene.enrol(scene.request(), first) } == .unknown)
        #expect(try await scene.enrol(try scene.request(), second) == .waiting(.invited))
    }

    @Test(
        "ids and endpoints of the directory are not invited again",
        arguments: [
            ("harbor-node", "birch", "https://birch.example"),
            ("birch-node", "harbor", "https://birch.example"),
            ("birch-node", "birch", "https://harbor.example:8443"),
        ])
    func listed(node: String, member: String, endpoint: String) async throws {
        let scene = try await EnrolmentScene()
        await #expect(throws: AuthorityError.self) {
            try await scene.invite(
                EnrolmentScene.invitation(node: node, members: [member], endpoint: endpoint))
        }
        #expect(scene.authority.enrolments.names() == [])
    }

    @Test("nobody is approved who has not enrolled")
    func early() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        await #expect(throws: AuthorityError.draft("'birch-node' has not enrolled")) {
            try await scene.approve()
        }
        _ = try await scene.enrol(try scene.request(), token)
        await #expect(throws: AuthorityError.draft("'birch-node' has not enrolled")) {
            try await scene.approve()
        }
        #expect(scene.authority.drafts.names() == [])
    }

    @Test("an enrolment survives a restart of the office, and its file holds no secret")
    func restart() async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        try await scene.send(try scene.keys(for: request), token)
        _ = try await scene.enrol(request, token)
        let again = try EnrolmentOffice(scene.authority, issuer: scene.issuer, clock: scene.clock)
        let reply = try await again.enrol(
            request: request.der, for: token.node.text, password: token.password)
        #expect(reply == .waiting(.enrolled))
        let content = String(decoding: try scene.file ?? [], as: UTF8.self)
        #expect(!content.contains(token.password))
        #expect(!content.contains(Data(token.secret).base64EncodedString()))
        var status = stat()
        let path = scene.authority.enrolments.folder.appending(path: "birch-node.enrolment.json")
        #expect(stat(path.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("the authority's key opens with its passphrase alone, and is made once")
    func key() async throws {
        let scene = try await EnrolmentScene()
        let opened = try scene.authority.certificateAuthority(
            passphrase: Array("pass phrase".utf8))
        #expect(opened.certificatePEM == scene.issuer.certificatePEM)
        #expect(throws: AuthorityError.passphrase("ca.key")) {
            try scene.authority.certificateAuthority(passphrase: Array("pass phrasf".utf8))
        }
        #expect(throws: AuthorityError.self) {
            try scene.authority.createCertificateAuthority(
                of: EnrolmentScene.consortium, passphrase: Array("another one".utf8),
                now: scene.clock.date)
        }
        let bytes = try #require(try scene.authority.certificates.read("ca.key", bytesMax: 8_192))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("PRIVATE"))
    }

    @Test("the first root is published alone, and a timestamp is renewed beside unsigned drafts")
    func founding() async throws {
        let scene = AuthorityScene()
        let root = try await scene.authority.draftFirstRoot(scene.rules, now: AuthorityScene.now)
        try await scene.sign(root, 0)
        await #expect(throws: AuthorityError.self) {
            try await scene.authority.publish(by: scene.online[0], now: AuthorityScene.now)
        }
        #expect(scene.authority.repository.names() == [])
        try await scene.sign(root, 1)
        let first = try await scene.authority.publish(
            by: scene.online[0], now: AuthorityScene.now)
        #expect(first.files == ["1.root.json"])
        let draft = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 1).encoded(), now: AuthorityScene.now)
        try await scene.sign(draft, 0, 1)
        _ = try await scene.authority.publish(by: scene.online[0], now: AuthorityScene.now)
        let unsigned = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 2).encoded(), now: AuthorityScene.now)
        let renewed = try await scene.authority.renew(
            by: scene.online[0], now: AuthorityScene.now)
        #expect(renewed.files == ["timestamp.json"])
        #expect(scene.authority.drafts.names().contains(unsigned))
        #expect(try await scene.client().targets?.head.version == 1)
    }

    @Test("a list of members says which of its lines is wrong")
    func lists() throws {
        let text =
            "id,role,legalName\nbirch,lender,Birch, Finance Ltd\ncedar,lender,\"Cedar \"\"C\"\"\"\n"
        let members = try MemberList.members(csv: Array(text.utf8), name: "m.csv")
        #expect(members.map(\.legalName) == ["Birch, Finance Ltd", "Cedar \"C\""])
        let trial =
            "id,role,status,legalName\nbirch,lender,trial,Birch, Ltd\noak,lender,active,Oak\n"
        let begun = try MemberList.members(csv: Array(trial.utf8), name: "m.csv")
        #expect(begun.map(\.status) == [.trial, .active])
        #expect(begun.map(\.legalName) == ["Birch, Ltd", "Oak"])
        #expect(throws: AuthorityError.self) {
            let short = "id,role,status,legalName\nbirch,lender,Birch"
            return try MemberList.members(csv: Array(short.utf8), name: "m.csv")
        }
        #expect(members.map(\.onTrial.status) == [.trial, .trial])
        #expect(MemberList.member("oak=Oak: the bank:regulator")?.onTrial.status == .active)
        #expect(MemberList.member("oak=Oak: the bank:regulator")?.role == .regulator)
        #expect(MemberList.member("oak=Oak: the bank:regulator")?.legalName == "Oak: the bank")
        #expect(MemberList.member("oak") == nil)
        for (text, line) in [
            ("id,role,legalName\nbirch,bank,Birch", 2), ("id,role,legalName\nA,lender,x", 2),
            ("id,role,legalName\nbirch,lender,\"x", 2),
        ] {
            #expect(throws: AuthorityError.file("m.csv", "line \(line) is not id,role,legalName")) {
                try MemberList.members(csv: Array(text.utf8), name: "m.csv")
            }
        }
        #expect(throws: AuthorityError.self) { try MemberList.members(csv: [], name: "m.csv") }
    }

    /// The code with which something is refused; nil when it is not.
    private func refusal(_ work: () async throws -> Void) async -> EnrolmentCode? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? EnrolmentRefusal)?.code
        }
    }

    private func text(_ keys: EnrolledKeys) -> String {
        String(decoding: keys.json.encoded, as: UTF8.self)
    }
}
