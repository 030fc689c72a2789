import Foundation
import Testing

/// The life of a member, with the program itself at every step.
@Suite("Scenario: the life of a member")
struct MemberLifeScenarios {
    @Test(
        "invited, joined, approved, asked, all keys new, suspended, reinstated, withdrawn; a host, too"
    )
    func life() async throws {
        try await ScenarioRooms.use(ports: 3) { folder, ports in
            let office = try await OfficeDesk.found(in: folder, port: ports[2])
            defer { office.service.send(SIGTERM) }
            let harbor = folder.appending(path: "harbor").path
            let guild = folder.appending(path: "guild").path

            try await office.invite([
                "--node", "harbor-node", "--operator", "Harbor (invented)",
                "--endpoint", "https://127.0.0.1:\(ports[0])",
                "--member", "harbor=Harbor (invented)", "--out", folder.file("harbor.token"),
            ])
            let list =
                "id,role,legalName\nmaple,lender,Maple\nbirch,lender,Birch\nwillow,lender,Willow\n"
            try Data(list.utf8).write(to: folder.appending(path: "members.csv"))
            try await office.invite([
                "--node", "guild-node", "--operator", "Guild (invented)",
                "--endpoint", "https://127.0.0.1:\(ports[1])",
                "--file", folder.file("members.csv"), "--out", folder.file("guild.token"),
            ])

            let joiningHarbor = [
                "join", folder.file("harbor.token"), "--home", harbor, "--local-port", "0",
            ]
            let first = try RunningCommand.start(joiningHarbor + ["--no-run"])
            try await office.approve("harbor-node", charter: true)
            let joined = try await first.output()
            #expect(joined.status == 0, "\(joined.errors)")
            #expect(joined.text.contains("Read this fingerprint out"))
            try await run(
                "node rekey-key --member harbor --out \(folder.file("harbor.rekey"))", at: harbor)
            try await importBook(
                ScenarioLoan.books["harbor"] ?? [], of: "harbor", at: harbor, folder)
            try hurry(harbor)
            let harborNode = try RunningCommand.start(joiningHarbor)
            defer { harborNode.send(SIGTERM) }
            try await eventually("harbor serves") {
                try harborNode.textSoFar().contains("serves peers")
            }

            let joiningGuild = [
                "join", folder.file("guild.token"), "--home", guild, "--local-port", "0", "--json",
            ]
            let second = try RunningCommand.start(joiningGuild + ["--no-run", "--no-peer-test"])
            try await office.approve("guild-node")
            let hosted = try await second.output()
            #expect(hosted.status == 0, "\(hosted.errors)")
            try hurry(guild)
            let guildNode = try RunningCommand.start(joiningGuild)
            defer { guildNode.send(SIGTERM) }
            try await eventually("the guild has joined and runs") {
                try guildNode.textSoFar().contains("\"joined\"")
            }
            let peers = try #require(
                try guildNode.textSoFar().split(separator: "\n").first { $0.contains("\"peers\"") })
            #expect(peers.contains("\"node\":\"harbor-node\",\"answers\":true"), "\(peers)")
            #expect(peers.contains("\"reached\":true"), "\(peers)")
            for member in ["maple", "birch", "willow"] {
                let answer = try await ask(member, at: guild, folder)
                #expect(answer.errors == "")
                #expect(
                    answer.text.contains("\"member\":\"harbor\"") || answer.text.contains("harbor"))
                #expect([0, 3].contains(answer.status), "\(answer.text)")
            }
            try await changeKeys(harbor, office, guild)
            try await putOut(harbor, office, guild)
        }
    }

    /// Every key changes while the node runs: certificate, signing keys, log key, pseudonym key. After each
    /// step it answers, under the keys that are listed then.
    private func changeKeys(_ harbor: String, _ office: OfficeDesk, _ guild: String) async throws {
        let folder = office.folder
        let answers = { (what: String) in
            let outcome = try await outcome(
                of: "harbor", asked: "maple", at: guild, folder, about: .shared)
            #expect(outcome == "record", "\(what)")
        }
        try await answers("before")
        let certificate = try await standing(harbor).certificateUntil
        try await run("node certificate renew", at: harbor)
        try await eventually("harbor shows its new certificate") {
            try await standing(harbor).certificateUntil != certificate
        }
        try await answers("a new certificate")

        let old = try keyFiles(harbor)
        try await run("node rekey --private-key \(folder.file("harbor.rekey"))", at: harbor)
        try await publish("signing", "log", "voprf", of: harbor, office, guild)
        try await answers("both keys of each kind")
        try await eventually("harbor uses the new pseudonym key") {
            try String(contentsOfFile: "\(harbor)/keys/voprf/k2.json", encoding: .utf8)
                .contains("\"current\"")
        }
        try await publish("signing --leave", "log --leave", "voprf", of: harbor, office, guild)
        try await answers("new keys of signatures and of the log")
        try await publish("voprf --leave", of: harbor, office, guild)
        try await run("node rotate signing --retire", at: harbor)
        try await run("node rekey --retire", at: harbor)
        try await answers("new keys alone")
        let new = try keyFiles(harbor)
        #expect(old.isDisjoint(with: new) && new.count == old.count, "\(old) \(new)")
    }

    /// States keys, has the officers publish them, and waits until both nodes have read that.
    private func publish(
        _ statements: String..., of harbor: String, _ office: OfficeDesk, _ guild: String
    ) async throws {
        let version = try await standing(harbor).directory.version
        var files: [String] = []
        for (number, statement) in statements.enumerated() {
            files.append(office.folder.file("harbor-\(number).keys"))
            try await run("node rotate \(statement) --out \(files[number])", at: harbor)
        }
        try await office.change(["keys", office.folder.file("authority")] + files)
        try await eventually("both nodes have read the keys: \(statements)") {
            for home in [harbor, guild] {
                guard try await standing(home).directory.version > version else { return false }
            }
            return true
        }
    }

    /// The files of keys that change by the directory.
    private func keyFiles(_ home: String) throws -> Set<String> {
        var files: Set<String> = []
        for kind in ["answers", "requests/harbor", "log", "voprf"] {
            files.formUnion(
                try FileManager.default.contentsOfDirectory(atPath: "\(home)/keys/\(kind)")
                    .map { "\(kind)/\($0)" })
        }
        return files
    }

    private func standing(_ home: String) async throws -> StandingView {
        let status = try await Command.run(["status", "--home", home, "--json"])
        return try JSONDecoder().decode(StandingView.self, from: Data(status.text.utf8))
    }

    /// Runs a command of a home that must succeed.
    private func run(_ command: String, at home: String) async throws {
        let arguments = command.split(separator: " ").map(String.init)
        let output = try await Command.run(arguments + ["--home", home])
        try #require(output.status == 0, "\(command): \(output.errors)")
    }

    /// Suspended it is not asked, and hears why when it asks; reinstated it answers; withdrawn it is gone.
    private func putOut(_ harbor: String, _ office: OfficeDesk, _ guild: String) async throws {
        let (folder, place) = (office.folder, office.folder.file("authority"))
        for (act, expected) in [
            ("suspend", "not-asked"), ("reinstate", "no-record"), ("withdraw", "not-asked"),
        ] {
            try await office.change([act, place, "harbor-node"])
            try await eventually("the guild has read of: \(act)") {
                try await outcome(of: "harbor", asked: "maple", at: guild, folder) == expected
            }
            let why = act == "reinstate" ? nil : "suspended"
            try await eventually("harbor is told why: \(act)") {
                let own = try await ask("harbor", at: harbor, folder)
                return own.errorCode == why && (own.status == 1) == (why != nil)
            }
        }
    }

    private func outcome(
        of lender: String, asked member: String, at home: String, _ folder: URL,
        about subject: ScenarioSubject = .behind
    ) async throws -> String? {
        let answer = try await ask(member, at: home, folder, about: subject)
        let report = try? JSONDecoder().decode(ReportView.self, from: Data(answer.text.utf8))
        return report?.members.first { $0.member == lender }?.outcome
    }

    /// Lets a node ask for the directory each second.
    private func hurry(_ home: String) throws {
        let file = URL(filePath: home).appending(path: "node.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data((text + "gossip:\n  seconds: 1\n").utf8).write(to: file)
    }

    private func importBook(
        _ loans: [ScenarioLoan], of member: String, at home: String, _ folder: URL
    ) async throws {
        let file = folder.file("\(member).csv")
        try Data(ScenarioLoan.csv(loans).utf8).write(to: URL(filePath: file))
        let imported = try await Command.run([
            "book", "import", file, "--home", home, "--member", member, "--mapping", "plain",
            "--as-of", "\(Date().formatted(.iso8601.year().month().day()))",
        ])
        try #require(imported.status == 0, "\(imported.errors)")
        let published = try await Command.run(["book", "publish", "--home", home])
        try #require(published.status == 0, "\(published.errors)")
    }

    private func ask(
        _ member: String, at home: String, _ folder: URL,
        about subject: ScenarioSubject = .behind
    ) async throws -> Command.Output {
        let evidence = folder.file("consent.txt")
        try Data("An invented consent.".utf8).write(to: URL(filePath: evidence))
        return try await Command.run(
            [
                "query", "--home", home, "--member", member, "--scheme", "cn-rid", "--purpose",
                "loan-approval", "--evidence", evidence, "--granted-at", "2026-01-05T09:00:00Z",
                "--expires-at", "2099-01-05T09:00:00Z", "--json",
            ], input: subject.input)
    }
}

/// What the tests read of `creditmesh status --json`.
private struct StandingView: Decodable {
    let directory: Directory
    let certificateUntil: String

    struct Directory: Decodable { let version: Int }
}

extension URL {
    /// The path of a file in this folder.
    fileprivate func file(_ name: String) -> String { appending(path: name).path }
}

/// The authority's side: a folder, officers' keys and a service, all by commands.
private struct OfficeDesk {
    let folder: URL
    let service: RunningCommand
    private let port: Int

    static func found(in folder: URL, port: Int) async throws -> OfficeDesk {
        let place = folder.file("authority")
        let phrase = folder.file("phrase")
        _ = FileManager.default.createFile(
            atPath: phrase, contents: Data("an invented phrase".utf8),
            attributes: [.posixPermissions: 0o600])
        for officer in ["alice", "bruno"] {
            try await run([
                "authority", "key", officer, "--out", folder.file(officer), "--passphrase-file",
                phrase,
            ])
        }
        for key in ["online-1", "online-2"] {
            try await run(["authority", "key", key, "--online", "--out", folder.file(key)])
        }
        try await run([
            "authority", "ca", place, "--consortium", "scenario.creditmesh", "--passphrase-file",
            phrase,
        ])
        try await run(
            ["authority", "init", place, "--threshold", "2"]
                + ["alice", "bruno"].flatMap { ["--officer", folder.file("\($0).pub")] }
                + ["online-1", "online-2"].flatMap { ["--online", folder.file("\($0).pub")] })
        try await sign("1.root.json", folder)
        let charter = try JSONSerialization.data(withJSONObject: charter(folder))
        try charter.write(to: folder.appending(path: "charter.json"))
        let service = try RunningCommand.start([
            "authority", "run", place, "--host", "127.0.0.1", "--listen", "127.0.0.1:\(port)",
            "--key", folder.file("online-1"), "--ca-passphrase-file", phrase,
        ])
        try await eventually("the authority serves") {
            try service.textSoFar().contains("serves on port")
        }
        return OfficeDesk(folder: folder, service: service, port: port)
    }

    func invite(_ arguments: [String]) async throws {
        try await Self.run(
            [
                "authority", "invite", folder.file("authority"), "--authority",
                "https://127.0.0.1:\(port)",
            ] + arguments)
    }

    /// Waits until a node has enrolled, approves it, signs and publishes.
    func approve(_ node: String, charter: Bool = false) async throws {
        let place = folder.file("authority")
        try await eventually("\(node) enrols") {
            let listed = try await Command.run(["authority", "approve", place])
            return listed.text.contains("\(node) of") && listed.text.contains("enrolled")
        }
        let more = charter ? ["--charter", folder.file("charter.json")] : []
        let drafted = try await Self.run(["authority", "approve", place, node, "--yes"] + more)
        let draft = try #require(
            drafted.split { " ;".contains($0) }.first { $0.hasSuffix(".targets.json") })
        try await Self.sign(String(draft), folder)
    }

    /// Drafts another directory, signs and publishes.
    func change(_ arguments: [String]) async throws {
        let output = try await Self.run(["authority"] + arguments + ["--json"])
        let drafted = try JSONDecoder().decode(Drafted.self, from: Data(output.utf8))
        for draft in drafted.drafts { try await Self.sign(draft, folder) }
    }

    private struct Drafted: Decodable { let drafts: [String] }

    private static func sign(_ draft: String, _ folder: URL) async throws {
        for officer in ["alice", "bruno"] {
            try await run([
                "authority", "sign", folder.file("authority"), draft, "--key",
                folder.file(officer), "--passphrase-file", folder.file("phrase"), "--yes",
            ])
        }
        try await run([
            "authority", "publish", folder.file("authority"), "--key", folder.file("online-1"),
        ])
    }

    /// The charter of the scenarios, as it stands in a directory.
    private static func charter(_ folder: URL) throws -> Any {
        let bytes = try EmptyDirectory.bytes()
        let whole = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return try #require(whole?["charter"])
    }

    @discardableResult
    private static func run(_ arguments: [String]) async throws -> String {
        let output = try await Command.run(arguments)
        try #require(output.status == 0, "\(arguments.prefix(2)): \(output.errors)")
        return output.text
    }
}
