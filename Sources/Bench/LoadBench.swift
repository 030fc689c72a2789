import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// A node under load: as many peers' requests as it answers, over kept connections.
struct LoadBench {
    let duration: Duration
    private let askers = 16
    private static let elementsOfBatches = "  elements in batches of 64"

    func run(into table: inout BenchTable) async throws {
        table.measureMultiplications()
        var results: [(String, Double, Double?)] = []
        try await BenchConsortium.run(count: 2) { consortium in
            let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
            for elements in [1, 64] {
                let rate = try await evaluations(consortium, elements: elements)
                results.append(
                    (
                        "evaluations of \(elements), \(Int(cores)) cores shared with askers", rate,
                        nil
                    ))
                results.append(
                    (
                        elements == 64 ? Self.elementsOfBatches : "  elements of them",
                        rate * Double(elements), 2
                    ))
            }
            results.append(
                ("queries with a hit", try await queries(consortium), nil))
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        for (name, rate, multiplications) in results {
            table.add(
                name, rate, "1/s", multiplications: multiplications, cores: cores,
                aim: name == Self.elementsOfBatches ? .elementsEvaluated : nil)
        }
    }

    private func evaluations(_ consortium: BenchConsortium, elements: Int) async throws -> Double {
        let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
        let identifiers = try (0..<elements).map {
            try schemes.identifier(String($0), scheme: "bench")
        }
        let session = try BlindingSession(
            identifiers.map { SubjectInput(consortium: "bench.creditmesh", identifier: $0) })
        guard case .sealed(let key) = consortium.site.directory.openingTerms(at: SystemClock().now)
        else { throw BenchError.notOpenable }
        // Sealed once: what sealing takes is measured by itself.
        let boxes = try SealedBoxes(
            opening: session,
            of: identifiers.map {
                BoxedSubject($0, consent: BenchConsent.consent(for: "post-loan"))
            }, purpose: .postLoan, to: key)
        let request = EvaluationRequest(
            member: consortium.site.directory.members[0].id, kid: NewHome.firstKeyName,
            elements: session.elements, sealed: boxes.digest)
        let target = consortium.site.directory.nodes[1]
        let parts = consortium.nodes[0].parts
        return try await ClosedLoop(askers: askers, duration: duration).rate { deadline in
            let asking = Self.asking(from: parts, until: deadline)
            let evaluation = try await asking.evaluate(request, boxes: boxes, at: target) {
                $0.elements.count
            }
            try await asking.settle(evaluation, filters: [])
        }
    }

    private func queries(_ consortium: BenchConsortium) async throws -> Double {
        let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
        let input = SubjectInput(
            consortium: "bench.creditmesh",
            identifier: try schemes.identifier("7", scheme: "bench"))
        let token = consortium.nodes[1].parts.offline.keys.ring.current.secret
            .output(for: input).token
        let request = QueryRequest(
            member: consortium.site.directory.members[0].id, kid: NewHome.firstKeyName,
            purpose: "post-loan",
            queries: [
                SubjectQuery(
                    token: token, nameCheck: nil, consent: BenchConsent.consent(for: "post-loan"))
            ])
        let target = consortium.site.directory.nodes[1]
        let parts = consortium.nodes[0].parts
        return try await ClosedLoop(askers: askers, duration: duration).rate { deadline in
            let answer = try await Self.asking(from: parts, until: deadline)
                .query(request, at: target, filters: [])
            guard case .found = answer.results.first else { throw BenchError.noHit }
        }
    }

    /// Asks as the first lender, as a program does that asks for many.
    private static func asking(
        from parts: NodeParts, until deadline: ContinuousClock.Instant
    ) -> PeerAsking {
        PeerAsking(
            context: parts.offline.context, peers: parts.peers,
            circumstances: AskCircumstances(
                purpose: .postLoan, channel: .batch, operatorName: nil, caseName: nil),
            deadline: deadline)
    }
}
