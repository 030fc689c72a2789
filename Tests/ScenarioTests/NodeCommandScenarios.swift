import Foundation
import Membership
import NodeAssembly
import Testing

@Suite("Scenario: an administrator runs a node")
struct NodeCommandScenarios {
    @Test("SIGTERM in the middle of a query finishes the query, then the node ends")
    func stopInQuery() async throws {
        try await ScenarioConsortium.run(
            absent: ["harbor-node"], hidden: ["lakeside-node"]
        ) { consortium in
            let home = try consortium.home("harbor-node")
            let node = try RunningCommand.start(["node", "run", "--home", home.folder.path])
            defer { node.send(SIGKILL) }
            try await eventually("harbor serves") {
                FileManager.default.fileExists(atPath: home.localAddress.path)
            }
            let gate = Gate()
            try await RogueNode.run(
                inFrontOf: "lakeside-node", of: consortium,
                tamper: { request, honest in
                    if request.path == "/v1/queries" { await gate.pass() }
                    return honest
                },
                {
                    let query = try RunningCommand.start(
                        consortium.querying("--deadline", "60"),
                        input: ScenarioSubject.behind.input)
                    defer { query.send(SIGKILL) }
                    await gate.arrival()
                    node.send(SIGTERM)
                    await gate.open()
                    let report = try await query.output()
                    #expect(report.status == 0, "\(report.errors)")
                    #expect(report.text.contains("substandard"))
                })
            let ended = try await node.output()
            #expect(ended.status == 0)
            #expect(!FileManager.default.fileExists(atPath: home.localAddress.path))
        }
    }

    @Test("a node that cannot listen ends with a clear error instead of waiting")
    func portTaken() async throws {
        try await ScenarioConsortium.run(absent: ["harbor-node"]) { consortium in
            let home = try consortium.home("harbor-node")
            var configuration = try NodeConfiguration(home: home)
            configuration.listenPort = try consortium.entry("cedar-node").endpoint.port
            try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
            let output = try await Command.run(
                ["node", "run", "--home", home.folder.path, "--json"])
            #expect(output.status == 1)
            #expect(output.errors.contains("configuration"))
            #expect(output.errors.contains("\(configuration.listenPort)"))
        }
    }

    @Test("a home that does not fit is refused before anything is served")
    func badHome() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("harbor-node")
            let other = try consortium.home("cedar-node")
            let run = ["node", "run", "--home", home.folder.path, "--json"]
            let yaml = try Data(contentsOf: home.configuration)

            let spoiled: [(code: String, file: URL, with: Data)] = [
                ("configuration", home.configuration, yaml + Data("colour: blue\n".utf8)),
                ("configuration", home.configuration, Data("node: NOBODY\n".utf8)),
                ("configuration", home.configuration, Data("- not a mapping\n".utf8)),
                ("certificate", home.certificate, try Data(contentsOf: other.certificate)),
                ("certificate", home.certificateKey, try Data(contentsOf: other.certificateKey)),
                ("file", home.referenceKey, Data("short".utf8)),
                (
                    "directory", home.pseudonymKeys.appending(path: "k1.json"),
                    try Data(contentsOf: other.pseudonymKeys.appending(path: "k1.json"))
                ),
                ("directory", consortium.site.directoryFile, Data("{}".utf8)),
            ]
            for (code, file, bytes) in spoiled {
                let good = try Data(contentsOf: file)
                try PrivateFile.write(bytes, to: file)
                let output = try await Command.run(run)
                #expect(output.status == 1, "\(file.lastPathComponent)")
                #expect(output.errorCode == code, "\(file.lastPathComponent): \(output.errors)")
                try PrivateFile.write(good, to: file)
            }
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: home.certificateKey.path)
            let open = try await Command.run(run)
            #expect(open.status == 1)
            #expect(open.errors.contains("644"))
        }
    }

    @Test("init makes a home once, and prints the key for the directory")
    func initialise() async throws {
        try await ScenarioConsortium.offline { consortium in
            let folder = consortium.site.folder.appending(path: "new-node").path
            let arguments = [
                "node", "init", "--home", folder, "--node", "new-node", "--member", "new-lender",
                "--directory", consortium.site.directoryFile.path, "--json",
            ]
            let first = try await Command.run(arguments)
            #expect(first.status == 0)
            let made = try JSONDecoder().decode(NewNode.self, from: Data(first.text.utf8))
            #expect(made.voprfKeys.map(\.kid) == ["k1"])
            #expect(made.answerKeys.first?.keyid?.hasPrefix("new-node-") == true)
            #expect(made.members.map(\.id) == ["new-lender"])
            #expect(made.members.first?.requestKeys.first?.keyid?.hasPrefix("new-lender-") == true)
            #expect(made.log.origin == "scenario.creditmesh/log/new-node")
            #expect(made.log.vkeys.map { VerifierKey($0)?.name } == [made.log.origin])
            for key in made.voprfKeys + made.answerKeys + made.members[0].requestKeys {
                #expect(PublicKeyBytes(base64URL: key.publicKey) != nil)
            }
            let key = folder + "/keys/voprf/k1.json"
            let before = try Data(contentsOf: URL(filePath: key))

            let second = try await Command.run(arguments)
            #expect(second.status == 1)
            #expect(second.errorCode == "file")
            #expect(try Data(contentsOf: URL(filePath: key)) == before)

            let run = try await Command.run(["node", "run", "--home", folder, "--json"])
            #expect(run.errorCode == "directory")
        }
    }

    @Test("another key of each kind is made beside the first, and printed for the directory")
    func signingKeys() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("harbor-node")
            let arguments = ["node", "signing-key", "--home", home.folder.path, "--json"]
            let before = try SigningKeys(home: home)
            for kind in [["--member", "harbor"], ["--answers"], ["--log"]] {
                let output = try await Command.run(arguments + kind)
                #expect(output.status == 0, "\(output.errors)")
                let made = try JSONDecoder().decode(
                    [String: String].self, from: Data(output.text.utf8))
                if let vkey = made["vkey"] {
                    #expect(VerifierKey(vkey)?.name == "scenario.creditmesh/log/harbor-node")
                } else {
                    #expect(PublicKeyBytes(base64URL: made["publicKey"] ?? "") != nil)
                    #expect(made["keyid"]?.hasPrefix("harbor-") == true)
                }
            }
            let after = try SigningKeys(home: home)
            #expect(after.answers.count == before.answers.count + 1)
            #expect(after.requests.values.map(\.count) == [2])
            #expect(after.log.count == before.log.count + 1)
            for wrong in [[], ["--log", "--answers"]] {
                let output = try await Command.run(arguments + wrong)
                #expect(output.status == 64)
            }
        }
    }

    /// What `init` prints.
    private struct NewNode: Decodable {
        let voprfKeys: [Key]
        let answerKeys: [Key]
        let log: Log
        let members: [Member]

        struct Key: Decodable {
            let kid: String?
            let keyid: String?
            let publicKey: String
        }

        struct Log: Decodable {
            let origin: String
            let vkeys: [String]
        }

        struct Member: Decodable {
            let id: String
            let requestKeys: [Key]
        }
    }

    @Test("a directory is checked before it is given out")
    func directory() async throws {
        try await ScenarioConsortium.offline { consortium in
            let good = try await Command.run([
                "directory", "check", consortium.site.directoryFile.path,
            ])
            #expect(good.status == 0)
            #expect(good.text.contains("5 nodes, 7 members"))
            let text = String(decoding: consortium.site.directory.encoded(), as: UTF8.self)
            let bad = try consortium.write(
                text.replacing("\"cedar\"", with: "\"maple\""), to: "bad.json")
            for file in [bad, "/nonexistent"] {
                let output = try await Command.run(["directory", "check", file, "--json"])
                #expect(output.status == 1)
                #expect(["directory", "file"].contains(output.errorCode))
            }
        }
    }
}
