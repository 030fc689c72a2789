import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// A node that answers, logs and proves single queries, and askers that do no more than sign them and
/// check the answer's signature: what the asking node does besides is measured by ``LoadBench``.
struct AnswerBench {
    let duration: Duration
    private let askers = 128
    /// Queries a second of the open loop.
    private let openRate = 1_000

    func run(into table: inout BenchTable) async throws {
        var bare = 0.0
        var closed = 0.0
        var signed = 0.0
        var times: [Double] = []
        try await BenchConsortium.run(count: 2) { consortium in
            let query = try Query(consortium)
            bare = try await ClosedLoop(askers: askers, duration: duration)
                .rate { _ in try await query.meet() }
            closed = try await ClosedLoop(askers: askers, duration: duration)
                .rate { _ in try await query.ask() }
            signed = try await SignedLoad(connections: askers, duration: duration)
                .rate(as: query.home) { try query.sign() }
            times = try await openLoop(query).sorted()
        }
        table.add("bare exchanges over TLS, neither verified nor logged", bare, "1/s")
        table.add(
            "queries answered, logged and proven, \(askers) askers", closed, "1/s", bound: bare,
            aim: .queriesAnswered)
        table.add(
            "  asked by requests that were signed before", signed, "1/s", bound: bare,
            aim: .queriesAnswered)
        let name = "answer to one of \(openRate) queries a second, open loop"
        table.add("\(name), p50", times[times.count / 2], "ms")
        table.add("\(name), p99", times[times.count * 99 / 100], "ms", aim: .answerMilliseconds)
    }

    /// How long answers took from the moment at which their query was due, in milliseconds: who is
    /// late is not asked less.
    private func openLoop(_ query: Query) async throws -> [Double] {
        let clock = ContinuousClock()
        let start = clock.now
        let count = Int(duration.inSeconds * Double(openRate))
        return try await withThrowingTaskGroup(of: Double.self) { group in
            for number in 0..<count {
                let due = start + .seconds(1) * number / openRate
                try await clock.sleep(until: due)
                group.addTask {
                    try await query.ask()
                    return (clock.now - due).inSeconds * 1000
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// A query that is found.
    private struct Query: Sendable {
        private let message: PeerMessage
        private let target: NodeEntry
        private let member: MemberID
        private let parts: NodeParts
        /// Of the node that asks.
        let home: NodeHome

        init(_ consortium: BenchConsortium) throws {
            let directory = consortium.site.directory
            let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
            let input = SubjectInput(
                consortium: "bench.creditmesh",
                identifier: try schemes.identifier("7", scheme: "bench"))
            let token = consortium.nodes[1].parts.offline.keys.ring.current.secret
                .output(for: input).token
            member = directory.members[0].id
            target = directory.nodes[1]
            parts = consortium.nodes[0].parts
            guard let home = consortium.site.homes[directory.nodes[0].id] else {
                throw BenchError.id
            }
            self.home = home
            message = .query(
                QueryRequest(
                    member: member, kid: NewHome.firstKeyName, purpose: "post-loan",
                    queries: [
                        SubjectQuery(
                            token: token, nameCheck: nil,
                            consent: BenchConsent.consent(for: "post-loan"))
                    ]))
        }

        /// The floor that the libraries set: an exchange of the same connections that asks for next to
        /// nothing.
        func meet() async throws {
            _ = try await parts.peers.meet(target, as: member, deadline: .now + .seconds(10))
        }

        func sign() throws -> SignedCall {
            try parts.peers.sign(message, to: target, as: member)
        }

        func ask() async throws {
            let call = try sign()
            let reply = try await parts.peers.send(call, deadline: .now + .seconds(10))
            guard reply.content == .message, reply.receipt != nil else { throw BenchError.noHit }
        }
    }
}
