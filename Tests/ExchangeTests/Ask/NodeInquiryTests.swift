import Membership
import Pseudonym
import Testing

@testable import Exchange

@Suite("Asking one node")
struct NodeInquiryTests {
    /// Something is held at `lakeside` about `zhang`, nothing about `li`.
    private let scene: AskScene

    init() async throws {
        scene = try await AskScene()
        try await scene.hold(.zhang, by: "lakeside")
        // A book of `reed`, so that its misses count.
        try await scene.hold(.wang, by: "reed")
    }

    @Test("a record, and none beside it")
    func hit() async throws {
        let report = try await scene.report()
        #expect(report.words == ["lakeside": "record", "reed": "no-record"])
        #expect(report.records.map(\.summary.member.text) == ["lakeside"])
        #expect(report.records[0].findings.isEmpty)
        #expect(report.isComplete)
    }

    @Test("about a subject of whom nothing is held nothing is sent but blinded elements")
    func miss() async throws {
        let report = try await scene.report(about: .li)
        #expect(report.words == ["lakeside": "no-record", "reed": "no-record"])
        #expect(!scene.peers.calls.contains(.query("lakeside-node")))
    }

    @Test(
        "one that evaluates with another key is in error, for hits and misses alike",
        arguments: [Samples.Resident.zhang, .li])
    func wrongKey(resident: Samples.Resident) async throws {
        let other = try TestNode.key(seed: 99).secret
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { request throws(PeerFailure) in
                guard let evaluation = try? other.evaluate(request.elements) else {
                    throw .unreachable
                }
                return EvaluationAnswer(
                    kid: request.kid, elements: evaluation.elements, proof: evaluation.proof)
            }
        }
        try await expectError("malformed-answer", about: resident)
    }

    @Test(
        "one whose proof is another answer's, or whose elements are too few or too many, is in error"
    )
    func wrongProof() async throws {
        let key = try TestNode.key(seed: 2).secret
        let mix: [@Sendable ([EvaluatedElement]) -> [EvaluatedElement]] = [
            { _ in [] }, { $0 + $0 },
        ]
        for change in mix {
            scene.peers.change("lakeside-node") { script in
                script.evaluate = { request throws(PeerFailure) in
                    guard let evaluation = try? key.evaluate(request.elements) else {
                        throw .unreachable
                    }
                    return EvaluationAnswer(
                        kid: request.kid, elements: change(evaluation.elements),
                        proof: evaluation.proof)
                }
            }
            try await expectError("malformed-answer", about: .li)
        }
        let stale = try key.evaluate(
            Samples.evaluationRequest(inputs: [Samples.input(.li)]).elements)
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { request throws(PeerFailure) in
                EvaluationAnswer(
                    kid: request.kid, elements: stale.elements, proof: stale.proof)
            }
        }
        try await expectError("malformed-answer", about: .li)
    }

    @Test("one that answers under another key's name is in error")
    func wrongKID() async throws {
        let key = try TestNode.key(seed: 2).secret
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { request throws(PeerFailure) in
                guard let evaluation = try? key.evaluate(request.elements) else {
                    throw .unreachable
                }
                return EvaluationAnswer(
                    kid: "k2", elements: evaluation.elements, proof: evaluation.proof)
            }
        }
        try await expectError("malformed-answer", about: .li)
    }

    @Test("unknown-kid is tried once more when the directory has a new key by then")
    func keyChanged() async throws {
        let renewed = try TestNode.key("k2", seed: 42)
        let scene = scene
        let directory = scene.directory
        let next = try TestDirectory().listing([TestNode.key(seed: 1)], of: "harbor-node")
            .listing([renewed], of: "lakeside-node").directory()
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { request throws(PeerFailure) in
                guard request.kid == "k2" else {
                    directory.replace(with: next)
                    throw .refused(.unknownKID)
                }
                guard let evaluation = try? renewed.secret.evaluate(request.elements) else {
                    throw .unreachable
                }
                return EvaluationAnswer(
                    kid: "k2", elements: evaluation.elements, proof: evaluation.proof)
            }
        }
        // The filters held are for the old key: they are fetched anew, and there is none for k2.
        _ = try await scene.filters.refresh(
            #require(directory.current.node(Samples.node("lakeside-node"))),
            as: Samples.member("harbor"), deadline: .now + .seconds(5))
        try await expectError("malformed-answer", about: .li)
        #expect(evaluations == ["k1", "k2"])

        // Now there is one, and what is held from before is young enough to be used.
        let token = renewed.secret.output(for: Samples.input(.zhang)).token
        let filter = try FilterEncoder.encode(TokenHashes([token]))
        let entry = ManifestFilter(
            kid: "k2", count: 1, digest: filter.digest.bytes, generated: Samples.now)
        let old = try await scene.manifest()
        scene.peers.change("lakeside-node") { script in
            script.manifest = { _ in
                Manifest(
                    node: old.node, asOf: old.asOf, filters: old.filters + [entry],
                    members: old.members)
            }
            script.filter = { _ in filter.bytes }
        }
        #expect(
            try await scene.report(about: .li).words
                == ["lakeside": "no-record", "reed": "no-record"])
    }

    @Test("unknown-kid without a change is no reason to ask again")
    func keyUnchanged() async throws {
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { _ throws(PeerFailure) in throw .refused(.unknownKID) }
        }
        try await expectError("unknown-kid", about: .li)
        #expect(evaluations == ["k1"])
    }

    @Test("a second unknown-kid is the end of it")
    func keyUnknownTwice() async throws {
        let directory = scene.directory
        let next = try TestDirectory().listing([TestNode.key(seed: 1)], of: "harbor-node")
            .listing([TestNode.key("k2", seed: 42)], of: "lakeside-node").directory()
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { _ throws(PeerFailure) in
                directory.replace(with: next)
                throw .refused(.unknownKID)
            }
        }
        try await expectError("unknown-kid", about: .li)
        #expect(evaluations == ["k1", "k2"])
    }

    @Test("other refusals are not tried again", arguments: ProblemCode.allCases)
    func refused(code: ProblemCode) async throws {
        scene.peers.change("lakeside-node") { script in
            script.evaluate = { _ throws(PeerFailure) in throw .refused(code) }
        }
        try await expectError(code.rawValue, about: .zhang)
        #expect(evaluations == ["k1"])
    }

    @Test("a node without a current key in the directory is in error, and is not called")
    func noKey() async throws {
        scene.directory.replace(with: try TestDirectory().directory())
        try await expectError("malformed-answer", about: .li)
        #expect(scene.peers.calls.isEmpty)
    }

    @Test(
        "a failure at any step stands for every lender of the node, and never for no record",
        arguments: 0..<4,
        [
            (.timedOut, "timed-out"), (.unreachable, "error unreachable"),
            (.wrongIdentity, "error wrong-identity"), (.refused(.quota), "error quota"),
            (.refused(nil), "error refused"), (.malformed("x"), "error malformed-answer"),
            (.badSignature, "error bad-signature"), (.unsigned, "error unsigned"),
        ] as [(PeerFailure, String)])
    func failures(step: Int, failure: (PeerFailure, String)) async throws {
        let failing = ScriptedPeers.Script.failing(failure.0)
        scene.peers.change("lakeside-node") { script in
            switch step {
            case 0: script.evaluate = failing.evaluate
            case 1: script.manifest = failing.manifest
            case 2: script.filter = failing.filter
            default: script.query = failing.query
            }
        }
        let report = try await scene.report()
        #expect(report.words == ["lakeside": failure.1, "reed": failure.1])
        #expect(!report.isComplete)
        #expect(report.records.isEmpty)
    }

    private var evaluations: [String] {
        scene.peers.calls.compactMap { call in
            if case .evaluate(_, let kid) = call { kid } else { nil }
        }
    }

    private func expectError(_ code: String, about resident: Samples.Resident) async throws {
        let report = try await scene.report(about: resident)
        #expect(report.words == ["lakeside": "error \(code)", "reed": "error \(code)"])
        #expect(!report.isComplete)
    }
}
