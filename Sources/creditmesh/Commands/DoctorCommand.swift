import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh doctor`: what is wrong with a node, and what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with a node and what to do, whether or not it runs.",
        discussion: """
            Looks at configuration, modes of files, certificate, directory, names, ports and disk; of a \
            node that runs also at alarms, witnesses, peers and the clock; of one that does not, at store \
            and log as its start would. The exit status is 0 when nothing is wrong, 1 with warnings, 2 \
            with errors.

            Example:
              creditmesh doctor --home ./lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        let (findings, unseen) = await examine()
        output.write(
            [
                "findings": .array(findings.map(\.json)),
                "unseen": .array(unseen.map { .string($0.description) }),
            ],
            text: (language == .chinese
                ? Self.chinese(findings, unseen) : Self.english(findings, unseen)).joined(
                    separator: "\n"))
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        if !findings.isEmpty { throw ExitCode(1) }
    }

    private func examine() async -> (findings: [HealthFinding], unseen: [UnseenPart]) {
        let doctor = HomeDoctor(home.nodeHome)
        guard let client = try? LocalClient(home: home.nodeHome) else {
            return doctor.examine(isRunning: false)
        }
        var (findings, unseen) = doctor.examine(isRunning: true)
        if let status = try? await client.status() {
            findings += StatusExamination(status).findings
            let known = Set(findings.filter { $0.code == .peer }.map(\.detail))
            let test = PeerExamination(await client.peers())
            findings += test.findings.filter { !known.contains($0.detail) }
            unseen += test.unseen
        } else {
            findings.append(
                HealthFinding(.noAnswer, "the address that the node left does not answer"))
            unseen.append(.silentNode)
        }
        return (findings, unseen)
    }

    private static func english(
        _ findings: [HealthFinding], _ unseen: [UnseenPart]
    ) -> [String] {
        var lines = findings.map { finding in
            "\(finding.severity.rawValue): \(finding.code.rawValue): \(finding.detail)\n"
                + "  to do: \(finding.next)"
        }
        if findings.isEmpty { lines.append("nothing is wrong") }
        lines += unseen.map { "not looked at: \($0)" }
        return lines
    }

    private static func chinese(
        _ findings: [HealthFinding], _ unseen: [UnseenPart]
    ) -> [String] {
        var lines = findings.map { finding in
            let severity = finding.severity == .error ? "错误" : "警告"
            return
                "\(severity)：\(finding.titleInChinese) [\(finding.code.rawValue)]：\(finding.detail)\n"
                + "  处理：\(finding.nextInChinese)"
        }
        if findings.isEmpty { lines.append("未发现问题") }
        lines += unseen.map { "未检查：\($0.chinese)" }
        return lines
    }
}

/// What the peers of a running node say.
struct PeerExamination {
    /// Who does not answer, and who does not reach the node.
    let findings: [HealthFinding]
    /// Who does not tell.
    let unseen: [UnseenPart]

    /// Examines the document of the local API; nil when there is none.
    init(_ document: JSONValue?) {
        guard let document else {
            (findings, unseen) = ([], [.bothWays])
            return
        }
        var (findings, unseen): ([HealthFinding], [UnseenPart]) = ([], [])
        for peer in document["peers"].elements ?? [] {
            let node = peer["node"].word
            if peer["answers"].bool != true {
                findings.append(HealthFinding(.peer, "\(node): \(peer["reason"].word)"))
            } else if peer["reached"].bool == false {
                findings.append(HealthFinding(.unreached, "\(node): \(peer["reachedReason"].word)"))
            } else if peer["reached"].bool == nil {
                unseen.append(.wayBack(peer: node))
            }
        }
        (self.findings, self.unseen) = (findings, unseen)
    }
}

/// What a running node's own status shows to be wrong.
struct StatusExamination {
    /// By how much the clocks of peers may seem to differ: signed moments are up to a round old.
    static let clockAheadMax: Int64 = 10
    /// How old signed moments of peers may be when they come.
    static let clockBehindMax: Int64 = 60

    /// What is wrong.
    let findings: [HealthFinding]

    /// Examines the document of the local API.
    init(_ status: JSONValue) {
        var findings: [HealthFinding] = []
        if let alarms = status["alarms"].integer, alarms > 0 {
            findings.append(HealthFinding(.alarms, "\(alarms) are kept"))
        }
        let witnesses = status["log"]["witnesses"]
        if let since = witnesses["missingSince"].text {
            findings.append(
                HealthFinding(
                    .witnesses,
                    "\(witnesses["cosignatures"].word) of \(witnesses["quorum"].word) since \(since)"
                ))
        }
        let peers = status["peers"].elements ?? []
        for peer in peers where peer["status"].text == "active" {
            guard let code = peer["last"]["code"].text else { continue }
            findings.append(HealthFinding(.peer, "\(peer["node"].word): \(code)"))
        }
        self.findings = findings + Self.clock(peers)
    }

    /// What a peer refuses with when this clock is too far ahead, or behind.
    private static let refusals: Set = ["clock-skew", "signature-expired"]

    /// The middle one of the differences to peers, by moments that they signed: one peer with a wrong
    /// clock is no finding here.
    private static func clock(_ peers: [JSONValue]) -> [HealthFinding] {
        let ahead = peers.compactMap { peer -> Int64? in
            guard let at = peer["last"]["at"].text.flatMap(Timestamp.init),
                let asOf = peer["last"]["asOf"].text.flatMap(Timestamp.init)
            else { return nil }
            return asOf.seconds(since: at)
        }.sorted()
        let refusing = peers.count { $0["last"]["code"].text.map(refusals.contains) ?? false }
        if refusing > ahead.count {
            return [HealthFinding(.clock, "\(refusing) peers refuse what this node signs now")]
        }
        guard !ahead.isEmpty else { return [] }
        let middle = ahead[ahead.count / 2]
        guard middle > clockAheadMax || middle < -clockBehindMax else { return [] }
        return [HealthFinding(.clock, "peers' signed times are \(middle) s off this clock")]
    }
}
