import Exchange
import Foundation
import Membership
import NodeAssembly

/// The authority of the demo: three officers, two of whom must sign, and the service, all by the commands
/// that officers use. In truth their keys are never in one place.
final class DemoAuthority {
    /// Who signs; the third stays away.
    private static let signing = ["alice", "bruno"]
    private static let officers = signing + ["chen"]
    private static let online = ["online-1", "online-2"]
    /// Longest wait for the service, and for what nodes send to it.
    static let patience: Duration = .seconds(60)

    private let site: URL
    private let port: Int
    private var service: Process?

    private var folder: String { site.appending(path: "authority").path }
    private var passphrase: String { key("passphrase") }
    private var address: String { "https://127.0.0.1:\(port)" }

    /// An authority in a folder of the demo, whose service will listen on this port of loopback.
    init(in site: URL, port: Int) {
        self.site = site
        self.port = port
    }

    /// Makes all keys, signs and publishes the first root, and starts the service.
    func found(_ consortium: ConsortiumID) async throws {
        try NodeHome.createFolder(site.appending(path: "officers"))
        let secret = Data((0..<24).map { _ in UInt8.random(in: .min ... .max) })
        try PrivateFile.write(
            secret.base64EncodedString().utf8, to: URL(filePath: passphrase))
        for officer in Self.officers {
            try run(["key", officer, "--out", key(officer), "--passphrase-file", passphrase])
        }
        for name in Self.online { try run(["key", name, "--online", "--out", key(name)]) }
        try run([
            "ca", folder, "--consortium", consortium.text, "--passphrase-file", passphrase,
        ])
        try run(
            ["init", folder, "--threshold", String(Self.signing.count)]
                + Self.officers.flatMap { ["--officer", key("\($0).pub")] }
                + Self.online.flatMap { ["--online", key("\($0).pub")] })
        try publish("1.root.json")
        try await start()
    }

    private func start() async throws {
        let log = site.appending(path: "authority.log")
        let process = try Subprocess.start(
            [
                "authority", "run", folder, "--host", "127.0.0.1", "--listen", "127.0.0.1:\(port)",
                "--key", key(Self.online[0]), "--ca-passphrase-file", passphrase,
            ], output: site.appending(path: "authority.out"), log: log)
        service = process
        try await eventually("the authority does not serve") {
            let said = try String(
                contentsOf: site.appending(path: "authority.out"), encoding: .utf8)
            return !said.isEmpty || !process.isRunning
        }
        guard process.isRunning else {
            throw CommandFailure("demo", try String(contentsOf: log, encoding: .utf8))
        }
    }

    /// Invites a node; returns the file with its token.
    func invite(_ invitation: Invitation) throws -> URL {
        let place = site.appending(path: "invitations/\(invitation.node)")
        let (file, token) = (place.path + ".json", place.path + ".token")
        try PrivateFile.write(invitation.json.encoded, to: URL(filePath: file))
        try run(["invite", folder, "--authority", address, "--file", file, "--out", token])
        return URL(filePath: token)
    }

    /// Waits until so many nodes have enrolled, and puts them into the first directory.
    func approve(_ count: Int, charter: Charter) async throws {
        let file = site.appending(path: "charter.json")
        try PrivateFile.write(charter.encoded(), to: file)
        try await eventually("not all nodes have enrolled") {
            let listed = try JSONDecoder().decode(
                [Enrolment].self, from: Data(run(["approve", folder, "--json"]).utf8))
            return listed.filter { $0.state == "enrolled" }.count == count
        }
        try publish(
            try drafted(["approve", folder, "--all", "--yes", "--charter", file.path]))
    }

    /// Puts another directory in force.
    func propose(_ directory: Directory) throws {
        let file = site.appending(path: "members.json")
        try PrivateFile.write(directory.encoded(), to: file)
        try publish(try drafted(["propose", folder, file.path]))
    }

    /// Two officers sign a draft, and an online key publishes it.
    private func publish(_ draft: String) throws {
        for officer in Self.signing {
            try run([
                "sign", folder, draft, "--key", key(officer), "--passphrase-file", passphrase,
                "--yes",
            ])
        }
        try run(["publish", folder, "--key", key(Self.online[0])])
    }

    private func drafted(_ arguments: [String]) throws -> String {
        let output = try JSONDecoder().decode(
            Drafted.self, from: Data(run(arguments + ["--json"]).utf8))
        guard output.drafts.count == 1 else { throw CommandFailure("demo", "no one draft") }
        return output.drafts[0]
    }

    /// Ends the service.
    func stop() {
        service?.terminate()
        service?.waitUntilExit()
        service = nil
    }

    private func key(_ name: String) -> String {
        site.appending(path: "officers/\(name)").path
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let output = try Subprocess.run(["authority"] + arguments)
        guard output.status == 0 else { throw CommandFailure("demo", output.errors) }
        return output.text
    }

    private func eventually(_ otherwise: String, _ isSo: () throws -> Bool) async throws {
        let end = ContinuousClock.now + Self.patience
        while try !isSo() {
            guard ContinuousClock.now < end else { throw CommandFailure("demo", otherwise) }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private struct Drafted: Decodable { let drafts: [String] }
    private struct Enrolment: Decodable { let state: String }
}
