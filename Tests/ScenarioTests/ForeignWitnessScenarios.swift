import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing
import TransparencyLog

/// A witness that shares no code with this package (`Tests/ForeignAudit/witness.py`).
@Suite("Scenario: a witness of another make")
struct ForeignWitnessScenarios {
    @Test(
        "cosigns a node's log, over a lost shelf too, and exposes one that was brought back",
        .enabled("needs python3 with aics-witness 0.1") {
            try Python.status(["-c", "import aics_witness.service"]) == 0
        })
    func foreign() async throws {
        try await ScenarioConsortium.run(absent: ["lakeside-node"]) { consortium in
            let home = try consortium.home("lakeside-node")
            let witness = try await ForeignWitness.start(of: "lakeside-node", in: consortium)
            defer { witness.stop() }
            try await consortium.publish { draft in
                draft.witnesses = [witness.entry]
                draft.charter.witnessQuorum = 1
            }
            let old = consortium.site.folder.appending(path: "old")
            try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
            try Self.copy(["log", "promised"], from: home.folder, to: old)
            let (clock, log) = (consortium.clock, consortium.log)
            try await ScenarioNode.run([home], clock: clock, log: log) { nodes in
                let node = try #require(nodes.first)
                for round in 1...3 {
                    try await Self.append(to: node)
                    let found = await node.parts.pusher.push(deadline: .now + .seconds(30))
                    #expect(found.isEmpty)
                    let standing = node.parts.pusher.current
                    let newest = try await node.parts.offline.context.log.checkpoint()
                    #expect(standing.cosignatures == 1, "round \(round)")
                    #expect(standing.cosigned?.head == newest.checkpoint.head)
                    // What the node no longer knows, the witness says.
                    for name in try FileManager.default
                        .contentsOfDirectory(atPath: home.cosigned.path)
                    where name.hasPrefix("witness-") {
                        try FileManager.default.removeItem(
                            at: home.cosigned.appending(path: name))
                    }
                }
            }
            for name in ["log", "promised"] {
                try FileManager.default.removeItem(at: home.folder.appending(path: name))
            }
            try Self.copy(["log", "promised"], from: old, to: home.folder)
            let node = try RunningNode(
                home: home, version: "scenario", clock: clock, logger: log.logger)
            let error = await #expect(throws: NodeError.self) { try await node.run() }
            guard case .log(.witnessed, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    private static func append(to node: ScenarioNode) async throws {
        let context = node.parts.offline.context
        var entry = LogEntry(.consentWithdrawn, at: context.clock.now, node: context.node)
        entry.count = 1
        _ = try await context.log.append(entry, evidence: nil, nonce: nil)
    }

    private static func copy(_ names: [String], from: URL, to: URL) throws {
        for name in names {
            try FileManager.default.copyItem(
                at: from.appending(path: name), to: to.appending(path: name))
        }
    }
}

/// The foreign witness while it runs.
private struct ForeignWitness {
    let entry: WitnessEntry
    private let process: Process
    private let input: Pipe

    private static let script = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "ForeignAudit/witness.py")

    /// Starts it for one node's log, with the certificate of a node that does not serve as one.
    static func start(of node: String, in consortium: ScenarioConsortium) async throws -> Self {
        let log = try #require(consortium.entry(node).log)
        let tls = try consortium.home("regulator-node")
        let output = consortium.site.folder.appending(path: "witness.out")
        try Data().write(to: output)
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", script.path(),
            consortium.site.folder.appending(path: "foreign-witness").path(),
            "witness.example/foreign", log.origin, "\(try #require(log.verifierKeys.first))",
            tls.certificate.path(), tls.certificateKey.path(),
        ]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        var words: [Substring] = []
        try await eventually("the foreign witness serves") {
            let text = try String(contentsOf: output, encoding: .utf8)
            words = text.hasSuffix("\n") ? text.dropLast().split(separator: " ") : []
            try #require(process.isRunning || words.count == 2, "it ended")
            return words.count == 2
        }
        let key = try #require(VerifierKey(String(words[0])))
        return Self(
            entry: WitnessEntry(
                verifierKey: key, url: "https://127.0.0.1:\(words[1])",
                operatorName: "A witness of another make"),
            process: process, input: input)
    }

    /// Ends it, as it asks for: its input ends.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// Python, where it is there.
private enum Python {
    static func status(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
