import Foundation
import Membership
import TUF
import Testing

@testable import Authority

/// What is left of an enrolment whose file could not be written, or was written and nobody knew.
@Suite("Enrolments on a disk that fails")
struct EnrolmentFaultTests {
    /// What is cut off.
    enum Act: CaseIterable {
        case keys
        case request
        case issue
    }

    @Test(
        "cut off at any point of any write, an enrolment is as it was or one step on, and goes on",
        arguments: Act.allCases, MetadataFolder.WriteStep.allCases)
    func cutOff(_ act: Act, at step: MetadataFolder.WriteStep) async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let request = try scene.request()
        let keys = try scene.keys(for: request)
        if act != .keys { try await scene.send(keys, token) }
        if act == .issue {
            _ = try await scene.enrol(request, token)
            try await scene.approve()
        }
        let before = try #require(try scene.file)
        let failing = try EnrolmentOffice(
            Self.folder(of: scene, failingAt: step), issuer: scene.issuer, clock: scene.clock)
        let refused = await refusal {
            switch act {
            case .keys:
                _ = try await failing.take(
                    keys: keys.json.encoded, for: token.node.text, password: token.password)
            case .request, .issue:
                _ = try await failing.enrol(
                    request: request.der, for: token.node.text, password: token.password)
            }
        }
        #expect(refused == .unavailable)
        let left = try #require(try scene.file)
        #expect((left != before) == (step == .moved))
        #expect(scene.authority.enrolments.names() == ["birch-node.enrolment.json"])

        // Reopened: the same comes again and is taken, and the token is spent on it alone.
        try await scene.send(keys, token)
        let reply = try await scene.enrol(request, token)
        if act != .issue { try await scene.approve() }
        let issued = try await scene.enrol(request, token)
        guard case .issued(let certificate) = issued else {
            Issue.record("nothing was issued")
            return
        }
        #expect(request.hasKey(ofCertificate: certificate))
        if act == .issue { #expect(reply == issued) }
        if act == .issue, step == .moved { #expect(try scene.file == left) }
        #expect(await refusal { _ = try await scene.enrol(scene.request(), token) } == .used)
        #expect(await refusal { try await scene.send(scene.keys(for: request), token) } == .used)
    }

    @Test(
        "a first use that was not answered spends the token when it lasted, and only then",
        arguments: MetadataFolder.WriteStep.allCases)
    func spent(at step: MetadataFolder.WriteStep) async throws {
        let scene = try await EnrolmentScene()
        let token = try await scene.invite()
        let first = try scene.request()
        let failing = try EnrolmentOffice(
            Self.folder(of: scene, failingAt: step), issuer: scene.issuer, clock: scene.clock)
        let refused = await refusal {
            _ = try await failing.enrol(
                request: first.der, for: token.node.text, password: token.password)
        }
        #expect(refused == .unavailable)
        let other = await refusal { _ = try await scene.enrol(scene.request(), token) }
        #expect(other == (step == .moved ? .used : nil))
        let again = await refusal { _ = try await scene.enrol(first, token) }
        #expect(again == (step == .moved ? nil : .used))
    }

    @Test(
        "an invitation that failed leaves the one before, or void tokens; another one is good",
        arguments: MetadataFolder.WriteStep.allCases)
    func invitation(at step: MetadataFolder.WriteStep) async throws {
        let scene = try await EnrolmentScene()
        let first = try await scene.invite()
        let failing = Self.folder(of: scene, failingAt: step)
        await #expect(throws: AuthorityError.self) {
            try await failing.invite(
                scene.invitation, service: EnrolmentScene.found(Endpoint("https://a.example")),
                now: AuthorityScene.now.seconds)
        }
        let old = await refusal { _ = try await scene.enrol(scene.request(), first) }
        #expect(old == (step == .moved ? .unknown : nil))
        let second = try await scene.invite()
        #expect(await refusal { _ = try await scene.enrol(scene.request(), first) } == .unknown)
        #expect(try await scene.enrol(try scene.request(), second) == .waiting(.invited))
        #expect(try scene.authority.allEnrolments().count == 1)
    }

    /// The scene's folder on a disk that fails at a point of every write of an enrolment.
    private static func folder(
        of scene: EnrolmentScene, failingAt step: MetadataFolder.WriteStep
    ) -> AuthorityFolder {
        AuthorityFolder(scene.authority.place) { reached throws(UpdateFault) in
            if reached == step { throw .storage }
        }
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
}
