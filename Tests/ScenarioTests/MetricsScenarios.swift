import CoreMetrics
import Exchange
import Foundation
import NodeAssembly
import Testing

@Suite("Scenario: a node is watched")
struct MetricsScenarios {
    private static func scrape(_ caller: LocalCaller) async throws -> [String: Double] {
        let answer = try await caller.send(
            "GET", "/metrics", authorization: "Bearer \(caller.token)")
        #expect(answer.status == 200)
        #expect(answer.contentType == "text/plain; version=0.0.4; charset=utf-8")
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        return Dictionary(
            lines.filter { !$0.hasPrefix("#") }.compactMap { line in
                guard let space = line.lastIndex(of: " "),
                    let value = Double(line[line.index(after: space)...])
                else { return nil }
                return (String(line[..<space]), value)
            }, uniquingKeysWith: { _, _ in .nan })
    }

    @Test("what was asked and answered is counted, by nothing that names anybody")
    func counted() async throws {
        try await ScenarioConsortium.run { consortium in
            let asker = try LocalCaller(home: consortium.home("harbor-node"))
            #expect(try await asker.send("GET", "/metrics").verdict == "401 token")
            let report = try await asker.report(LocalQuestion(about: .behind).json)
            #expect(report.verdict == "200")
            let asked = try await Self.scrape(asker)
            #expect(asked["creditmesh_reports_total{complete=\"true\"}"] == 1)
            let record = "creditmesh_report_outcomes_total{outcome=\"record\",code=\"\"}"
            #expect(asked[record, default: 0] >= 1)
            #expect(asked["creditmesh_log_commit_seconds_count", default: 0] >= 1)
            #expect(asked["creditmesh_log_size_entries", default: 0] >= 4)
            #expect(asked["creditmesh_directory_version"] == 1)
            #expect(asked["creditmesh_directory_age_seconds"] != nil)
            #expect(asked["creditmesh_filters", default: 0] >= 1)
            for kind in LogAlarm.Kind.allCases {
                #expect(asked["creditmesh_alarms{kind=\"\(kind.rawValue)\"}"] == 0)
            }

            let answering = try LocalCaller(home: consortium.home("lakeside-node"))
            let answered = try await Self.scrape(answering)
            let requests =
                "creditmesh_peer_requests_total{route=\"/v1/queries\",status=\"2xx\"}"
            #expect(answered[requests] == 1)
            #expect(answered["creditmesh_quota_reserved_elements", default: 0] >= 1)
            for text in asked.keys.map(\.self) + answered.keys {
                for word in ["harbor", "lakeside", "loan", ScenarioSubject.behind.identifier] {
                    #expect(!text.contains(word), "\(text)")
                }
            }
        }
    }

    @Test("an alarm counts where it is kept")
    func alarms() async throws {
        try await ScenarioConsortium.run { consortium in
            let node = try consortium.node("harbor-node")
            node.parts.alarms.raise(
                LogAlarm(
                    .forked, node: try consortium.entry("lakeside-node").id, first: nil,
                    second: nil))
            let found = try await Self.scrape(LocalCaller(home: node.home))
            #expect(found["creditmesh_alarms{kind=\"log-forked\"}"] == 1)
            #expect(found["creditmesh_alarms{kind=\"log-shrunk\"}"] == 0)
        }
    }

    @Test("the text is that of Prometheus, and its series are bounded")
    func text() {
        let registry = PrometheusRegistry()
        for value in ["b", "a \"quoted\\\"\n"] {
            Counter(label: "two_total", dimensions: [("x", value)], factory: registry)
                .increment(by: 3)
        }
        let recorder = Recorder(
            label: "one_seconds", dimensions: [], aggregate: true, factory: registry)
        recorder.record(0.002)
        recorder.record(11)
        let lines = registry.text.split(separator: "\n")
        #expect(lines.first == "# TYPE one_seconds histogram")
        #expect(lines.contains("one_seconds_bucket{le=\"0.001\"} 0"))
        #expect(lines.contains("one_seconds_bucket{le=\"0.0025\"} 1"))
        #expect(lines.contains("one_seconds_bucket{le=\"+Inf\"} 2"))
        #expect(lines.contains("one_seconds_sum 11.002"))
        #expect(
            lines.suffix(3) == [
                "# TYPE two_total counter", #"two_total{x="a \"quoted\\\"\n"} 3"#,
                "two_total{x=\"b\"} 3",
            ])
        for number in 0..<2 * PrometheusRegistry.seriesMax {
            Counter(label: "many_total", dimensions: [("x", "\(number)")], factory: registry)
                .increment()
        }
        let many = registry.text.split(separator: "\n").count { $0.hasPrefix("many_total{") }
        #expect(many == PrometheusRegistry.seriesMax - 3)
    }
}
