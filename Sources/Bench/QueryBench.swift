import Exchange
import Foundation
import NodeAssembly
import Pseudonym

/// One report over 1, 10 and 50 nodes, as an analyst waits for it: evaluation, look-up, query and
/// proof for every node, warm connections.
struct QueryBench {
    let counts: [Int]
    private let reports = 60
    private let warmUp = 5

    func run(into table: inout BenchTable) async throws {
        for count in counts {
            var times: [Double] = []
            try await BenchConsortium.run(count: count + 1) { consortium in
                times = try await measure(consortium)
            }
            times.sort()
            table.add(
                "report over \(count) nodes, all hits, p50", times[times.count / 2], "ms",
                aim: count == 10 ? .reportMilliseconds : nil)
            table.add(
                "report over \(count) nodes, all hits, p99", times[times.count * 99 / 100], "ms")
        }
    }

    private func measure(_ consortium: BenchConsortium) async throws -> [Double] {
        guard let asker = consortium.nodes.first else { return [] }
        let schemes = try SchemeRegistry(charter: [(scheme: "bench", pattern: "[0-9]{1,12}")])
        var times: [Double] = []
        for index in 0..<(reports + warmUp) {
            let request = ReportRequest(
                member: consortium.site.directory.members[0].id,
                identifier: try schemes.identifier(
                    String(index % BenchConsortium.accountsPerNode), scheme: "bench"),
                name: nil, purpose: .postLoan, consent: BenchConsent.consent(for: "post-loan"),
                deadline: .seconds(30))
            let clock = ContinuousClock()
            let start = clock.now
            let report = try await asker.parts.inquirer.report(request)
            if index >= warmUp { times.append((clock.now - start).inSeconds * 1000) }
            guard report.isComplete else { throw BenchError.incomplete(report.missing) }
        }
        return times
    }
}

/// The consent that the bench asks with.
enum BenchConsent {
    static func consent(for purpose: String) -> Consent {
        let now = SystemClock().now
        return Consent(
            basis: .consent, purposes: [purpose], reference: [UInt8](repeating: 1, count: 16),
            grantedAt: now.advanced(bySeconds: -3600), expiresAt: now.advanced(bySeconds: 3600),
            evidenceDigest: [UInt8](repeating: 2, count: 32))
    }
}
