import Foundation
import TestSupport
import Testing

@Suite("Scenario: the demo")
struct DemoScenarios {
    @Test("eleven stories, each report as it should be, an audit of all logs, and an end by itself")
    func stories() async throws {
        let page = FileManager.default.temporaryDirectory
            .appending(path: "examiner-\(UUID().uuidString).html")
        defer { try? FileManager.default.removeItem(at: page) }
        let output = try await Command.run(["demo", "--json", "--page", page.path])
        #expect(output.status == 0, "\(output.errors)")
        let text = try String(contentsOf: page, encoding: .utf8)
        for node in ["harbor-node", "lakeside-node", "cedar-node", "guild-node"] {
            #expect(text.contains(node))
        }
        #expect(text.contains("Nothing is wrong with the logs."))
        let stories = try JSONDecoder().decode([Story].self, from: Data(output.text.utf8))
        #expect(stories.count == 11)
        #expect(stories.allSatisfy { $0.failures.isEmpty })
        #expect(Set(stories.map(\.title)).count == 11)
        #expect(stories.filter(\.report.complete).count == 7)
    }

    @Test("left running it describes itself to foreign clients, and a signal ends all of it")
    func serve() async throws {
        try await TestPKI.withTemporaryFolder { parent in
            let folder = parent.appending(path: "kept")
            let demo = try RunningCommand.start(["demo", "--serve", "--keep", folder.path])
            defer { demo.send(SIGKILL) }
            let file = folder.appending(path: "demo.json")
            try await eventually("demo.json is written", within: .seconds(180)) {
                FileManager.default.fileExists(atPath: file.path)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[
                .posixPermissions]
            #expect(mode as? Int == 0o600)
            let description = try JSONDecoder().decode(
                Description.self, from: Data(contentsOf: file))
            #expect(description.nodes.count == 5)
            for node in description.nodes {
                #expect(Self.commandLines.contains { $0.contains(node.home) }, "\(node.id)")
            }
            demo.send(SIGTERM)
            let output = try await demo.output()
            #expect(output.status == 0, "\(output.errors)")
            #expect(!Self.commandLines.contains { $0.contains(folder.path) })
        }
    }

    @Test("a folder that holds something is left alone")
    func keptFolder() async throws {
        try await TestPKI.withTemporaryFolder { folder in
            try Data("mine".utf8).write(to: folder.appending(path: "note"))
            let output = try await Command.run(["demo", "--json", "--keep", folder.path])
            #expect(output.status == 1)
            #expect(output.errorCode == "file")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["note"])
        }
    }

    /// The command lines of all processes of this machine.
    private static var commandLines: [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { Int($0) != nil }.compactMap { process in
            FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}

/// One story of the demo's JSON.
private struct Story: Decodable {
    let title: String
    let failures: [String]
    let report: Report

    struct Report: Decodable {
        let complete: Bool
    }
}

/// What of `demo.json` the scenario looks at.
private struct Description: Decodable {
    let nodes: [Node]

    struct Node: Decodable {
        let id: String
        let home: String
    }
}
