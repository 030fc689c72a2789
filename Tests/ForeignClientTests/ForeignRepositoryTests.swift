import Foundation
import Testing

/// What officers sign and publish, read by python-tuf: from the authority's service over HTTPS, and
/// as plain files.
@Suite(
    "A foreign reader of the directory's repository",
    .enabled("needs python3 of 3.11 or later, with venv (Debian: python3-venv)") {
        try await PythonClient.isPossible()
    })
struct ForeignRepositoryTests {
    @Test("takes the directory, and follows officers who are exchanged", .timeLimit(.minutes(5)))
    func reads() async throws {
        try await ScratchFolder.with { folder in
            let client = try await PythonClient.install(in: folder)
            let officers = OfficersAtWork(folder: folder)
            try await officers.found()
            #expect(try await read(folder, by: client) == "root 1 targets 1 directory 1\n")
            try await officers.serving { service in
                let first = try await read(folder, at: service, by: client)
                #expect(first == "root 1 targets 1 directory 1\n")
                try await officers.exchangeOne()
                let second = try await read(folder, at: service, by: client)
                #expect(second == "root 2 targets 2 directory 1\n")
                let stranger = try await client.run(
                    Self.arguments(folder, service), roots: folder.appending(path: "none.pem"))
                #expect(stranger.status != 0)
                #expect(stranger.text.contains("CERTIFICATE_VERIFY_FAILED"), "\(stranger.text)")
            }
            #expect(try await read(folder, by: client) == "root 2 targets 2 directory 1\n")
        }
    }

    /// What python-tuf reads from the folder, or from the service.
    private func read(
        _ folder: URL, at service: String? = nil, by client: PythonClient
    ) async throws -> String {
        let output = try await client.run(
            Self.arguments(folder, service), roots: folder.appending(path: "authority/ca/ca.pem"))
        try #require(output.status == 0, "\(output.text)")
        return output.text
    }

    private static func arguments(_ folder: URL, _ service: String?) -> [String] {
        let repository = folder.appending(path: "authority/repository")
        return [
            "read_repository.py", service ?? repository.path(),
            repository.appending(path: "1.root.json").path(),
        ]
    }
}

/// Officers who use the command line.
private struct OfficersAtWork {
    let folder: URL

    func found() async throws {
        let isMade = FileManager.default.createFile(
            atPath: folder.appending(path: "passphrase").path(),
            contents: Data("invented words".utf8), attributes: [.posixPermissions: 0o600])
        try #require(isMade)
        try Data(Self.members.utf8).write(to: folder.appending(path: "members.json"))
        for name in ["alice", "bruno"] { try await makeKey(name) }
        for name in ["online-1", "online-2"] {
            try await run("key", name, "--online", "--out", name)
        }
        try await run(
            "init", "authority", "--threshold", "2", "--officer", "alice.pub", "--officer",
            "bruno.pub", "--online", "online-1.pub", "--online", "online-2.pub")
        try await run("propose", "authority", "members.json")
        for draft in ["1.root.json", "1.targets.json"] {
            for name in ["alice", "bruno"] { try await sign(draft, name) }
        }
        try await run("publish", "authority", "--key", "online-1")
    }

    func exchangeOne() async throws {
        try await makeKey("chen")
        try await run(
            "rotate", "authority", "--remove-officer", "alice", "--add-officer", "chen.pub")
        for name in ["alice", "bruno", "chen"] { try await sign("2.root.json", name) }
        for name in ["bruno", "chen"] { try await sign("2.targets.json", name) }
        try await run("publish", "authority", "--key", "online-2")
    }

    /// Serves the repository for as long as `body` takes; then the service must end by itself.
    func serving(_ body: (String) async throws -> Void) async throws {
        try await run(
            "ca", "authority", "--consortium", "foreign.creditmesh", "--passphrase-file",
            "passphrase")
        let service = try ChildProcess(
            RunningDemo.program,
            [
                "authority", "run", "authority", "--key", "online-1", "--listen",
                "127.0.0.1:0", "--host", "localhost", "--ca-passphrase-file", "passphrase",
            ], in: folder, log: folder.appending(path: "service.log"))
        let outcome: Result<Void, any Error>
        do {
            let port = try await port(of: service)
            outcome = .success(try await body("https://localhost:\(port)/directory/"))
        } catch {
            outcome = .failure(error)
        }
        service.terminate()
        let end = try await service.output(within: .seconds(30))
        try outcome.get()
        #expect(end.status == 0, "\(end.text)")
    }

    private func port(of service: ChildProcess) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let words = service.text.firstMatch(of: /serves on port ([0-9]+)/)
            if let words, let port = Int(words.1) { return port }
            try #require(service.isRunning, "the service ended: \(service.text)")
            try #require(ContinuousClock.now < deadline, "it does not serve: \(service.text)")
            try await Task.sleep(for: ChildProcess.interval)
        }
    }

    private func makeKey(_ name: String) async throws {
        try await run("key", name, "--out", name, "--passphrase-file", "passphrase")
    }

    private func sign(_ draft: String, _ name: String) async throws {
        try await run(
            "sign", "authority", draft, "--key", name, "--passphrase-file", "passphrase", "--yes")
    }

    private func run(_ arguments: String...) async throws {
        let output = try await ChildProcess(
            RunningDemo.program, ["authority"] + arguments, in: folder,
            log: folder.appending(path: "authority.log")
        ).output(within: .seconds(60))
        try #require(output.status == 0, "\(arguments.first ?? ""): \(output.text)")
    }

    /// A directory of one node and one lender, as small as one can be.
    private static let members = """
        {"version":1,"consortium":"foreign.creditmesh","charter":{"name":"Foreign readers",
        "standard":"cn-2023@1","scope":"full-file","schemes":[{"scheme":"cn-rid"}],
        "purposes":["loan-approval"],"nameCheck":"optional","masking":"named","witnessQuorum":0,
        "quotas":{"elementsPerMemberDay":1000,"elementsPerNodeDay":1000},
        "intervals":{"manifestMaxAgeHardSeconds":60,"manifestMaxAgeSoftSeconds":900,
        "filterAdditionsSeconds":60,"bookMaxAgeDays":7},
        "withdrawal":{"consent":{"unpaid":"refuse","settled":"leave"},
        "legal-duty":{"unpaid":"keep","settled":"keep"}},
        "retention":{"negativeYears":5,"settledMonths":24,"inquiryMonths":24,"evidenceMonths":60,
        "filterDays":30,"pseudonymKeyMonths":12}},
        "nodes":[{"id":"harbor-node","operator":"Harbor Bank","endpoint":"https://harbor.example",
        "status":"active"}],
        "members":[{"id":"harbor","legalName":"Harbor Bank Ltd","node":"harbor-node",
        "role":"lender","status":"active"}]}
        """
}
